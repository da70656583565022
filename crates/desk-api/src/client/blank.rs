//! [`Blanks`]: keys and tokens out of what is kept and shown of an answer, should the platform repeat them.

use url::form_urlencoded::byte_serialize;

use super::answer::Read;
use crate::call_error::ErrorAnswer;

/// A shorter key would blank ordinary words with it.
const FROM_BYTES: usize = 6;
/// Stands where the platform repeated a key of ours.
const BLANK: &str = "\u{2022}\u{2022}\u{2022}\u{2022}";

/// What must not be kept, in every spelling that an answer may have it in.
pub(super) struct Blanks(Vec<String>);

impl Blanks {
    pub(super) fn of<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut spellings: Vec<String> = secrets.into_iter().flat_map(spellings).collect();
        spellings.retain(|spelling| spelling.len() >= FROM_BYTES);
        // What holds another one goes first, or its rest would stay.
        spellings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        Self(spellings)
    }

    pub(super) fn in_answer(&self, mut answer: ErrorAnswer) -> ErrorAnswer {
        let blank = |text: &mut String| {
            self.in_text(text);
        };
        blank(&mut answer.raw);
        answer.message.iter_mut().for_each(blank);
        answer.code.iter_mut().for_each(blank);
        answer.platform_request_id.iter_mut().for_each(blank);
        answer.fields.iter_mut().for_each(|(field, message)| {
            blank(field);
            blank(message);
        });
        answer
    }

    /// The same in a success. It is changed where it repeats one of these, and nowhere else: a reading is kept to the byte.
    pub(super) fn in_success(&self, mut read: Read) -> Read {
        read.platform_request_id.iter_mut().for_each(|id| {
            self.in_text(id);
        });
        if self.in_text(&mut read.raw) {
            // Inside a JSON string, which is where a word can stand, it leaves JSON.
            read.json = serde_json::from_str(read.raw.trim_start_matches('\u{feff}')).unwrap_or_default();
        }
        read
    }

    fn in_text(&self, text: &mut String) -> bool {
        let mut found = false;
        for spelling in &self.0 {
            if text.contains(spelling.as_str()) {
                *text = text.replace(spelling.as_str(), BLANK);
                found = true;
            }
        }
        found
    }
}

/// A secret as it is, inside a JSON string (some writers escape every slash), and inside a form or an address.
fn spellings(secret: &str) -> [String; 4] {
    let quoted = serde_json::Value::from(secret).to_string();
    let inner = quoted.trim_start_matches('"').strip_suffix('"').unwrap_or(&quoted).to_owned();
    let slashes = inner.replace('/', "\\/");
    [secret.to_owned(), inner, slashes, byte_serialize(secret.as_bytes()).collect()]
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::as_it_is("key sec/ret+1\"x said", "key \u{2022}\u{2022}\u{2022}\u{2022} said")]
    #[case::in_json(r#"{"a":"sec/ret+1\"x"}"#, "{\"a\":\"\u{2022}\u{2022}\u{2022}\u{2022}\"}")]
    #[case::in_json_with_slashes(r#"{"a":"sec\/ret+1\"x"}"#, "{\"a\":\"\u{2022}\u{2022}\u{2022}\u{2022}\"}")]
    #[case::in_a_form("a=sec%2Fret%2B1%22x&b=1", "a=\u{2022}\u{2022}\u{2022}\u{2022}&b=1")]
    #[case::nothing_of_it("sec/ret", "sec/ret")]
    fn a_key_is_blanked_in_every_spelling(#[case] said: &str, #[case] kept: &str) {
        let answer = ErrorAnswer { raw: said.to_owned(), ..ErrorAnswer::default() };
        assert_eq!(Blanks::of(["sec/ret+1\"x"]).in_answer(answer).raw, kept);
    }

    #[test]
    fn of_two_keys_the_longer_goes_first_and_a_short_one_stays() {
        let answer = ErrorAnswer { raw: "abcdef abcdefgh abc".to_owned(), ..ErrorAnswer::default() };
        let kept = Blanks::of(["abcdef", "abcdefgh", "abc"]).in_answer(answer).raw;
        assert_eq!(kept, format!("{BLANK} {BLANK} abc"));
    }
}
