//! What the core asks of the window.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use desk_core::shell::Shell as ShellPort;
use notify_rust::Notification;
use tauri::WebviewWindow;
use tokio::sync::oneshot;

use crate::dialogs;

/// The program's name, over what it says outside its window.
const NAME: &str = "Customer Desk";

/// The size that a web view begins with.
const BEGINS_WITH_PERCENT: u16 = 100;

/// The window, once there is one: settings are read beside its making, and may be there first.
pub struct Shell(Mutex<State>);

struct State {
    window: Option<WebviewWindow>,
    asked_percent: u16,
    shown_percent: u16,
}

impl Shell {
    /// No window yet.
    pub fn new() -> Self {
        let (asked_percent, shown_percent) = (BEGINS_WITH_PERCENT, BEGINS_WITH_PERCENT);
        Self(Mutex::new(State { window: None, asked_percent, shown_percent }))
    }

    /// The window is there.
    pub fn has(&self, window: WebviewWindow) {
        self.change(|state| state.window = Some(window));
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        state.show();
    }
}

impl State {
    fn show(&mut self) {
        let Some(window) = self.window.as_ref().filter(|_| self.asked_percent != self.shown_percent) else { return };
        // A window that is being closed takes no size any more.
        if window.set_zoom(f64::from(self.asked_percent) / 100.0).is_ok() {
            self.shown_percent = self.asked_percent;
        }
    }
}

impl ShellPort for Shell {
    fn zoom(&self, percent: u16) {
        self.change(|state| state.asked_percent = percent);
    }

    fn notify(&self, customers: u32) {
        // The bus may take its time, and a system without anybody who shows notifications is a usual one.
        std::thread::spawn(move || Notification::new().summary(NAME).body(&changed(customers)).show().map(|_| ()));
    }

    fn choose_file(&self, answer: oneshot::Sender<Option<PathBuf>>) {
        #[cfg(feature = "test-hooks")]
        let Some(answer) = crate::hooks::answer_dialog(answer) else { return };
        let window = self.0.lock().unwrap_or_else(PoisonError::into_inner).window.clone();
        if let Some(window) = window {
            dialogs::choose_file(&window, answer);
        }
    }

    fn parts(&self) -> Vec<(String, String)> {
        let web_view = if cfg!(target_os = "linux") {
            "WebKitGTK"
        } else if cfg!(windows) {
            "WebView2"
        } else {
            "WebKit"
        };
        let part = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        let mut parts = vec![part("Tauri", tauri::VERSION)];
        parts.extend(tauri::webview_version().ok().map(|version| part(web_view, &version)));
        parts.push(part("Rust", env!("DESK_RUST_VERSION")));
        parts
    }
}

/// The one sentence that is not in the page's catalogue: the system shows it, where no page may be drawn. It names nobody,
/// since whoever looks at the screen reads it.
fn changed(customers: u32) -> String {
    match customers {
        1 => "1 customer changed on the platform".to_owned(),
        more => format!("{more} customers changed on the platform"),
    }
}
