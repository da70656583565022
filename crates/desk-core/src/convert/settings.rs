//! Settings as they are kept: one text a key, each the code that also crosses to the page.

use desk_domain::value::DateOrder;
use desk_store::{Connection, SqlResult, settings};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::views::{Density, Language, Theme, WhenOffline};

/// The colours of the window.
pub(crate) const THEME: &str = "window.theme";
/// The heights of rows and controls.
pub(crate) const DENSITY: &str = "window.density";
/// The size of everything, in per cent.
pub(crate) const ZOOM: &str = "window.zoom";
/// The language of the words.
pub(crate) const LANGUAGE: &str = "window.language";
/// Whether the first screen that explains the program still shows.
pub(crate) const WELCOME: &str = "window.welcome";
/// What becomes of a submission that cannot reach the platform.
pub(crate) const WHEN_OFFLINE: &str = "outbox.when_offline";
/// Whether the system says it where a customer changes.
pub(crate) const NOTIFY: &str = "watch.notify";
/// How a numeric date is read.
pub(crate) const DATE_ORDER: &str = "form.date_order";

/// Smaller is not readable.
const ZOOM_LEAST_PERCENT: u16 = 50;
/// Larger leaves room for one field.
const ZOOM_MOST_PERCENT: u16 = 300;
/// The size of a first start.
const ZOOM_PERCENT: u16 = 100;

/// What a user has set of the window and the form.
pub(crate) struct Preferences {
    pub theme: Theme,
    pub density: Density,
    pub date_order: DateOrder,
    pub language: Language,
    pub zoom_percent: u16,
    pub welcome: bool,
    pub when_offline: WhenOffline,
    pub notify: bool,
}

impl Default for Preferences {
    /// What holds until something is set, and before the store is open.
    fn default() -> Self {
        Self {
            theme: Theme::System,
            density: Density::Compact,
            date_order: DateOrder::Ask,
            language: Language::En,
            zoom_percent: ZOOM_PERCENT,
            welcome: false,
            when_offline: WhenOffline::Ask,
            notify: false,
        }
    }
}

impl Preferences {
    /// Reads all of them. What an older or a newer version wrote and this one does not know is as if it were not set.
    pub(crate) fn read(db: &Connection) -> SqlResult<Self> {
        let unset = Self::default();
        Ok(Self {
            theme: get(db, THEME)?.unwrap_or(unset.theme),
            density: get(db, DENSITY)?.unwrap_or(unset.density),
            date_order: get(db, DATE_ORDER)?.unwrap_or(unset.date_order),
            language: get(db, LANGUAGE)?.unwrap_or(unset.language),
            zoom_percent: zoom(settings::get(db, ZOOM)?.and_then(|text| text.parse().ok()).unwrap_or(ZOOM_PERCENT)),
            welcome: settings::get(db, WELCOME)?.as_deref() == Some("true"),
            when_offline: get(db, WHEN_OFFLINE)?.unwrap_or(unset.when_offline),
            notify: settings::get(db, NOTIFY)?.as_deref() == Some("true"),
        })
    }
}

/// The nearest size that the window shows.
pub(crate) fn zoom(percent: u16) -> u16 {
    percent.clamp(ZOOM_LEAST_PERCENT, ZOOM_MOST_PERCENT)
}

/// The code of a setting, as it is kept.
pub(crate) fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(code)) => code,
        _ => String::new(),
    }
}

fn get<T: DeserializeOwned>(db: &Connection, key: &str) -> SqlResult<Option<T>> {
    Ok(settings::get(db, key)?.and_then(|code| serde_json::from_value(Value::String(code)).ok()))
}
