//! Tests a connection: asks for a customer that cannot be there. "Not found" by the platform is the proof that name, TLS,
//! address and keys are right (no page documents a call made for this).

use desk_api::{DetailBy, probe};
use desk_store::{activity, connections};

use crate::call::{answer_view, note_network, options};
use crate::clock::instant;
use crate::convert::connection;
use crate::convert::test_steps::{Steps, whole};
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::outbox::resume;
use crate::trail::Entry;
use crate::views::{ConnectionRef, ConnectionTestView};

pub(crate) async fn run(
    desk: &Desk,
    request: ConnectionRef,
    mut control: JobControl,
) -> Result<ConnectionTestView, IpcError> {
    let row = connection::row_in_use(desk, &request.connection).await?;
    let view = tokio::select! {
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        view = test(desk, &row) => view,
    };
    let row_id = row.id;
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
    if view.works {
        resume(desk, row_id).await?;
    }
    Ok(view)
}

/// What a test is about.
fn tested(row: &connections::ConnectionRow) -> impl PartialEq {
    (row.base_url.clone(), row.revision, row.api_key_set_at, row.api_secret_set_at)
}

async fn test(desk: &Desk, row: &connections::ConnectionRow) -> ConnectionTestView {
    let mut view = ConnectionTestView {
        works: false,
        at: instant(desk.clock().now_ms()),
        millis: 0,
        steps: Vec::new(),
        problem: None,
        answer: None,
    };
    let probed = match options(desk, row).await {
        Ok(options) => {
            let nobody = format!("cd-test-{}", new_id());
            let probed = probe(options, DetailBy::PartnerCustomerId(&nobody)).await;
            probed.map_err(|error| IpcError::of(error.code()))
        }
        Err(error) => Err(error),
    };
    let probed = match probed {
        Ok(probed) => probed,
        Err(error) => {
            view.problem = Some(error.message());
            return view;
        }
    };
    note_network(desk, row, &probed.result);
    let steps = Steps { is_https: row.base_url.starts_with("https:"), now_ms: desk.clock().now_ms() };
    (view.steps, view.problem) = steps.of(&probed);
    view.works = view.problem.is_none();
    match &probed.result {
        Ok(answer) => view.millis = whole(answer.millis),
        Err(error) => {
            view.millis = whole(error.millis);
            view.answer = answer_view(error);
        }
    }
    view
}
