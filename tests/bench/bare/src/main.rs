//! An empty Tauri window with one line of text: the measure of the bench, made by the same build in the same run.

/// Opens the window and stays until it is closed.
fn main() -> Result<(), tauri::Error> {
    tauri::Builder::default().run(tauri::generate_context!())
}
