//! A picture of a file, which the program made of its pixels when it was added.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use desk_store::documents;

use crate::convert::document;
use crate::desk::Desk;
use crate::files::picture_size;
use crate::ipc::IpcError;
use crate::views::{DocumentPreviewView, DocumentRef};

pub(crate) async fn run(desk: &Desk, request: DocumentRef) -> Result<DocumentPreviewView, IpcError> {
    let id = document::row(desk, &request.document).await?.id;
    let picture = desk.read(move |db| documents::preview(db, id)).await?;
    let picture = picture.ok_or_else(|| IpcError::of("not_found"))?;
    let (width, height) = picture_size(&picture).ok_or_else(|| IpcError::of("internal"))?;
    Ok(DocumentPreviewView { media_type: "image/jpeg".to_owned(), content: STANDARD.encode(&picture), width, height })
}
