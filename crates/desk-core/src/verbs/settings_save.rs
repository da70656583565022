//! Keeps settings of the window and of the form; what is absent stays.

use desk_store::settings;

use crate::convert::connection;
use crate::convert::settings::{
    DATE_ORDER, DENSITY, LANGUAGE, NOTIFY, Preferences, THEME, WELCOME, WHEN_OFFLINE, ZOOM, code, zoom,
};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::opening::CURRENT_CONNECTION;
use crate::verbs::app_status;
use crate::views::{AppView, Empty, SettingsSave};

pub(crate) async fn run(desk: &Desk, request: SettingsSave) -> Result<AppView, IpcError> {
    let SettingsSave {
        theme,
        density,
        date_order,
        language,
        zoom_percent,
        welcome,
        current_connection,
        when_offline,
        notify,
    } = request;
    let mut changes = vec![
        (THEME, theme.map(|theme| code(&theme))),
        (DENSITY, density.map(|density| code(&density))),
        (DATE_ORDER, date_order.map(|order| code(&order))),
        (LANGUAGE, language.map(|language| code(&language))),
        (ZOOM, zoom_percent.map(|percent| zoom(percent).to_string())),
        (WELCOME, welcome.map(|shows| shows.to_string())),
        (WHEN_OFFLINE, when_offline.map(|when| code(&when))),
        (NOTIFY, notify.map(|says| says.to_string())),
    ];
    if let Some(id) = current_connection {
        let row = connection::row_in_use(desk, &id).await?;
        changes.push((CURRENT_CONNECTION, Some(row.id.to_string())));
    }
    let write = desk.write(move |tx| {
        for (key, value) in changes {
            if let Some(value) = value {
                settings::set(tx, key, &value)?;
            }
        }
        Preferences::read(tx)
    });
    desk.use_preferences(&write.await?);
    app_status::run(desk, Empty {}).await
}
