//! The settings screen: how the platforms are reached, and what is known of this computer.

use desk_api::Authority;

use crate::clock::instant;
use crate::convert::network;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{AuthorityView, Empty, SettingsView};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<SettingsView, IpcError> {
    let network = desk.read(network::read).await?;
    Ok(SettingsView {
        proxy: network.proxy,
        authorities: network.authorities.into_iter().map(view).collect(),
        folder: desk.folder().to_string_lossy().into_owned(),
        actor: desk.actor().to_owned(),
    })
}

fn view(authority: Authority) -> AuthorityView {
    let Authority { name, until_ms, fingerprint, .. } = authority;
    AuthorityView { name, expires_at: instant(until_ms), fingerprint }
}
