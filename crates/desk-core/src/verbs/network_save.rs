//! Changes how the platforms are reached: the proxy, and the authorities trusted beside the system's.

use desk_api::authority::parse;
use desk_api::{Authority, AuthorityError, ProxySettings};

use crate::convert::network;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::verbs::settings_open;
use crate::views::{Empty, NetworkSave, SettingsView};

/// What the trail names as changed: there is one set of settings.
const OBJECT: &str = "settings";

pub(crate) async fn run(desk: &Desk, request: NetworkSave) -> Result<SettingsView, IpcError> {
    let mut wrong = IpcError::of("request.unreadable");
    let proxy = request.proxy.map(|typed| typed.trim().to_owned());
    if let Some(Err(error)) = proxy.as_deref().filter(|typed| !typed.is_empty()).map(ProxySettings::parse) {
        wrong = wrong.at("proxy", error.code());
    }
    let added = match request.authorities_pem.as_deref().map(parse).transpose() {
        Ok(added) => added.unwrap_or_default(),
        Err(error) => {
            wrong = unusable(wrong, &error);
            Vec::new()
        }
    };
    if !wrong.fields.is_empty() {
        return Err(wrong);
    }
    let changes = Changes { proxy, added, removed: request.remove_authority };
    let entry = Entry::new(desk, "network.save", OBJECT.to_owned(), &changes.words(), "ok");
    let write = desk.write(move |tx| {
        let mut settings = network::read(tx)?;
        changes.apply(&mut settings);
        network::write(tx, &settings)?;
        entry.write(tx)
    });
    write.await?;
    settings_open::run(desk, Empty {}).await
}

fn unusable(wrong: IpcError, error: &AuthorityError) -> IpcError {
    let mut wrong = wrong.at("authorities_pem", error.code());
    if let (AuthorityError::NotAnAuthority { name }, Some(field)) = (error, wrong.fields.last_mut()) {
        field.params.insert("name".to_owned(), name.clone());
    }
    wrong
}

struct Changes {
    proxy: Option<String>,
    added: Vec<Authority>,
    removed: Option<String>,
}

impl Changes {
    /// What changes, for the trail: fingerprints of certificates are no secret, and say who was trusted from when on.
    fn words(&self) -> String {
        let proxy = self.proxy.is_some().then(|| "proxy".to_owned());
        let added = self.added.iter().map(|authority| format!("+{}", authority.fingerprint));
        let removed = self.removed.iter().map(|fingerprint| format!("-{fingerprint}"));
        proxy.into_iter().chain(added).chain(removed).collect::<Vec<_>>().join(" ")
    }

    fn apply(self, settings: &mut network::NetworkSettings) {
        if let Some(proxy) = self.proxy {
            settings.proxy = (!proxy.is_empty()).then_some(proxy);
        }
        settings.authorities.retain(|authority| Some(&authority.fingerprint) != self.removed.as_ref());
        for authority in self.added {
            if settings.authorities.iter().all(|known| known.fingerprint != authority.fingerprint) {
                settings.authorities.push(authority);
            }
        }
    }
}
