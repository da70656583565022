//! Opening: first a look that writes nothing, then the connections.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Once;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::error::OpenError;
use crate::intact::intact;
use crate::{activity, customers, identity_keys, migrations, pragmas};

/// Characters of a key: 32 bytes in hexadecimal.
const KEY_CHARS: usize = 64;

static SET_UP: Once = Once::new();

/// Connections that read. Two long reads (an export, a search) leave one for the window.
pub(crate) const READERS: usize = 3;

/// The connections of an open database: the one that writes, and those that read.
pub(crate) fn open(path: &Path, key: &SecretString) -> Result<(Connection, Vec<Connection>), OpenError> {
    if key.expose_secret().len() != KEY_CHARS || !key.expose_secret().bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(OpenError::KeyWrong);
    }
    // The first connection of a process sets SQLCipher up; one that is opened beside it at that moment would find it half
    // done and refuse its key.
    SET_UP.call_once(|| drop(Connection::open_in_memory()));
    let known = migrations::newest_version();
    match look(path, key)? {
        Some(found) if found > known => return Err(OpenError::Newer { found, known }),
        _ => {}
    }
    prepare_files(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut writer = connect(Connection::open_with_flags(path, flags)?, key)?;
    pragmas::for_writing(&writer)?;
    migrations::migrate(&mut writer)?;
    activity::make_key(&mut writer)?;
    customers::make_index(&mut writer)?;
    identity_keys::begin(&mut writer)?;
    intact(&writer, || Ok(()))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut readers = Vec::with_capacity(READERS);
    for _ in 0..READERS {
        let reader = connect(Connection::open_with_flags(path, flags)?, key)?;
        pragmas::for_all(&reader)?;
        readers.push(reader);
    }
    Ok((writer, readers))
}

/// Gives a connection its key. Nothing is read yet, so a wrong key shows at the first question only.
fn connect(connection: Connection, key: &SecretString) -> Result<Connection, OpenError> {
    // Before the key: SQLCipher would otherwise write about a wrong one to the standard error output.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let sql = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", key.expose_secret()));
    connection.execute_batch(&sql)?;
    // What SQLCipher 4 means by its defaults, said, so that a later SQLCipher opens the file as well.
    connection.execute_batch("PRAGMA cipher_compatibility = 4;")?;
    Ok(connection)
}

/// The version of the database, read without changing, adding or removing a file. `None` where there is none yet.
fn look(path: &Path, key: &SecretString) -> Result<Option<i64>, OpenError> {
    let size = size_of(path)?;
    let logs = size_of(&beside(path, "-wal"))? + size_of(&beside(path, "-journal"))?;
    if size == 0 {
        // SQLite would delete the log of an empty file. We never write a log before the file has its first page.
        return if size_of(&beside(path, "-wal"))? == 0 { Ok(None) } else { Err(OpenError::Damaged) };
    }
    let connection = if logs == 0 {
        // The file is all there is: no locks, no log, no shared memory.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        connect(Connection::open_with_flags(format!("{}?immutable=1", uri(path)), flags)?, key)?
    } else {
        // A crash left a log, which may hold the newest version number. Alone on the file, SQLite reads the log into its
        // own memory (no -shm), and without the checkpoint at the end both files stay as they are.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        let connection = connect(connection, key)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection
    };
    match migrations::version(&connection) {
        Ok(version) => Ok(Some(version)),
        // Somebody else has it open, who keeps the log alive: migrating asks for the version again before it writes.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The folder 0700 and the file 0600; SQLite gives its logs the permissions of the file.
fn prepare_files(path: &Path) -> Result<(), OpenError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        options.mode(0o600).open(path)?.set_permissions(fs::Permissions::from_mode(0o600))?;
        // The name of a new file is on the disk before anything that it will hold.
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    {
        fs::create_dir_all(folder)?;
        options.open(path)?;
    }
    Ok(())
}

fn size_of(path: &Path) -> Result<u64, OpenError> {
    match fs::metadata(path) {
        Ok(file) => Ok(file.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error.into()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A path as SQLite's `file:` address.
fn uri(path: &Path) -> String {
    let mut text = String::from("file:");
    let windows = cfg!(windows);
    if windows {
        text.push('/');
    }
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if windows => text.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => text.push(char::from(*byte)),
            b':' if windows => text.push(':'),
            _ => {
                text.push('%');
                text.push_str(&hex::encode([*byte]));
            }
        }
    }
    text
}
