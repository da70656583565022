//! What a run begins with: a data folder in which all is ready to be sent, and the platform as it is then. Made once, and
//! copied for each run.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use desk_core::outbox::OutboxRules;
use desk_core::shell::NoWindow;
use desk_core::{Desk, DeskOptions, Keyring, Timeouts};
use desk_sandbox::{Keys, Options, Revision, Sandbox};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::keyring::TestKeyring;
use crate::process::Trouble;
use crate::torture::case::Purpose;
use crate::torture::door::{Behind, call};
use crate::typed_form::TypedCustomer;

/// The files of a data folder that was closed in order.
const FILES: [&str; 2] = ["desk.db", "desk.key.json"];

/// A memory file system, where there is one: what is tested here is the order of commits, not the disk.
const MEMORY: &str = "/dev/shm";

const KEYRING_PATIENCE: Duration = Duration::from_secs(10);

/// A folder to begin with.
pub struct Template {
    folder: TempDir,
    /// What it begins with.
    pub purpose: Purpose,
    /// The revision of its connection.
    pub revision: Revision,
    /// The id of its database.
    pub database: Uuid,
    /// The key of its database.
    pub key: String,
    /// The connection.
    pub connection: Uuid,
    /// Of a create: the draft that is ready.
    pub draft: String,
    /// Of a create: the request that submits it.
    pub submit: Value,
    /// Our id of the customer.
    pub partner_customer_id: String,
    /// Of an update: the platform's id of the customer.
    pub customer_id: String,
    /// The platform.
    pub snapshot: Value,
}

impl Template {
    /// All of them: each revision, ready to create and ready to update.
    ///
    /// # Errors
    /// One cannot be made.
    pub async fn all() -> Result<Vec<Self>, Trouble> {
        let mut all = Vec::new();
        for revision in [Revision::Typed, Revision::Untyped] {
            for purpose in [Purpose::Create, Purpose::Update] {
                all.push(Self::make(purpose, revision).await?);
            }
        }
        Ok(all)
    }

    async fn make(purpose: Purpose, revision: Revision) -> Result<Self, Trouble> {
        let empty = json!({ "version": 1, "advanced_ms": 0, "rows": [], "files": [] });
        let sandbox = Sandbox::start(Options { snapshot: Some(empty), ..Options::default() })?;
        let (folder, keyring) = (new_folder()?, TestKeyring::default());
        let desk = Desk::new(DeskOptions {
            folder: folder.path().to_owned(),
            version: String::from("1.2.3"),
            practice: Arc::new(Behind(format!("http://{}", sandbox.addr), Keys::practice(revision))),
            keyring: Keyring::new(keyring.clone(), KEYRING_PATIENCE),
            shell: Arc::new(NoWindow),
            timeouts: Timeouts::default(),
            outbox_rules: OutboxRules::default(),
            policy: None,
        });
        desk.open().await;
        let ready = Ready::make(&desk, revision).await?;
        let mut customer_id = String::new();
        if purpose == Purpose::Update {
            let outcome = call(&desk, "draft_submit", ready.submit.clone()).await.map_err(|error| error.code)?;
            customer_id = text(&outcome["customer_id"])?;
            let ask = json!({ "connection": ready.connection, "by": "customer_id", "value": customer_id });
            call(&desk, "customer_lookup", ask).await.map_err(|error| error.code)?;
        }
        desk.close().await;
        let (database, key) = keyring.database().ok_or("no database was made")?;
        let Ready { connection, draft, submit, partner_customer_id } = ready;
        let snapshot = sandbox.snapshot();
        sandbox.stop().await;
        Ok(Self {
            folder,
            purpose,
            revision,
            database,
            key,
            connection: connection.parse()?,
            draft,
            submit,
            partner_customer_id,
            customer_id,
            snapshot,
        })
    }

    /// A copy of its folder.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn copy(&self) -> Result<TempDir, Trouble> {
        let copy = new_folder()?;
        for file in FILES {
            std::fs::copy(self.folder.path().join(file), copy.path().join(file))?;
        }
        Ok(copy)
    }
}

/// A draft that may be submitted.
struct Ready {
    connection: String,
    draft: String,
    submit: Value,
    partner_customer_id: String,
}

impl Ready {
    async fn make(desk: &Desk, revision: Revision) -> Result<Self, Trouble> {
        let ask = async |name: &str, request: Value| call(desk, name, request).await.map_err(|error| error.code);
        let name = if revision == Revision::Typed { "typed" } else { "untyped" };
        let status = ask("app_status", json!({})).await?;
        let mut connections = status["connections"].as_array().into_iter().flatten();
        let connection = connections.find(|row| row["revision"] == name).ok_or("no practice connection")?;
        let connection = text(&connection["id"])?;
        let draft = ask("draft_create", json!({ "connection": connection })).await?;
        let person = text(&draft["persons"][0])?;
        let draft = text(&draft["id"])?;
        let customer = TypedCustomer::of("standard-customer.json")?;
        let customer = if revision == Revision::Typed { customer } else { customer.untyped() };
        let edits = customer.expected().into_iter().map(|(path, wire)| {
            let path = path.replace("business_person_list/0/", &format!("business_person_list/{person}/"));
            let wire = wire.as_str().map_or_else(|| wire.to_string(), str::to_owned);
            json!({ "op": "set", "path": path, "text": wire })
        });
        let edits: Vec<_> = edits.collect();
        ask("draft_save", json!({ "draft": draft, "edits": edits, "position": null, "closing": true })).await?;
        let review = ask("draft_review", json!({ "draft": draft })).await?;
        if review["blocked"] == true {
            return Err(format!("the draft is blocked: {}", review["draft"]["check"]).into());
        }
        let problems = review["draft"]["check"]["problems"].as_array().into_iter().flatten();
        let confirmed: Vec<_> = problems
            .map(|one| {
                format!("{} {}", one["path"].as_str().unwrap_or_default(), one["code"].as_str().unwrap_or_default())
            })
            .collect();
        let texts = review["draft"]["texts"].as_array().into_iter().flatten();
        let ours = texts.into_iter().find(|row| row["path"] == "partner_customer_id").ok_or("no id of ours")?;
        let submit = json!({
            "draft": draft, "seq": review["draft"]["seq"], "send_anyway": true, "confirmed": confirmed, "may_wait": true
        });
        Ok(Self { connection, draft, submit, partner_customer_id: text(&ours["text"])? })
    }
}

fn text(value: &Value) -> Result<String, Trouble> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("{value} is no text").into())
}

fn new_folder() -> Result<TempDir, Trouble> {
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix("desk-torture-");
    Ok(if Path::new(MEMORY).is_dir() { builder.tempdir_in(PathBuf::from(MEMORY))? } else { builder.tempdir()? })
}
