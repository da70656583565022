//! Takes apart a pasted address. Nothing is kept: the page makes edits of it.

use desk_domain::reference::address;
use desk_domain::value::CountryCode;

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{AddressSplit, AddressSplitView};

pub(crate) async fn run(_: &Desk, request: AddressSplit) -> Result<AddressSplitView, IpcError> {
    let split = address::split(&request.text, CountryCode::parse(&request.country).ok());
    let found = split.is_some();
    let split = split.unwrap_or_default();
    Ok(AddressSplitView {
        found,
        country: split.country.map(|country| country.to_string()).unwrap_or_default(),
        line1: split.line1,
        city: split.city,
        state: split.state,
        postcode: split.postcode,
    })
}
