//! A file is added to a field: looked at, then kept; the queue sends it.

use desk_domain::field::FieldKind;
use desk_domain::path::FieldPath;
use desk_store::documents::{self, NewDocument};
use desk_store::drafts::{self, DraftRow};
use desk_store::{activity, connections};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::kinds::Kind;
use super::name::{self, OtherKind};
use super::{pages, picture, read};
use crate::convert::document;
use crate::convert::draft::is_open;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{DocumentListView, FileType};

/// A field of a draft that takes a file.
pub(crate) struct Place {
    pub draft: Uuid,
    pub path: FieldPath,
    pub file_type: FileType,
    /// The largest file that the draft's connection takes.
    pub limit_bytes: u64,
}

impl Place {
    /// Checks what the page sent, before anybody is asked for a file.
    ///
    /// # Errors
    /// `request.unreadable` for a field that holds no file id, `draft.gone`, `draft.read_only`, `connection.archived`,
    /// `unsupported` for a platform that takes none, or the store's.
    pub(crate) async fn of(desk: &Desk, draft: &str, path: FieldPath, file_type: FileType) -> Result<Self, IpcError> {
        let draft = crate::convert::id(draft, "draft.gone")?;
        if path.field().spec().kind != FieldKind::FileId {
            return Err(IpcError::of("request.unreadable"));
        }
        let read = desk.read(move |db| {
            let row = drafts::get(db, draft)?;
            let connection = row.as_ref().map(|row| connections::get(db, row.connection_id)).transpose()?.flatten();
            Ok((row, connection))
        });
        let (row, connection) = read.await?;
        takes(row.as_ref(), path).map_err(IpcError::of)?;
        let connection = connection.ok_or_else(|| IpcError::of("connection.gone"))?;
        if connection.archived_at.is_some() {
            return Err(IpcError::of("connection.archived"));
        }
        if !connection.kind.capabilities().files {
            return Err(IpcError::of("unsupported"));
        }
        Ok(Self { draft, path, file_type, limit_bytes: document::limit_bytes(connection.upload) })
    }
}

/// Whether a draft takes a file at a field; else the code of why not.
fn takes(row: Option<&DraftRow>, path: FieldPath) -> Result<&DraftRow, &'static str> {
    let row = row.filter(|row| row.deleted_at.is_none()).ok_or("draft.gone")?;
    if !is_open(row.state) {
        return Err("draft.read_only");
    }
    // A person who was removed meanwhile has no fields.
    let there = path.person().is_none_or(|person| row.texts.persons.contains(&person));
    if there { Ok(row) } else { Err("request.unreadable") }
}

/// Keeps a file for a field, in the place of whichever it had, and has it sent.
///
/// # Errors
/// `document.empty`, `document.too_large`, `document.kind`, `document.other_kind`, those of [`Place::of`] once more, or the
/// store's.
pub(crate) async fn add(
    desk: &Desk,
    place: Place,
    typed_name: &str,
    content: Vec<u8>,
) -> Result<DocumentListView, IpcError> {
    let Place { draft, path, file_type, limit_bytes } = place;
    read::sized(content.len() as u64, limit_bytes)?;
    let Some(kind) = Kind::of(&content) else {
        return Err(IpcError::of("document.kind").with("name", name::cleaned(typed_name)));
    };
    let name = name::named(typed_name, kind).map_err(|OtherKind { name, found }| {
        IpcError::of("document.other_kind").with("name", name).with("found", found)
    })?;
    let pages = if kind == Kind::Pdf { pages::count(&content).await } else { None };
    let preview = picture::of(kind, &content).await;
    let mut new = NewDocument {
        id: new_id(),
        draft_id: draft,
        path,
        file_type: document::stored(file_type),
        name,
        media_type: kind.media_type().to_owned(),
        sha256: Sha256::digest(&content).into(),
        pages,
        replaces: None,
        content,
        preview,
    };
    let now = desk.clock().now_ms();
    let entry = Entry::new(desk, "document.add", activity::draft(draft), &path.to_string(), "ok");
    let write = desk.write(move |tx| {
        let row = drafts::get(tx, draft)?;
        let row = match takes(row.as_ref(), path) {
            Ok(row) => row,
            Err(code) => return Ok(Err(code)),
        };
        new.replaces = Some(row.texts.text(path).trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        documents::insert(tx, &new, now)?;
        entry.write(tx)?;
        Ok(Ok(()))
    });
    write.await?.map_err(IpcError::of)?;
    desk.files().wake();
    desk.outbox().changed();
    document::list(desk, draft).await
}
