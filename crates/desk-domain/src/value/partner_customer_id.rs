//! Our id for a customer (DECISIONS 5).

use super::text::clean;
use super::{Fault, text_value};

/// Fewest characters of a partner_customer_id (pages 001 and 002).
pub const PARTNER_CUSTOMER_ID_MIN_CHARS: usize = 20;
/// Most characters of a partner_customer_id (pages 001 and 002).
pub const PARTNER_CUSTOMER_ID_MAX_CHARS: usize = 64;

/// Our id for a customer that is to be created: 20 to 64 characters. (One that is looked up may have any length: the
/// platform's webhook page shows one of 13.)
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerCustomerId(String);
text_value!(PartnerCustomerId);

impl PartnerCustomerId {
    /// Reads a typed id.
    ///
    /// # Errors
    /// `partner_customer_id.length` { min, max, found }.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = clean(typed);
        let found = text.chars().count();
        if (PARTNER_CUSTOMER_ID_MIN_CHARS..=PARTNER_CUSTOMER_ID_MAX_CHARS).contains(&found) {
            return Ok(Self(text));
        }
        Err(Fault::new("partner_customer_id.length")
            .with("min", PARTNER_CUSTOMER_ID_MIN_CHARS)
            .with("max", PARTNER_CUSTOMER_ID_MAX_CHARS)
            .with("found", found))
    }

    /// Whether all its characters are ones that every system takes: `[A-Za-z0-9._-]`.
    #[must_use]
    pub fn is_portable(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_character_short(19, false)]
    #[case::shortest(20, true)]
    #[case::longest(64, true)]
    #[case::a_character_long(65, false)]
    fn the_length_is_20_to_64_characters(#[case] chars: usize, #[case] accepted: bool) {
        assert_eq!(PartnerCustomerId::parse(&"a".repeat(chars)).is_ok(), accepted);
        assert_eq!(PartnerCustomerId::parse(&"号".repeat(chars)).is_ok(), accepted, "characters, not bytes");
    }

    #[test]
    fn the_fault_says_how_long_it_is() {
        let fault = PartnerCustomerId::parse("cd-1").unwrap_err();
        assert_eq!((fault.code, fault.params["found"].as_str()), ("partner_customer_id.length", "4"));
    }
}
