//! What Tauri needs of a build.
fn main() {
    tauri_build::build();
}
