//! The contract's formats and patterns, written from the contract alone.

use chrono::DateTime;

/// What a key of the contract holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Country,
    Currency,
    DateTime,
    Uri,
    Email,
    Phone,
    Number,
    FileIds,
}

impl Kind {
    /// Why this text cannot stand here; `None` where it can.
    pub(crate) fn fault_of(self, text: &str) -> Option<&'static str> {
        let (fits, message) = match self {
            Self::Text | Self::FileIds | Self::Number => (true, ""),
            Self::Country => (capitals(text, 2), "must be two capital letters, an ISO 3166-1 alpha-2 code"),
            Self::Currency => (capitals(text, 3), "must be three capital letters, an ISO 4217 code"),
            Self::DateTime => (date_time(text), "must be a date-time such as 2023-11-07T05:31:56Z"),
            Self::Uri => (uri(text), "must be a web address such as https://www.example.com"),
            Self::Email => (email(text), "must be an email address"),
            Self::Phone => (phone(text), "must be an international phone number such as +8613800138000"),
        };
        (!fits).then_some(message)
    }
}

fn capitals(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// RFC 3339; chrono alone would also take a space for the `T`.
fn date_time(text: &str) -> bool {
    matches!(text.as_bytes().get(10), Some(b'T' | b't')) && DateTime::parse_from_rfc3339(text).is_ok()
}

fn uri(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| !host.is_empty())
        && text
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{'..=b'}'))
}

fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_fits =
        (1..=64).contains(&local.len()) && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(atom_byte));
    let domain_fits = domain.len() <= 253
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        });
    local_fits && domain_fits
}

/// RFC 5321 `atext`.
fn atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// The contract's `^\+[1-9][0-9]{5,14}$`.
fn phone(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Kind::Country, "US", true)]
    #[case(Kind::Country, "us", false)]
    #[case(Kind::Country, "USA", false)]
    #[case(Kind::Country, "", false)]
    #[case(Kind::Currency, "HKD", true)]
    #[case(Kind::Currency, "HK", false)]
    #[case(Kind::DateTime, "2023-11-07T05:31:56Z", true)]
    #[case(Kind::DateTime, "1990-01-15T00:00:00.000+08:00", true)]
    #[case(Kind::DateTime, "2023-11-07", false)]
    #[case(Kind::DateTime, "2023-11-07 05:31:56Z", false)]
    #[case(Kind::DateTime, "2023-02-30T00:00:00Z", false)]
    #[case(Kind::DateTime, "<string>", false)]
    #[case(Kind::Uri, "https://www.example.com", true)]
    #[case(Kind::Uri, "www.example.com", false)]
    #[case(Kind::Uri, "https:///path", false)]
    #[case(Kind::Uri, "https://a b.example", false)]
    #[case(Kind::Email, "service@gemini.com", true)]
    #[case(Kind::Email, "a.b+c@mail.example", true)]
    #[case(Kind::Email, "a..b@mail.example", false)]
    #[case(Kind::Email, "nobody", false)]
    #[case(Kind::Email, "two words@mail.example", false)]
    #[case(Kind::Phone, "+8613800138000", true)]
    #[case(Kind::Phone, "13800138000", false)]
    #[case(Kind::Phone, "+0123456789", false)]
    #[case(Kind::Phone, "+12345", false)]
    #[case(Kind::Phone, "+1234567890123456", false)]
    #[case(Kind::Text, "", true)]
    fn formats_are_those_of_the_contract(#[case] kind: Kind, #[case] text: &str, #[case] fits: bool) {
        assert_eq!(kind.fault_of(text).is_none(), fits, "{kind:?} {text:?}");
    }
}
