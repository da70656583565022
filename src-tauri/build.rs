//! Gives Tauri the list of our commands, so that each has a permission and the page can ask for nothing else (DECISIONS 18),
//! and the program the version of its compiler.

macro_rules! desk_commands {
    ($($kind:ident $name:ident($request:ident) -> $view:ident;)*) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}

include!("../crates/desk-core/src/command_list.in");

/// The compiler's version, from `rustc 1.95.0 (...)`.
fn rust_version() -> Option<String> {
    let output = std::process::Command::new(std::env::var_os("RUSTC")?).arg("--version").output().ok()?;
    String::from_utf8_lossy(&output.stdout).split_whitespace().nth(1).map(str::to_owned)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // For the screen about the program.
    println!("cargo:rustc-env=DESK_RUST_VERSION={}", rust_version().unwrap_or_default());
    println!("cargo:rerun-if-changed=../crates/desk-core/src/command_list.in");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
