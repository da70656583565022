//! Gives Tauri the list of our commands, so that each has a permission and the page can ask for nothing else (DECISIONS 18).

macro_rules! desk_commands {
    ($($kind:ident $name:ident($request:ident) -> $view:ident;)*) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}

include!("../crates/desk-core/src/command_list.in");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=../crates/desk-core/src/command_list.in");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
