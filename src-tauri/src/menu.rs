//! The menu of systems that have one for each program: macOS, where copying and pasting by key go through it. Elsewhere the
//! page has everything, and a bar of menus would only take its room.

use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem as Known, Submenu};
use tauri::{AppHandle, Manager, Wry};

/// Our own entries: the page's command, the word, the key. The system has words for all others.
const ZOOM: [(&str, &str, &str); 3] = [
    ("zoom_in", "Zoom In", "CmdOrCtrl+="),
    ("zoom_out", "Zoom Out", "CmdOrCtrl+-"),
    ("zoom_reset", "Actual Size", "CmdOrCtrl+0"),
];
const HELP: (&str, &str) = ("help", "Keyboard Shortcuts");

/// Whether this system has a menu for each program.
pub const HAS_ONE: bool = cfg!(target_os = "macos");

/// The menu.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let program = Submenu::with_items(
        app,
        "Customer Desk",
        true,
        &[
            &Known::services(app, None)?,
            &Known::separator(app)?,
            &Known::hide(app, None)?,
            &Known::hide_others(app, None)?,
            &Known::show_all(app, None)?,
            &Known::separator(app)?,
            &Known::close_window(app, None)?,
        ],
    )?;
    let edit = Submenu::with_items(
        app,
        "Edit",
        true,
        &[
            &Known::undo(app, None)?,
            &Known::redo(app, None)?,
            &Known::separator(app)?,
            &Known::cut(app, None)?,
            &Known::copy(app, None)?,
            &Known::paste(app, None)?,
            &Known::select_all(app, None)?,
        ],
    )?;
    let view = Submenu::new(app, "View", true)?;
    for (command, word, key) in ZOOM {
        view.append(&MenuItem::with_id(app, command, word, true, Some(key))?)?;
    }
    let window = Submenu::with_items(
        app,
        "Window",
        true,
        &[&Known::minimize(app, None)?, &Known::maximize(app, None)?, &Known::fullscreen(app, None)?],
    )?;
    let (command, word) = HELP;
    let help = Submenu::new(app, "Help", true)?;
    help.append(&MenuItem::with_id(app, command, word, true, None::<&str>)?)?;
    Menu::with_items(app, &[&program, &edit, &view, &window, &help])
}

/// Hands one of our own entries to the page, which knows what it does: there is one list of commands.
pub fn choose(app: &AppHandle, event: &MenuEvent) {
    let command = event.id().as_ref();
    let ours = ZOOM.iter().map(|(command, ..)| *command).chain([HELP.0]);
    if let Some(command) = ours.into_iter().find(|known| *known == command) {
        for window in app.webview_windows().values() {
            // A word of ours from the table above, and nothing that came from elsewhere.
            let _ =
                window.eval(format!("window.dispatchEvent(new CustomEvent('desk-menu', {{ detail: '{command}' }}))"));
        }
    }
}
