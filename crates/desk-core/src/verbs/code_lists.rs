//! The open lists of the platform and the codes of the standards.

use desk_domain::lists::{LISTS, ListEntry};
use desk_domain::reference::country_names;
use desk_domain::value::{self, CountryCode, CurrencyCode};

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CodeEntry, CodeListView, CodeListsView, CountryEntry, Empty};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<CodeListsView, IpcError> {
    // A form is being opened: the metadata of phone numbers is read before somebody waits for the first one.
    tokio::task::spawn_blocking(value::warm);
    let house = desk.house();
    let lists = LISTS.iter().map(|(field, ..)| CodeListView {
        key: field.spec().key.to_owned(),
        entries: house.list(*field).map(|list| list.entries().iter().map(entry).collect()).unwrap_or_default(),
        own: house.lists.iter().any(|(of, _)| of == field),
    });
    let aliases = |code| country_names::aliases(code).iter().map(|alias| (*alias).to_owned()).collect();
    Ok(CodeListsView {
        countries: CountryCode::all()
            .map(|code| CountryEntry { code: code.to_string(), aliases: aliases(code) })
            .collect(),
        currencies: CurrencyCode::all().map(|code| code.to_string()).collect(),
        lists: lists.collect(),
    })
}

fn entry(entry: &ListEntry) -> CodeEntry {
    CodeEntry { value: entry.value.clone(), label: entry.label.clone(), aliases: entry.aliases.clone() }
}
