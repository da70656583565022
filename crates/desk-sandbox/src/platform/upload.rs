//! Files: taken in both encodings, remembered by name, type, size and hash; their bytes are not kept, because nothing asks
//! for them.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
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
pub struct StoredFile {
    /// The account it was sent to.
    pub revision: Revision,
    /// The id it got.
    pub file_id: String,
    /// What it is, of the contract's list.
    pub file_type: String,
    /// Its name; JSON carries none.
    pub name: Option<String>,
    /// Its size in bytes.
    pub size: usize,
    /// SHA-256 of its bytes, in hexadecimal; empty for one that an older version kept.
    #[serde(default)]
    pub sha256: String,
}

impl Platform {
    /// Every file of both accounts, in the order they came.
    pub(crate) fn files(&self) -> Vec<StoredFile> {
        self.files.clone()
    }

    pub(super) fn upload(&mut self, revision: Revision, content: Content) -> Result<Answer, Answer> {
        let (file, name, file_type) = match content {
            Content::Form(parts) => {
                let part = |name: &str| parts.iter().find(|part| part.name == name);
                let file_type = part("fileType").map(|part| String::from_utf8_lossy(&part.bytes).into_owned());
                let file = part("file");
                let bytes = file.map(|file| file.bytes.to_vec());
                (bytes, file.and_then(|file| file.file_name.clone()), file_type)
            }
            Content::Whole { content_type, bytes } if is_json(&content_type) => {
                let body = object(&bytes)?;
                let text = |key: &str| body.get(key).and_then(Value::as_str);
                let bytes = text("file").and_then(|file| STANDARD.decode(file).ok());
                (bytes, None, text("fileType").map(str::to_owned))
            }
            Content::BrokenForm(why) => return Err(Answer::broken_body(&format!("The form is broken: {why}."))),
            Content::TooLarge => return Err(too_large()),
            Content::Whole { .. } => {
                let message = "The body must be multipart/form-data or application/json.";
                return Err(Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", message));
            }
        };
        let mut faults = Vec::new();
        match &file {
            None => faults.push(FieldFault::new("file", "is required: a part of a form, or base64 in JSON")),
            Some(bytes) if bytes.is_empty() => faults.push(FieldFault::new("file", "is empty")),
            Some(_) => {}
        }
        if !file_type.as_deref().is_some_and(|file_type| FILE_TYPES.contains(&file_type)) {
            faults.push(FieldFault::new("fileType", format!("must be one of {}", FILE_TYPES.join(", "))));
        }
        let (Some(file), Some(file_type), true) = (file, file_type, faults.is_empty()) else {
            return Err(Answer::bad_request(&faults));
        };
        let file_id = format!("file_{}", Uuid::now_v7().simple());
        let answer = Answer::ok(json!({ "file_id": file_id }));
        let (size, sha256) = (file.len(), hex::encode(Sha256::digest(&file)));
        self.files.push(StoredFile { revision, file_id, file_type, name, size, sha256 });
        Ok(answer)
    }
}
