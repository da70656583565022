//! `desk.key.json`, beside the database: which key belongs to it, and nothing from which the key could be found.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Its name.
pub const NAME: &str = "desk.key.json";

/// The form that this program writes.
pub const VERSION: u32 = 1;

/// What it is called until it is whole.
const NAME_WHILE_WRITTEN: &str = "desk.key.json.new";

/// What stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    /// The form: [`VERSION`].
    pub version: u32,
    /// The database's id, which names its entry in the keyring.
    pub database_id: Uuid,
    /// The check value of the key, hexadecimal.
    pub check: String,
    /// The key, wrapped by the recovery key; none is made yet.
    pub recovery: Option<Value>,
    /// How a passphrase becomes a key; none is made yet.
    pub kdf: Option<Value>,
}

/// Why it was not read.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It is there and not to be understood.
    #[error("desk.key.json is damaged")]
    Damaged,
    /// A newer version of the program wrote it.
    #[error("desk.key.json has version {found}, this program knows {known}")]
    Newer {
        /// Its version.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The disk did not give it.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads it; `None` where there is none.
///
/// # Errors
/// See [`KeyFileError`].
pub fn read(folder: &Path) -> Result<Option<KeyFile>, KeyFileError> {
    #[derive(Deserialize)]
    struct Form {
        version: u32,
    }
    let text = match fs::read(folder.join(NAME)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let form: Form = serde_json::from_slice(&text).map_err(|_| KeyFileError::Damaged)?;
    if form.version > VERSION {
        return Err(KeyFileError::Newer { found: form.version, known: VERSION });
    }
    serde_json::from_slice(&text).map(Some).map_err(|_| KeyFileError::Damaged)
}

/// Writes it whole or not at all: another name, fsync, rename, fsync of the folder. Mode 0600; the folder is made with
/// 0700 where there is none.
///
/// # Errors
/// The disk's.
pub fn write(folder: &Path, file: &KeyFile) -> io::Result<()> {
    make_folder(folder)?;
    let path = folder.join(NAME_WHILE_WRITTEN);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&path)?;
    let mut text = serde_json::to_vec_pretty(file)?;
    text.push(b'\n');
    out.write_all(&text)?;
    out.sync_all()?;
    drop(out);
    fs::rename(&path, folder.join(NAME))?;
    // Windows has no fsync of a folder; its rename is journaled.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::{KeyFile, KeyFileError, NAME, VERSION, read, write};

    fn key_file() -> KeyFile {
        KeyFile { version: VERSION, database_id: Uuid::nil(), check: "00".repeat(32), recovery: None, kdf: None }
    }

    #[test]
    fn what_was_written_is_read_and_only_its_owner_may() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a").join("b");
        assert!(read(&inner).unwrap().is_none());
        write(&inner, &key_file()).unwrap();
        write(&inner, &key_file()).unwrap();
        assert_eq!(read(&inner).unwrap(), Some(key_file()));
        assert_eq!(std::fs::read_dir(&inner).unwrap().count(), 1, "nothing half-written stays");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&inner), mode(&inner.join(NAME))), (0o700, 0o600));
        }
    }

    #[rstest]
    #[case::empty("")]
    #[case::cut(r#"{"version": 1, "database_id": "00000000-0000-0000"#)]
    #[case::no_id(r#"{"version": 1, "check": "00", "recovery": null, "kdf": null}"#)]
    #[case::no_version(r#"{"database_id": "00000000-0000-0000-0000-000000000000", "check": "00"}"#)]
    fn a_file_that_cannot_be_understood_is_damaged(#[case] text: &str) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), text).unwrap();
        assert!(matches!(read(folder.path()), Err(KeyFileError::Damaged)));
    }

    #[test]
    fn a_file_of_a_newer_program_is_said_to_be_newer_whatever_else_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), r#"{"version": 2, "id": "another form"}"#).unwrap();
        assert!(matches!(read(folder.path()), Err(KeyFileError::Newer { found: 2, known: 1 })));
    }
}
