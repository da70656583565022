//! The window, behind a trait: the shell has it, the core only tells it what changed.

use std::path::PathBuf;

use tokio::sync::oneshot;

/// Has the one window.
pub trait Shell: Send + Sync {
    /// Shows everything at this size, in per cent. May be called before there is a window, and again with the same size.
    fn zoom(&self, percent: u16);

    /// Says it outside the window that so many customers changed, without naming anybody. Answers at once; where the system
    /// has no such thing, nothing happens.
    fn notify(&self, customers: u32);

    /// Lets the user choose a file in a dialog of the system, and says which; nothing, or no answer at all, where they choose
    /// none. One dialog at a time.
    fn choose_file(&self, answer: oneshot::Sender<Option<PathBuf>>) {
        drop(answer);
    }

    /// Parts of the program that only the shell knows, each with its version: what builds the window, what draws the page.
    fn parts(&self) -> Vec<(String, String)>;
}

/// A program without a window, as tests of the core have it.
pub struct NoWindow;

impl Shell for NoWindow {
    fn zoom(&self, _percent: u16) {}

    fn notify(&self, _customers: u32) {}

    fn parts(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}
