//! `cargo xtask bindings`: writes the TypeScript of what crosses to the page, and the book of rules for its tests.

use desk_tests::{bindings, rules_book};

fn main() -> std::io::Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::write(root.join(rules_book::PATH), rules_book::render()?)?;
    std::fs::write(root.join(bindings::PATH), bindings::render())
}
