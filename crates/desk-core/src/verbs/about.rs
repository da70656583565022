//! What the program is made of.

use desk_store::versions;

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::licences::Licences;
use crate::views::{AboutView, Empty, PartView};

/// Answers with whatever is known: support asks for it most of all where the store does not open.
pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<AboutView, IpcError> {
    let licences = Licences::read().ok_or_else(|| IpcError::of("internal"))?;
    let mut parts = desk.shell().parts();
    if let Ok(versions) = desk.read(versions).await {
        parts.push(("SQLite".to_owned(), versions.sqlite));
        parts.push(("SQLCipher".to_owned(), versions.sqlcipher));
    }
    Ok(AboutView {
        version: desk.version().to_owned(),
        parts: parts.into_iter().map(|(name, version)| PartView { name, version }).collect(),
        packages: licences.packages(),
    })
}
