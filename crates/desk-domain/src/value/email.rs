//! Email addresses, by the options of UX D.

use email_address::Options;
use url::Host;

use super::text::fold;
use super::{Fault, text_value};

/// Most characters of an address (RFC 5321 4.5.3.1.3: a path of 256 with its brackets).
pub const EMAIL_MAX_CHARS: usize = 254;

/// An email address: unquoted, ASCII, at a host name with at least one dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);
text_value!(EmailAddress);

impl EmailAddress {
    /// Reads an address. An international host is written in its ASCII form; all else stays as typed.
    ///
    /// # Errors
    /// `email.format`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        read(&fold(typed)).map(Self).ok_or_else(|| Fault::new("email.format"))
    }
}

fn read(text: &str) -> Option<String> {
    let (local, host) = text.rsplit_once('@')?;
    // An address or a bracketed literal is a host for the standard, but no place where a customer gets mail.
    let Ok(Host::Domain(ascii_host)) = Host::parse(host) else { return None };
    let address = if host.is_ascii() { text.to_owned() } else { format!("{local}@{ascii_host}") };
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let accepted = address.is_ascii()
        && address.len() <= EMAIL_MAX_CHARS
        && !local.starts_with('"')
        && email_address::EmailAddress::parse_with_options(&address, options).is_ok();
    accepted.then_some(address)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("service@gemini.com", "service@gemini.com")]
    #[case(" accounts@lanternquay.example ", "accounts@lanternquay.example")]
    #[case("a.b+tag@Mail.Example.COM", "a.b+tag@Mail.Example.COM")]
    #[case("ｓｈｅｎ＠mingyue.example", "shen@mingyue.example")]
    #[case("kontakt@münchen.example", "kontakt@xn--mnchen-3ya.example")]
    fn addresses_are_read(#[case] typed: &str, #[case] sent: &str) {
        assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), sent);
    }

    #[rstest]
    #[case::no_at("accounts.example.com")]
    #[case::no_dot("a@b")]
    #[case::literal("x@[127.0.0.1]")]
    #[case::ip("x@127.0.0.1")]
    #[case::quoted("\"q q\"@example.com")]
    #[case::display("Shen <shen@example.com>")]
    #[case::brackets("<shen@example.com>")]
    #[case::two("a@b@example.com")]
    #[case::space("a b@example.com")]
    #[case::dots("a..b@example.com")]
    #[case::local_script("沈@example.com")]
    #[case::no_local("@example.com")]
    fn anything_else_is_not(#[case] typed: &str) {
        assert_eq!(EmailAddress::parse(typed).unwrap_err().code, "email.format");
    }

    #[test]
    fn an_address_has_at_most_254_characters() {
        let host = format!("{}.{}.{}.example", "h".repeat(60), "h".repeat(60), "h".repeat(60));
        let longest = format!("{}@{host}", "a".repeat(254 - 1 - host.len()));
        assert_eq!(longest.len(), 254);
        assert!(EmailAddress::parse(&longest).is_ok());
        assert!(EmailAddress::parse(&format!("a{longest}")).is_err());
    }
}
