//! Keeps settings of the window.

use desk_store::settings;

use crate::convert::connection;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::opening::CURRENT_CONNECTION;
use crate::verbs::app_status::{self, THEME};
use crate::views::{AppView, Empty, SettingsSave, Theme};

pub(crate) async fn run(desk: &Desk, request: SettingsSave) -> Result<AppView, IpcError> {
    let mut changes = Vec::new();
    if let Some(theme) = request.theme {
        let code = match theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        changes.push((THEME, code.to_owned()));
    }
    if let Some(id) = request.current_connection {
        let row = connection::row(desk, &id).await?;
        changes.push((CURRENT_CONNECTION, row.id.to_string()));
    }
    let write = desk.write(move |tx| changes.iter().try_for_each(|(key, value)| settings::set(tx, key, value)));
    write.await?;
    app_status::run(desk, Empty {}).await
}
