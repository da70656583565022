//! `cargo xtask licences`: writes the licences of the libraries in the program.

use desk_tests::licences::{PATH, render};
use desk_tests::process::Trouble;

fn main() -> Result<(), Trouble> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Ok(std::fs::write(root.join(PATH), render(&root)?)?)
}
