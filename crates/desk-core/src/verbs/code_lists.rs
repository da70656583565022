//! The open lists of the platform and the codes of the standards.

use desk_domain::lists;
use desk_domain::value::{CountryCode, CurrencyCode};

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CodeListsView, Empty};

pub(crate) async fn run(_: &Desk, _: Empty) -> Result<CodeListsView, IpcError> {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Ok(CodeListsView {
        countries: CountryCode::all().map(|code| code.to_string()).collect(),
        currencies: CurrencyCode::all().map(|code| code.to_string()).collect(),
        business_types: owned(lists::BUSINESS_TYPES),
        business_identifier_types: owned(lists::BUSINESS_IDENTIFIER_TYPES),
        product_references: owned(lists::PRODUCT_REFERENCES),
        role_types: owned(lists::ROLE_TYPES),
        id_types: owned(lists::ID_TYPES),
    })
}
