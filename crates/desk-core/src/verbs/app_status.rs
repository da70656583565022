//! The state of the whole program.

use desk_store::customers;
use desk_store::drafts::{self, DraftState};

use crate::convert::connection::{self, InUse};
use crate::convert::settings::Preferences;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{AppView, Empty, OutboxCounts, Phase, PolicyView};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<AppView, IpcError> {
    desk.opened_soon().await;
    let (phase, unset) = (desk.phase(), Preferences::default());
    let mut view = AppView {
        version: desk.version().to_owned(),
        actor: desk.actor().to_owned(),
        connections: Vec::new(),
        current_connection: None,
        theme: unset.theme,
        density: unset.density,
        date_order: unset.date_order,
        language: unset.language,
        zoom_percent: unset.zoom_percent,
        welcome: unset.welcome,
        network: desk.network().view(None),
        drafts: 0,
        outbox: OutboxCounts { waiting: 0, paused: 0, unknown: 0, conflict: 0 },
        when_offline: unset.when_offline,
        first_start: desk.first_start(),
        notify: unset.notify,
        changed_customers: 0,
        policy: PolicyView { reveal_reason: desk.reveal_needs_reason() },
        phase,
    };
    if view.phase != Phase::Ready {
        return Ok(view);
    }
    let in_use = InUse::read(desk).await?;
    let of_environment = in_use.environment();
    let read = desk.read(move |db| {
        let drafts = drafts::count_by_state(db, &of_environment)?;
        let count = |of: fn(DraftState) -> bool| drafts.iter().filter(|(state, _)| of(*state)).map(|(_, n)| n).sum();
        let open = count(|state| state != DraftState::Accepted);
        let outbox = OutboxCounts {
            waiting: count(|state| matches!(state, DraftState::Queued | DraftState::Sending)),
            paused: count(|state| state == DraftState::Paused),
            unknown: count(|state| state == DraftState::Unknown),
            conflict: count(|state| state == DraftState::Conflict),
        };
        Ok((open, outbox, customers::count_changed(db, &of_environment)?, Preferences::read(db)?))
    });
    let set;
    (view.drafts, view.outbox, view.changed_customers, set) = read.await?;
    (view.theme, view.density, view.language) = (set.theme, set.density, set.language);
    (view.date_order, view.zoom_percent, view.welcome) = (set.date_order, set.zoom_percent, set.welcome);
    view.when_offline = set.when_offline;
    view.notify = set.notify;
    let current = in_use.current.map(|row| row.id);
    view.network = desk.network().view(current);
    view.current_connection = current.map(|id| id.to_string());
    view.connections = in_use.all.iter().map(connection::view).collect();
    Ok(view)
}
