//! Work on bytes that somebody else made, apart from the rest: on a thread of its own, with room on its stack, and for a
//! while only. What it finds is of use where it comes, and not missed where it does not.

use std::time::Duration;

use tokio::sync::oneshot;

/// How long a file is looked at: nobody waits longer for a number of pages.
const PATIENCE: Duration = Duration::from_secs(5);

/// Deeper nesting than any scan has fits in this many bytes.
const STACK_BYTES: usize = 32 * 1024 * 1024;

/// What `work` finds, if it finds it soon. What takes longer goes on alone and is not waited for.
pub(super) async fn apart<T, F>(work: F) -> Option<T>
where
    T: Send + 'static,
    F: FnOnce() -> Option<T> + Send + 'static,
{
    apart_for(PATIENCE, work).await
}

async fn apart_for<T, F>(patience: Duration, work: F) -> Option<T>
where
    T: Send + 'static,
    F: FnOnce() -> Option<T> + Send + 'static,
{
    let (found, finding) = oneshot::channel();
    let thread = std::thread::Builder::new().name("file".to_owned()).stack_size(STACK_BYTES);
    let started = thread.spawn(move || {
        // Whoever asked may have gone.
        let _ = found.send(work());
    });
    started.ok()?;
    tokio::time::timeout(patience, finding).await.ok()?.ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_found_comes_and_what_fails_is_not_missed() {
        assert_eq!(apart(|| Some(7)).await, Some(7));
        assert_eq!(apart(|| None::<u8>).await, None);
        assert_eq!(apart(|| panic!("a file that no parser expects") as Option<u8>).await, None);
    }

    #[tokio::test]
    async fn what_takes_long_is_not_waited_for() {
        let (end, wait) = std::sync::mpsc::channel::<()>();
        let found = apart_for(Duration::from_millis(20), move || wait.recv().ok().map(|()| 7)).await;
        assert_eq!(found, None);
        drop(end);
    }
}
