//! A window that is asked to close waits for the page to save what was typed, and stays where that fails.

use std::time::Duration;

use tokio::sync::watch;

/// How long a page may take to save. One that says nothing at all for so long is dead, and holds nothing back.
const PAGE_PATIENCE_S: u64 = 5;

/// The page's newest answer, numbered.
pub struct Closing(watch::Sender<(u64, bool)>);

impl Default for Closing {
    fn default() -> Self {
        Self(watch::Sender::new((0, false)))
    }
}

impl Closing {
    /// The page has saved everything, or could not.
    pub(crate) fn answer(&self, kept: bool) {
        self.0.send_modify(|(number, newest)| (*number, *newest) = (*number + 1, kept));
    }

    /// Waits for the page's answer to a question that `ask` puts. True where the window may close.
    pub async fn may_close(&self, ask: impl FnOnce()) -> bool {
        self.may_close_within(Duration::from_secs(PAGE_PATIENCE_S), ask).await
    }

    async fn may_close_within(&self, patience: Duration, ask: impl FnOnce()) -> bool {
        let mut answers = self.0.subscribe();
        let before = answers.borrow_and_update().0;
        ask();
        let answer = answers.wait_for(|(number, _)| *number > before);
        match tokio::time::timeout(patience, answer).await {
            Ok(Ok(answer)) => answer.1,
            Ok(Err(_)) | Err(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_window_closes_when_the_page_has_saved_or_is_dead_and_stays_when_it_could_not() {
        let closing = Closing::default();
        closing.answer(false);
        assert!(closing.may_close(|| closing.answer(true)).await, "everything is kept");
        assert!(!closing.may_close(|| closing.answer(false)).await, "something is not");
        assert!(
            closing.may_close_within(Duration::from_millis(20), || ()).await,
            "a page that says nothing holds nothing back"
        );
    }
}
