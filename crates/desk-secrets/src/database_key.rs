//! [`DatabaseKey`]: 32 random bytes that cannot be printed, copied or serialised.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use zeroize::Zeroizing;

const BYTES: usize = 32;

/// What the check value is made of. Changing it makes every key look wrong.
const CHECK_TEXT: &[u8] = b"customer-desk: check value of the database key, version 1";

/// The key of the database; wiped when dropped.
pub struct DatabaseKey(Zeroizing<[u8; BYTES]>);

impl DatabaseKey {
    /// A new one out of the system's random numbers; `None` where it gives none.
    #[must_use]
    pub fn random() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        getrandom::fill(bytes.as_mut()).ok()?;
        Some(Self(bytes))
    }

    /// The key behind its 64 hexadecimal characters; `None` for any other text.
    #[must_use]
    pub fn from_hex(text: &SecretString) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        hex::decode_to_slice(text.expose_secret(), bytes.as_mut()).ok()?;
        Some(Self(bytes))
    }

    /// 64 hexadecimal characters, as the keyring holds it and the store takes it.
    #[must_use]
    pub fn to_hex(&self) -> SecretString {
        hex::encode(self.0.as_ref()).into()
    }

    /// What `desk.key.json` says of the key: an HMAC-SHA256 by it, from which it cannot be found.
    #[must_use]
    pub fn check_value(&self) -> String {
        self.mac().map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default()
    }

    /// Whether this is the key that a check value was made with.
    #[must_use]
    pub fn fits(&self, check_value: &str) -> bool {
        let expected = hex::decode(check_value).unwrap_or_default();
        self.mac().is_some_and(|mac| mac.verify_slice(&expected).is_ok())
    }

    /// `None` never: HMAC takes a key of any length.
    fn mac(&self) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_ref()).ok()?;
        mac.update(CHECK_TEXT);
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use secrecy::{ExposeSecret, SecretString};

    use super::DatabaseKey;

    #[test]
    fn a_key_survives_its_text_form_and_only_it_fits_its_check_value() {
        let key = DatabaseKey::random().unwrap();
        let again = DatabaseKey::from_hex(&key.to_hex()).unwrap();
        assert!(again.fits(&key.check_value()));
        assert!(!DatabaseKey::random().unwrap().fits(&key.check_value()), "two keys are never the same");
        assert_eq!(key.to_hex().expose_secret().len(), 64);
    }

    #[test]
    fn the_check_value_of_a_key_stays_what_it_was_first_stored_as() {
        let key = DatabaseKey::from_hex(&SecretString::from("00".repeat(32))).unwrap();
        assert_eq!(key.check_value(), "752443c05a7708e2f6ba3c758c4536f71baaa587bba68b96e1d85ab3035a9469");
    }

    #[rstest]
    #[case::empty("")]
    #[case::short("00")]
    #[case::letters(&"zz".repeat(32))]
    #[case::long(&"00".repeat(33))]
    fn other_texts_are_no_key(#[case] text: &str) {
        assert!(DatabaseKey::from_hex(&SecretString::from(text)).is_none());
    }

    #[rstest]
    #[case::empty("")]
    #[case::no_hex("check")]
    #[case::short("00")]
    fn a_check_value_that_is_none_fits_no_key(#[case] check: &str) {
        assert!(!DatabaseKey::random().unwrap().fits(check));
    }
}
