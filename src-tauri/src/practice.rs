//! The platform that the program serves itself, on the loopback address, started when it is first used (DECISIONS 2).

use desk_core::practice::{Boxed, Practice as PracticePort, PracticeAccount, PracticeOff};
use desk_core::{Form, Revision, SecretString};
use desk_sandbox::{Account, BultraAccount, Options, Sandbox};
use serde_json::Value;
use tokio::sync::Mutex;

/// Starts the sandbox once and names its accounts.
pub struct Practice {
    running: Mutex<Option<Sandbox>>,
}

impl Practice {
    /// Nothing runs yet.
    pub fn new() -> Self {
        Self { running: Mutex::new(None) }
    }
}

impl PracticePort for Practice {
    fn account(&self, form: Form, snapshot: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>> {
        Box::pin(async move {
            #[cfg(feature = "test-hooks")]
            if let Some(account) = crate::hooks::external_account(form) {
                return Ok(account);
            }
            let mut running = self.running.lock().await;
            if running.is_none() {
                let kept = Options { snapshot, ..Options::default() };
                // A snapshot of another version may not be readable: practice begins anew rather than never again.
                let started = Sandbox::start(kept).or_else(|_| Sandbox::start(Options::default()));
                *running = Some(started.map_err(|_| PracticeOff)?);
            }
            let sandbox = running.as_ref().ok_or(PracticeOff)?;
            Ok(match form {
                Form::Whole(Revision::Typed) => convert(&sandbox.axisfi_typed),
                Form::Whole(Revision::Untyped) => convert(&sandbox.axisfi_untyped),
                Form::Contact => convert_bultra(&sandbox.bultra),
            })
        })
    }

    fn runs(&self) -> bool {
        #[cfg(feature = "test-hooks")]
        if crate::hooks::external_account(Form::Whole(Revision::Typed)).is_some() {
            return true;
        }
        // Whoever holds the lock is starting it or asks what it holds.
        self.running.try_lock().map_or(true, |running| running.is_some())
    }

    fn snapshot(&self) -> Boxed<'_, Option<Value>> {
        Box::pin(async move { self.running.lock().await.as_ref().map(Sandbox::snapshot) })
    }
}

fn convert(account: &Account) -> PracticeAccount {
    PracticeAccount {
        base_url: account.base_url.clone(),
        api_key: SecretString::from(account.api_key.clone()),
        api_secret: SecretString::from(account.api_secret.clone()),
        token_url: None,
    }
}

fn convert_bultra(account: &BultraAccount) -> PracticeAccount {
    PracticeAccount {
        base_url: account.base_url.clone(),
        api_key: SecretString::from(account.client_id.clone()),
        api_secret: SecretString::from(account.client_secret.clone()),
        token_url: Some(account.token_url.clone()),
    }
}
