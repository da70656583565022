//! How the platforms are reached: settings that every client is made with.

use desk_api::Authority;
use desk_api::authority::parse;
use desk_store::{Connection, SqlResult, Transaction, settings};

/// The proxy's address.
const PROXY: &str = "network.proxy";
/// The authorities trusted beside the system's: their certificates as PEM, one after another.
const AUTHORITIES: &str = "network.authorities";

/// What a user has set of the network.
#[derive(Default)]
pub(crate) struct NetworkSettings {
    pub proxy: Option<String>,
    pub authorities: Vec<Authority>,
}

/// Reads it.
pub(crate) fn read(db: &Connection) -> SqlResult<NetworkSettings> {
    let proxy = settings::get(db, PROXY)?;
    // Read when they were kept; what cannot be read now is of a version that took more, and is not trusted by this one.
    let authorities = settings::get(db, AUTHORITIES)?.and_then(|text| parse(&text).ok()).unwrap_or_default();
    Ok(NetworkSettings { proxy, authorities })
}

/// Keeps it.
pub(crate) fn write(tx: &Transaction<'_>, network: &NetworkSettings) -> SqlResult<()> {
    match &network.proxy {
        Some(proxy) => settings::set(tx, PROXY, proxy)?,
        None => settings::remove(tx, PROXY)?,
    }
    let pem: String = network.authorities.iter().map(|authority| authority.pem.as_str()).collect();
    if pem.is_empty() { settings::remove(tx, AUTHORITIES) } else { settings::set(tx, AUTHORITIES, &pem) }
}
