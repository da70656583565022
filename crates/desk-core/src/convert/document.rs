//! Files of drafts for the page.

use desk_store::connections::{self, Upload, UploadEncoding};
use desk_store::documents::{self, DocumentRow, NEVER};
use desk_store::drafts;
use uuid::Uuid;

use crate::clock::instant;
use crate::desk::Desk;
use crate::ipc::{IpcError, Message};
use crate::views::{self, DocumentListView, DocumentState, DocumentView, FileType};

/// The files of a draft as the page gets them.
///
/// # Errors
/// `draft.gone`, or the store's.
pub(crate) async fn list(desk: &Desk, draft: Uuid) -> Result<DocumentListView, IpcError> {
    let read = desk.read(move |db| {
        let Some(row) = drafts::get(db, draft)?.filter(|row| row.deleted_at.is_none()) else { return Ok(None) };
        let Some(connection) = connections::get(db, row.connection_id)? else { return Ok(None) };
        Ok(Some((documents::list(db, draft)?, connection.upload)))
    });
    let (rows, upload) = read.await?.ok_or_else(|| IpcError::of("draft.gone"))?;
    let documents = rows.iter().map(|row| view(desk, row)).collect();
    Ok(DocumentListView { documents, limit_bytes: limit_bytes(upload) })
}

/// One file by the id that the page sent.
///
/// # Errors
/// `not_found`, or the store's.
pub(crate) async fn row(desk: &Desk, id: &str) -> Result<DocumentRow, IpcError> {
    let id = super::id(id, "not_found")?;
    let found = desk.read(move |db| documents::get(db, id)).await?;
    found.ok_or_else(|| IpcError::of("not_found"))
}

fn view(desk: &Desk, row: &DocumentRow) -> DocumentView {
    use documents::DocumentState as S;
    let waits_for_a_time = row.state == S::Waiting && row.due_at != NEVER && row.due_at > desk.clock().now_ms();
    DocumentView {
        id: row.id.to_string(),
        path: row.path,
        file_type: shown(row.file_type),
        name: row.name.clone(),
        media_type: row.media_type.clone(),
        size: row.size,
        pages: row.pages,
        state: match row.state {
            S::Waiting => DocumentState::Waiting,
            S::Sending => DocumentState::Sending,
            S::Sent => DocumentState::Sent,
            S::Failed => DocumentState::Failed,
        },
        sent: match row.state {
            S::Sending => desk.files().progress(row.id).min(row.size),
            S::Sent => row.size,
            S::Waiting | S::Failed => 0,
        },
        file_id: row.file_id.clone(),
        reason: row.reason.as_deref().and_then(|text| serde_json::from_str(text).ok()),
        next_at: waits_for_a_time.then(|| instant(row.due_at)),
        preview: row.preview,
    }
}

/// A reason as the store keeps it.
pub(crate) fn kept(reason: &Message) -> String {
    serde_json::to_string(reason).unwrap_or_else(|_| String::from("null"))
}

/// The largest file of a connection.
pub(crate) fn limit_bytes(upload: Upload) -> u64 {
    u64::from(upload.limit_mb) * 1_000_000
}

/// How a connection's files are written.
pub(crate) fn encoding(encoding: UploadEncoding) -> desk_api::UploadEncoding {
    match encoding {
        UploadEncoding::Multipart => desk_api::UploadEncoding::Multipart,
        UploadEncoding::Json => desk_api::UploadEncoding::Json,
    }
}

/// How files are sent, for the page.
pub(crate) fn upload_view(upload: Upload) -> views::UploadView {
    let encoding = match upload.encoding {
        UploadEncoding::Multipart => views::UploadEncoding::Multipart,
        UploadEncoding::Json => views::UploadEncoding::Json,
    };
    views::UploadView { encoding, limit_mb: upload.limit_mb }
}

/// The same from the page.
pub(crate) fn upload(view: views::UploadView) -> Upload {
    let encoding = match view.encoding {
        views::UploadEncoding::Multipart => UploadEncoding::Multipart,
        views::UploadEncoding::Json => UploadEncoding::Json,
    };
    Upload { encoding, limit_mb: view.limit_mb }
}

/// `FileType` of the contract.
pub(crate) fn on_the_wire(file_type: documents::FileType) -> &'static str {
    match file_type {
        documents::FileType::Invoice => "Invoice",
        documents::FileType::Contract => "Contract",
        documents::FileType::BusinessRegistration => "Business Registration",
        documents::FileType::ArticleOfAssociation => "Article of Association",
        documents::FileType::MainPage => "Main page",
        documents::FileType::BackPage => "Back page",
    }
}

/// What a file is, as the store has it.
pub(crate) fn stored(file_type: FileType) -> documents::FileType {
    match file_type {
        FileType::Invoice => documents::FileType::Invoice,
        FileType::Contract => documents::FileType::Contract,
        FileType::BusinessRegistration => documents::FileType::BusinessRegistration,
        FileType::ArticleOfAssociation => documents::FileType::ArticleOfAssociation,
        FileType::MainPage => documents::FileType::MainPage,
        FileType::BackPage => documents::FileType::BackPage,
    }
}

fn shown(file_type: documents::FileType) -> FileType {
    match file_type {
        documents::FileType::Invoice => FileType::Invoice,
        documents::FileType::Contract => FileType::Contract,
        documents::FileType::BusinessRegistration => FileType::BusinessRegistration,
        documents::FileType::ArticleOfAssociation => FileType::ArticleOfAssociation,
        documents::FileType::MainPage => FileType::MainPage,
        documents::FileType::BackPage => FileType::BackPage,
    }
}
