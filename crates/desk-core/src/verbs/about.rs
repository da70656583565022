//! What the program is made of.

use desk_domain::field::Field;
use desk_domain::lists::LISTS;
use desk_domain::reference::sources::{SOURCES, Source};
use desk_store::versions;

use crate::desk::Desk;
use crate::house;
use crate::ipc::IpcError;
use crate::licences::Licences;
use crate::views::{AboutView, DataFileView, Empty, ListFileView, PartView};

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
        data: SOURCES.iter().map(data).collect(),
        lists: lists(desk),
        lists_folder: house::lists_folder(desk).to_string_lossy().into_owned(),
    })
}

fn data(source: &Source) -> DataFileView {
    let Source { name, version, licence, url } = source;
    let [name, version, licence, source] = [name, version, licence, url].map(|text| (*text).to_owned());
    DataFileView { name, version, licence, source }
}

fn lists(desk: &Desk) -> Vec<ListFileView> {
    let (house, unreadable) = (desk.house(), desk.unreadable_lists());
    let view = |(field, file, _): &(Field, &str, &str)| ListFileView {
        key: field.spec().key.to_owned(),
        file: (*file).to_owned(),
        entries: house.list(*field).map_or(0, |list| u32::try_from(list.entries().len()).unwrap_or(u32::MAX)),
        own: house.lists.iter().any(|(of, _)| of == field),
        unreadable: unreadable.contains(field),
    };
    LISTS.iter().map(view).collect()
}
