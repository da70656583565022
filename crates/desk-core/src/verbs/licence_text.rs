//! The licence of one library in the program.

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::licences::Licences;
use crate::views::{LicenceRef, LicenceView};

pub(crate) async fn run(_: &Desk, request: LicenceRef) -> Result<LicenceView, IpcError> {
    let licences = Licences::read().ok_or_else(|| IpcError::of("internal"))?;
    let texts = licences.texts(&request.name, &request.version);
    // The page asks for what `about` told it.
    texts.map(|texts| LicenceView { texts }).ok_or_else(|| IpcError::of("request.unreadable"))
}
