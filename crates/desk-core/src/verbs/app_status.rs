//! The state of the whole program.

use desk_store::drafts::{self, DraftState};
use desk_store::settings;

use crate::convert::connection::{self, InUse};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{AppView, Empty, Phase, Theme};

/// The setting of the window's colours.
pub(crate) const THEME: &str = "window.theme";

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<AppView, IpcError> {
    desk.opened_soon().await;
    let phase = desk.phase();
    let mut view = AppView {
        version: desk.version().to_owned(),
        actor: desk.actor().to_owned(),
        connections: Vec::new(),
        current_connection: None,
        theme: Theme::System,
        network: desk.network().view(None),
        drafts: 0,
        unsettled: 0,
        first_start: desk.first_start(),
        phase,
    };
    if view.phase != Phase::Ready {
        return Ok(view);
    }
    let in_use = InUse::read(desk).await?;
    let of_environment = in_use.environment();
    let read = desk.read(move |db| {
        let drafts = drafts::list(db, &of_environment)?;
        let count = |of: fn(DraftState) -> bool| drafts.iter().filter(|row| of(row.state)).count();
        let open = count(|state| state != DraftState::Accepted);
        let unsettled = count(|state| matches!(state, DraftState::Unknown | DraftState::Conflict));
        Ok((open, unsettled, settings::get(db, THEME)?))
    });
    let (open, unsettled, theme) = read.await?;
    view.drafts = u32::try_from(open).unwrap_or(u32::MAX);
    view.unsettled = u32::try_from(unsettled).unwrap_or(u32::MAX);
    view.theme = theme.as_deref().map_or(Theme::System, theme_of);
    let current = in_use.current.map(|row| row.id);
    view.network = desk.network().view(current);
    view.current_connection = current.map(|id| id.to_string());
    view.connections = in_use.all.iter().map(connection::view).collect();
    Ok(view)
}

fn theme_of(code: &str) -> Theme {
    match code {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    }
}
