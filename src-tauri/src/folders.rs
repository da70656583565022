//! Where the program keeps things on this computer.

use std::path::PathBuf;

/// The folders of one user.
pub struct Folders {
    /// The database, the key file, the window's place. Survives.
    pub data: PathBuf,
    /// What the web view writes. Ours alone, removed at the start and at the end (DECISIONS 20).
    pub web_view: PathBuf,
}

impl Folders {
    /// The system's places for this user; `None` where the system names none.
    pub fn of_the_system() -> Option<Self> {
        let data = dirs::data_dir()?.join("customer-desk");
        let web_view = dirs::cache_dir()?.join("customer-desk").join("webview");
        Some(Self { data, web_view })
    }

    /// Removes what the web view wrote. Called while the instance lock is held, so that nobody else uses it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the web view's own folder: caches of the embedded page, nothing of the user"
    )]
    pub fn clear_web_view(&self) {
        // Nothing there is the usual case; what cannot be removed now is removed at the next start.
        let _ = std::fs::remove_dir_all(&self.web_view);
    }
}
