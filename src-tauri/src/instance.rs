//! One program a data folder: a lock file and a socket beside the data (DECISIONS 22).

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Held as long as the program runs; the system lets go of the lock when the process ends, however it ends.
pub struct Instance {
    _lock: File,
    #[cfg(unix)]
    listener: Option<std::os::unix::net::UnixListener>,
}

impl Instance {
    /// Claims the data folder. `None` when another program has it: that one was asked to come to the front.
    ///
    /// # Errors
    /// The folder cannot be made or written.
    pub fn claim(folder: &Path) -> io::Result<Option<Self>> {
        make_private(folder)?;
        let lock = File::options().create(true).truncate(false).write(true).open(folder.join("desk.lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self::held(lock, folder))),
            Err(TryLockError::WouldBlock) => {
                ask_to_front(folder);
                Ok(None)
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    #[cfg(unix)]
    fn held(lock: File, folder: &Path) -> Self {
        let path = folder.join("desk.sock");
        // A socket of a program that was killed: the lock is ours, so nobody listens there.
        let _ = std::fs::remove_file(&path);
        Self { _lock: lock, listener: std::os::unix::net::UnixListener::bind(path).ok() }
    }

    #[cfg(not(unix))]
    fn held(lock: File, _folder: &Path) -> Self {
        Self { _lock: lock }
    }

    /// Calls `show` each time another start asks for the window.
    #[cfg(unix)]
    pub fn on_second_start(&self, show: impl Fn() + Send + 'static) {
        if let Some(listener) = self.listener.as_ref().and_then(|listener| listener.try_clone().ok()) {
            std::thread::spawn(move || listener.incoming().flatten().for_each(|_| show()));
        }
    }

    /// Elsewhere the second start only ends.
    #[cfg(not(unix))]
    pub fn on_second_start(&self, _show: impl Fn() + Send + 'static) {}
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(folder)?;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(unix)]
fn ask_to_front(folder: &Path) {
    // Connecting is the whole message. Nobody there: the other program is still starting and shows its window anyway.
    let _ = std::os::unix::net::UnixStream::connect(folder.join("desk.sock"));
}

#[cfg(not(unix))]
fn ask_to_front(_folder: &Path) {}
