//! The system's dialog for choosing a file: opened from here, so that the page never gets a path (RELIABILITY "The shell").

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use rfd::AsyncFileDialog;
use tauri::WebviewWindow;
use tokio::sync::oneshot;

/// What the dialog offers; it lets through whatever its user insists on, and the core says what that is.
const KINDS: &str = "PDF, PNG, JPEG, TIFF";
/// GTK tells large letters from small ones.
const ENDINGS: [&str; 12] = ["pdf", "png", "jpg", "jpeg", "tif", "tiff", "PDF", "PNG", "JPG", "JPEG", "TIF", "TIFF"];

/// Whether one is open.
static IS_OPEN: AtomicBool = AtomicBool::new(false);

/// Opens it over the window, unless one is open. The answer is dropped where nothing is chosen.
pub fn choose_file(window: &WebviewWindow, answer: oneshot::Sender<Option<PathBuf>>) {
    if IS_OPEN.swap(true, Ordering::SeqCst) {
        return;
    }
    let parent = window.clone();
    let opened = window.run_on_main_thread(move || {
        let choosing = AsyncFileDialog::new().set_parent(&parent).add_filter(KINDS, &ENDINGS).pick_file();
        tauri::async_runtime::spawn(async move {
            let chosen = choosing.await;
            IS_OPEN.store(false, Ordering::SeqCst);
            // Whoever asked may have gone.
            let _ = answer.send(chosen.map(|file| file.path().to_owned()));
        });
    });
    if opened.is_err() {
        IS_OPEN.store(false, Ordering::SeqCst);
    }
}
