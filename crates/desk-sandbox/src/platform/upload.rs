//! Files: taken in both encodings, remembered by name and size; their bytes are not kept, because nothing asks for them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Platform, is_json, object, too_large};
use crate::{
    call::{Answer, Content, FieldFault},
    options::Revision,
};

/// What a file can be (the public files page).
const FILE_TYPES: [&str; 6] =
    ["Invoice", "Contract", "Business Registration", "Article of Association", "Main page", "Back page"];

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredFile {
    revision: Revision,
    file_id: String,
    file_type: String,
    name: Option<String>,
    size: usize,
}

impl Platform {
    pub(super) fn upload(&mut self, revision: Revision, content: Content) -> Result<Answer, Answer> {
        let (size, name, file_type) = match content {
            Content::Form(parts) => {
                let part = |name: &str| parts.iter().find(|part| part.name == name);
                let file_type = part("fileType").map(|part| String::from_utf8_lossy(&part.bytes).into_owned());
                let file = part("file");
                (file.map(|file| file.bytes.len()), file.and_then(|file| file.file_name.clone()), file_type)
            }
            Content::Whole { content_type, bytes } if is_json(&content_type) => {
                let body = object(&bytes)?;
                let text = |key: &str| body.get(key).and_then(Value::as_str);
                (text("file").and_then(base64_size), None, text("fileType").map(str::to_owned))
            }
            Content::BrokenForm(why) => return Err(Answer::broken_body(&format!("The form is broken: {why}."))),
            Content::TooLarge => return Err(too_large()),
            Content::Whole { .. } => {
                let message = "The body must be multipart/form-data or application/json.";
                return Err(Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", message));
            }
        };
        let mut faults = Vec::new();
        if size.is_none() {
            faults.push(FieldFault::new("file", "is required: a part of a form, or base64 in JSON"));
        }
        if !file_type.as_deref().is_some_and(|file_type| FILE_TYPES.contains(&file_type)) {
            faults.push(FieldFault::new("fileType", format!("must be one of {}", FILE_TYPES.join(", "))));
        }
        let (Some(size), Some(file_type), true) = (size, file_type, faults.is_empty()) else {
            return Err(Answer::bad_request(&faults));
        };
        let file_id = format!("file_{}", Uuid::now_v7().simple());
        let answer = Answer::ok(json!({ "file_id": file_id }));
        self.files.push(StoredFile { revision, file_id, file_type, name, size });
        Ok(answer)
    }
}

/// The bytes that this base64 stands for; `None` where it is none.
fn base64_size(text: &str) -> Option<usize> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let fits = text.len().is_multiple_of(4)
        && padding <= 2
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/');
    fits.then_some(digits.len() * 3 / 4)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", Some(0))]
    #[case("aGVsbG8=", Some(5))]
    #[case("aGVsbG8h", Some(6))]
    #[case("aGVsbG8", None)]
    #[case("aGVs bG8", None)]
    fn base64_is_counted_or_refused(#[case] text: &str, #[case] size: Option<usize>) {
        assert_eq!(base64_size(text), size);
    }
}
