//! The one door of the program, with the platform behind an address of ours.

use std::sync::Arc;

use desk_core::commands::dispatch;
use desk_core::ipc::IpcError;
use desk_core::jobs::ProgressSink;
use desk_core::practice::{Boxed, Practice, PracticeAccount, PracticeOff};
use desk_core::{Desk, Form, Revision, SecretString};
use desk_sandbox::Keys;
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// Asks as the page does; of a job, what it ends with: its view, or `refused`.
///
/// # Errors
/// The command's.
pub async fn call(desk: &Desk, name: &str, request: Value) -> Result<Value, IpcError> {
    let (sender, mut events) = mpsc::unbounded_channel();
    let view = dispatch(desk, name, request, Arc::new(Sent(sender))).await?;
    if view.get("job").is_none() {
        return Ok(view);
    }
    while let Some(mut event) = events.recv().await {
        match event["event"].as_str() {
            Some("finished") => return Ok(event["view"].take()),
            Some("failed" | "cancelled") => return Ok(json!({ "refused": event })),
            _ => {}
        }
    }
    Err(IpcError::of("internal"))
}

struct Sent(mpsc::UnboundedSender<Value>);

impl ProgressSink for Sent {
    fn send(&self, event: Value) {
        let _ = self.0.send(event);
    }
}

/// The practice platform is found at this address, without a revision's prefix, and knows these keys.
pub struct Behind(pub String, pub Keys);

impl Practice for Behind {
    fn account(&self, form: Form, _: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>> {
        let Form::Whole(revision) = form else { return Box::pin(async { Err(PracticeOff) }) };
        let of = sandbox_revision(revision);
        let account = PracticeAccount {
            base_url: format!("{}{}", self.0, of.prefix()),
            api_key: SecretString::from(self.1.api_key.clone()),
            api_secret: SecretString::from(self.1.api_secret.clone()),
            token_url: None,
        };
        Box::pin(async move { Ok(account) })
    }

    fn snapshot(&self) -> Boxed<'_, Option<Value>> {
        Box::pin(async { None })
    }
}

/// The same revision in the sandbox's words.
fn sandbox_revision(revision: Revision) -> desk_sandbox::Revision {
    match revision {
        Revision::Typed => desk_sandbox::Revision::Typed,
        Revision::Untyped => desk_sandbox::Revision::Untyped,
    }
}
