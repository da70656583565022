//! From a path that a person chose to bytes. A path may be anything by now: gone, a folder, or a pipe that never ends, and
//! opening one must not wait.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::ipc::IpcError;

/// Bytes of a megabyte, as file managers count.
const MEGABYTE: u64 = 1_000_000;

/// Reads a file whole. Blocks as long as its disk does.
///
/// # Errors
/// `document.gone`, `document.not_a_file`, `document.unreadable`, `document.empty`, `document.too_large`: the first that is
/// true, in this order.
pub(crate) fn read(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, IpcError> {
    // Asked before it is opened: opening a device may already do something.
    if !std::fs::metadata(path).map_err(|error| refused(&error))?.is_file() {
        return Err(IpcError::of("document.not_a_file"));
    }
    let file = open(path).map_err(|error| refused(&error))?;
    // And again of what was opened: the path may be something else since.
    let there = file.metadata().map_err(|error| refused(&error))?;
    if !there.is_file() {
        return Err(IpcError::of("document.not_a_file"));
    }
    sized(there.len(), limit_bytes)?;
    let mut bytes = Vec::new();
    // A file that grows while it is read ends where it is too large.
    file.take(limit_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    sized(bytes.len() as u64, limit_bytes)?;
    Ok(bytes)
}

/// Whether a file of this size is sent.
///
/// # Errors
/// `document.empty`, `document.too_large`.
pub(crate) fn sized(bytes: u64, limit_bytes: u64) -> Result<(), IpcError> {
    match bytes {
        0 => Err(IpcError::of("document.empty")),
        bytes if bytes > limit_bytes => Err(too_large(bytes, limit_bytes)),
        _ => Ok(()),
    }
}

/// What is said of a file that is too large. Its size is rounded up: "10 MB of 10 MB" would explain nothing.
pub(crate) fn too_large(bytes: u64, limit_bytes: u64) -> IpcError {
    let tenths = bytes.div_ceil(MEGABYTE / 10);
    IpcError::of("document.too_large")
        .with("size_mb", format!("{}.{}", tenths / 10, tenths % 10))
        .with("limit_mb", limit_bytes / MEGABYTE)
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    // A pipe that took the file's place a moment ago would wait for somebody to write.
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    options.open(path)
}

fn refused(error: &std::io::Error) -> IpcError {
    IpcError::of(match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "document.gone",
        ErrorKind::IsADirectory => "document.not_a_file",
        _ => "document.unreadable",
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing(0, Some("document.empty"))]
    #[case::just(10 * MEGABYTE, None)]
    #[case::one_more(10 * MEGABYTE + 1, Some("document.too_large"))]
    fn a_file_is_neither_empty_nor_larger_than_the_limit(#[case] bytes: u64, #[case] code: Option<&str>) {
        assert_eq!(sized(bytes, 10 * MEGABYTE).err().map(|error| error.code).as_deref(), code);
    }

    #[test]
    fn a_size_is_rounded_up() {
        let params = too_large(10_000_001, 10_000_000).params;
        assert_eq!((params["size_mb"].as_str(), params["limit_mb"].as_str()), ("10.1", "10"));
    }

    #[test]
    fn what_grows_while_it_is_read_is_not_read_on() {
        // Says that it is empty, and never ends.
        let error = read(Path::new("/dev/zero"), 100).unwrap_err();
        assert_eq!(error.code, "document.not_a_file");
    }

    #[test]
    fn a_folder_a_gone_file_and_a_file_under_a_file_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("scan.pdf");
        std::fs::write(&file, b"%PDF-").unwrap();
        let code = |path: &Path| read(path, 100).err().map(|error| error.code);
        assert_eq!(code(folder.path()).as_deref(), Some("document.not_a_file"));
        assert_eq!(code(&folder.path().join("gone.pdf")).as_deref(), Some("document.gone"));
        assert_eq!(code(&file.join("scan.pdf")).as_deref(), Some("document.gone"));
        assert_eq!(read(&file, 100).as_deref(), Ok(&b"%PDF-"[..]));
        assert_eq!(read(&file, 4).err().map(|error| error.code).as_deref(), Some("document.too_large"));
    }
}
