//! The window, behind a trait: the shell has it, the core only tells it what changed.

/// Has the one window.
pub trait Shell: Send + Sync {
    /// Shows everything at this size, in per cent. May be called before there is a window, and again with the same size.
    fn zoom(&self, percent: u16);

    /// Parts of the program that only the shell knows, each with its version: what builds the window, what draws the page.
    fn parts(&self) -> Vec<(String, String)>;
}

/// A program without a window, as tests of the core have it.
pub struct NoWindow;

impl Shell for NoWindow {
    fn zoom(&self, _percent: u16) {}

    fn parts(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}
