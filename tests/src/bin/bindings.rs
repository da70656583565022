//! `cargo xtask bindings`: writes the TypeScript of what crosses to the page.

fn main() -> std::io::Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::write(root.join(desk_tests::bindings::PATH), desk_tests::bindings::render())
}
