//! Tests a connection: asks for a customer that cannot be there. "Not found" by the platform is the proof that name, TLS,
//! address and keys are right (no page documents a call made for this).

use desk_api::{CallErrorKind, DetailBy};
use desk_store::{activity, connections};

use crate::call::{answer_view, client, note_network};
use crate::clock::instant;
use crate::convert::connection;
use crate::desk::{Desk, new_id};
use crate::ipc::{IpcError, Message};
use crate::jobs::JobControl;
use crate::trail::Entry;
use crate::views::{ConnectionRef, ConnectionTestView};

pub(crate) async fn run(
    desk: &Desk,
    request: ConnectionRef,
    mut control: JobControl,
) -> Result<ConnectionTestView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let view = tokio::select! {
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        view = test(desk, &row) => view,
    };
    let (id, kept, at) = (row.id, serde_json::to_string(&view).ok(), desk.clock().now_ms());
    let result = view.problem.as_ref().map_or("ok", |problem| problem.code.as_str());
    let entry = Entry::new(desk, "connection.test", activity::connection(id), "", result);
    let write = desk.write(move |tx| {
        // What was tested may be changed by now: then the test says nothing of the connection.
        if let Some(mut there) = connections::get(tx, id)?
            && tested(&there) == tested(&row)
        {
            there.tested_at = Some(at);
            there.test_json = kept;
            connections::update(tx, &there)?;
        }
        entry.write(tx)
    });
    write.await?;
    Ok(view)
}

/// What a test is about.
fn tested(row: &connections::ConnectionRow) -> impl PartialEq {
    (row.base_url.clone(), row.revision, row.api_key_set_at, row.api_secret_set_at)
}

async fn test(desk: &Desk, row: &connections::ConnectionRow) -> ConnectionTestView {
    let mut view =
        ConnectionTestView { works: false, at: instant(desk.clock().now_ms()), millis: 0, problem: None, answer: None };
    let client = match client(desk, row).await {
        Ok(client) => client,
        Err(error) => {
            view.problem = Some(error.message());
            return view;
        }
    };
    let nobody = format!("cd-test-{}", new_id());
    let result = client.detail(DetailBy::PartnerCustomerId(&nobody)).await;
    note_network(desk, row, &result);
    match &result {
        Ok(answer) => view.millis = u32::try_from(answer.millis).unwrap_or(u32::MAX),
        Err(error) => {
            view.millis = u32::try_from(error.millis).unwrap_or(u32::MAX);
            view.answer = answer_view(error);
            // A web page that says 404 is a wrong address, not a platform without this customer.
            let is_api = error.answer.as_ref().is_some_and(|answer| answer.readable);
            view.problem = match error.kind {
                CallErrorKind::NotFound if is_api => None,
                CallErrorKind::NotFound => Some(Message { code: "answer.unreadable".into(), params: [].into() }),
                _ => Some(Message { code: error.kind.code().to_owned(), params: error.kind.params() }),
            };
        }
    }
    view.works = view.problem.is_none();
    view
}
