//! The one window: what it shows, where it may go, and its end.

use std::process::ExitCode;
use std::sync::Arc;

use desk_core::Desk;
use tauri::webview::NewWindowResponse;
use tauri::{App, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent};

use crate::commands;
use crate::folders::Folders;
use crate::instance::Instance;
use crate::menu;
use crate::place::{Place, SMALLEST};
use crate::shell::Shell;

/// The label the capability names.
const MAIN: &str = "main";

/// Opens the window and stays until it is closed.
pub fn run(desk: Desk, shell: Arc<Shell>, folders: &Folders, instance: Instance) -> ExitCode {
    let (for_calls, for_opening) = (desk.clone(), desk.clone());
    // Beside the making of the window, which takes as long; the keyring may ask its user for a password, and then the
    // window says what is waited for.
    tauri::async_runtime::spawn(async move { for_opening.open().await });
    #[cfg(feature = "test-hooks")]
    let for_hooks = desk.clone();
    let for_close = desk.clone();
    // Held here until the window is gone: with it the lock goes.
    let instance = Arc::new(instance);
    let listener = Arc::clone(&instance);
    let (data, web_view) = (folders.data.clone(), folders.web_view.clone());
    let place_folder = folders.data.clone();
    let builder = tauri::Builder::default();
    let builder = if menu::HAS_ONE { builder.menu(menu::build) } else { builder };
    let app = builder
        .on_menu_event(|app, event| menu::choose(app, &event))
        .invoke_handler(move |invoke| commands::answer(&for_calls, invoke))
        .setup(move |app| {
            let window = build(app, &web_view)?;
            #[cfg(feature = "test-hooks")]
            crate::hooks::listen(for_hooks, window.clone());
            if let Some(place) = Place::read(&data) {
                place.apply(&window)?;
            }
            shell.has(window.clone());
            listener.on_second_start(move || bring_to_front(&window));
            Ok(())
        })
        .on_window_event(move |window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
                Place::keep(window, &place_folder);
                close_after_saving(&for_close, window);
            }
        })
        .build(tauri::generate_context!());
    let Ok(app) = app else { return ExitCode::FAILURE };
    app.run_return(|_, _| ());
    tauri::async_runtime::block_on(desk.close());
    drop(instance);
    ExitCode::SUCCESS
}

fn build(app: &App, web_view: &std::path::Path) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Customer Desk")
        .inner_size(Place::FIRST.0, Place::FIRST.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .data_directory(web_view.to_owned())
        // Files are dropped on fields of the page, which takes their bytes; one that is dropped elsewhere opens nothing.
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        })
        .build()?;
    show_preedit(&window)?;
    Ok(window)
}

/// Closes the window once the page has saved what was typed, and leaves it open where that fails.
fn close_after_saving(desk: &Desk, window: &Window) {
    let (desk, window) = (desk.clone(), window.clone());
    tauri::async_runtime::spawn(async move {
        let ask = || {
            for webview in window.webviews() {
                // The page answers with the command `app_close`.
                let _ = webview.eval("window.dispatchEvent(new Event('desk-close'))");
            }
        };
        if desk.closing().may_close(ask).await {
            let _ = window.destroy();
        }
    });
}

/// Whether a navigation stays inside the embedded page (RELIABILITY "The shell"; PLATFORM "The strict policy works").
fn is_ours(url: &Url) -> bool {
    let custom_scheme = url.scheme() == "tauri" && url.host_str() == Some("localhost");
    // Windows has no custom schemes: there the page is served under this name.
    // Elsewhere that name is a real address, port 80 of this computer.
    custom_scheme || (cfg!(windows) && url.scheme() == "http" && url.host_str() == Some("tauri.localhost"))
}

fn bring_to_front(window: &WebviewWindow) {
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

/// wry turns the preedit of the input method off, so that who writes Chinese, Japanese or Korean does not see what is
/// being composed (UX "First things" 1). Turned on again.
#[cfg(target_os = "linux")]
fn show_preedit(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{InputMethodContextExt, WebViewExt};
    window.with_webview(|webview| {
        if let Some(context) = webview.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn show_preedit(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
