//! Tests a connection: asks for a customer that cannot be there. "Not found" by the platform is the proof that name, TLS,
//! address and keys are right (no page documents a call made for this). A platform with tokens gives one, and a row of its
//! list.

use desk_api::{DetailBy, Probe, probe, probe_bultra};
use desk_domain::platform::Kind;
use desk_store::connections::ConnectionRow;
use desk_store::{activity, connections};

use crate::call::{MadeOf, answer_view, bultra, note_network, options};
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
            && MadeOf::of(&there) == MadeOf::of(&row)
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

/// Goes the way of a call: with keys to a customer who cannot be there, with tokens to the list's first row.
async fn probed(desk: &Desk, row: &ConnectionRow) -> Result<Probe, IpcError> {
    let probed = match row.kind {
        Kind::Axisfi => {
            let nobody = format!("cd-test-{}", new_id());
            probe(options(desk, row).await?, DetailBy::PartnerCustomerId(&nobody)).await
        }
        Kind::Bultra => probe_bultra(bultra(desk, row).await?.0).await,
    };
    probed.map_err(|error| IpcError::of(error.code()))
}

async fn test(desk: &Desk, row: &ConnectionRow) -> ConnectionTestView {
    let mut view = ConnectionTestView {
        works: false,
        at: instant(desk.clock().now_ms()),
        millis: 0,
        steps: Vec::new(),
        problem: None,
        answer: None,
    };
    let probed = match probed(desk, row).await {
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
