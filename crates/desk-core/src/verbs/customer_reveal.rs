//! Shows one masked value of the newest reading or of another, to who says why where the policy wants to know.

use crate::convert::reveal::{Place, logged, reason_of};
use crate::convert::{connection, customer, reading};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerReveal, RevealedView};

pub(crate) async fn run(desk: &Desk, request: CustomerReveal) -> Result<RevealedView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let reason = reason_of(desk, request.reason.as_deref())?;
    let newest = customer::newest(desk, &row, &request.customer_id).await?;
    let of = match request.reading {
        Some(id) => reading::of_customer(desk, &row, &request.customer_id, &id).await?,
        None => newest.clone(),
    };
    let value = customer::value(&of, &request.path)?;
    let place = Place { path: &request.path, reading: (of.id != newest.id).then_some(of.id) };
    logged(desk, row.id, &request.customer_id, place, reason, value).await
}
