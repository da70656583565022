//! [`Computer`]: what outlives a program. [`Program`]: a running desk, asked as the page asks it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use desk_core::commands::dispatch;
use desk_core::ipc::{CODES, IpcError};
use desk_core::jobs::{NoSink, ProgressSink};
use desk_core::outbox::OutboxRules;
use desk_core::policy::PolicyFile;
use desk_core::practice::{Boxed, Practice, PracticeAccount, PracticeOff};
use desk_core::shell::{NoWindow, Shell};
use desk_core::{Desk, DeskOptions, Form, Keyring, Revision, SecretString};
use desk_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::keyring::TestKeyring;

/// How long a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// One day.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A data folder, a keyring, and the practice platform.
pub struct Computer {
    folder: TempDir,
    pub keyring: TestKeyring,
    pub sandbox: Arc<Sandbox>,
    /// What the outbox of its programs goes by.
    pub rules: OutboxRules,
    /// What its administrator decides.
    pub policy: Option<PolicyFile>,
    /// The window of its programs.
    pub shell: Arc<dyn Shell>,
}

impl Computer {
    /// A new one, on which nothing was ever started.
    pub fn new() -> Self {
        let sandbox = Arc::new(Sandbox::start(Options::default()).unwrap());
        Self {
            folder: tempfile::tempdir().unwrap(),
            keyring: TestKeyring::default(),
            sandbox,
            rules: OutboxRules::default(),
            shell: Arc::new(NoWindow),
            policy: None,
        }
    }

    /// Starts the program and expects it to be ready.
    pub async fn start(&self) -> Program {
        let program = self.start_anyhow().await;
        assert_eq!(program.status().await["phase"], json!({ "state": "ready" }));
        program
    }

    /// Starts the program, whatever stands in its way.
    pub async fn start_anyhow(&self) -> Program {
        self.start_with(Arc::new(Sandboxed(Arc::clone(&self.sandbox)))).await
    }

    /// Starts the program with another practice platform.
    pub async fn start_with(&self, practice: Arc<dyn Practice>) -> Program {
        let desk = self.program(practice);
        desk.open().await;
        Program { desk }
    }

    fn program(&self, practice: Arc<dyn Practice>) -> Desk {
        Desk::new(DeskOptions {
            folder: self.data(),
            version: String::from("1.2.3"),
            practice,
            keyring: Keyring::new(self.keyring.clone(), PATIENCE),
            shell: Arc::clone(&self.shell),
            timeouts: desk_core::Timeouts::default(),
            outbox_rules: self.rules.clone(),
            policy: self.policy.clone(),
        })
    }

    /// What the disk holds at this moment, as after a power cut: the program that runs goes on beside it.
    pub fn cut_off(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("desk");
        std::fs::create_dir(&data).unwrap();
        for name in ["desk.db", "desk.db-wal", "desk.key.json"] {
            std::fs::copy(self.data().join(name), data.join(name)).unwrap();
        }
        Self {
            folder,
            keyring: self.keyring.clone(),
            sandbox: Arc::clone(&self.sandbox),
            rules: self.rules.clone(),
            policy: self.policy.clone(),
            shell: Arc::clone(&self.shell),
        }
    }

    /// The folder of the program's data.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// Every file of the folder with its bytes.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(self.data()).unwrap().map(Result::unwrap);
        let mut files: Vec<_> = entries
            .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    }

    /// The database through a connection of the test's own.
    pub fn database(&self) -> rusqlite::Connection {
        let database = rusqlite::Connection::open(self.data().join("desk.db")).unwrap();
        database.pragma_update(None, "key", format!("x'{}'", self.keyring.database_key())).unwrap();
        database
    }

    /// Moves what happened to drafts so far by so many days into the past, as if the clock had gone on.
    pub fn days_pass(&self, days: i64) {
        let by = days * DAY_MS;
        let sql = format!(
            "UPDATE drafts SET created_at = created_at - {by}, saved_at = saved_at - {by}, deleted_at = deleted_at - {by};
             UPDATE submissions SET changed_at = changed_at - {by};
             UPDATE settings SET value = value - {by} WHERE key = 'drafts.purged_at';"
        );
        self.database().execute_batch(&sql).unwrap();
    }

    /// How many customers the platform holds under an id of ours.
    pub fn rows_with(&self, partner_customer_id: &Value) -> usize {
        let rows = self.sandbox.rows();
        rows.iter().filter(|row| *partner_customer_id == row.partner_customer_id).count()
    }

    /// How often the platform was asked to create a customer.
    pub fn posts(&self) -> usize {
        self.sandbox.requests().iter().filter(|request| request.path.ends_with("/create")).count()
    }
}

/// The practice platform is the computer's sandbox, which goes on when the program ends.
struct Sandboxed(Arc<Sandbox>);

impl Practice for Sandboxed {
    fn account(&self, form: Form, _: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>> {
        Box::pin(async move { Ok(account(&self.0, form)) })
    }

    fn snapshot(&self) -> Boxed<'_, Option<Value>> {
        Box::pin(async { None })
    }
}

/// How to reach a sandbox.
pub fn account(sandbox: &Sandbox, form: Form) -> PracticeAccount {
    let account = match form {
        Form::Whole(Revision::Typed) => &sandbox.axisfi_typed,
        Form::Whole(Revision::Untyped) => &sandbox.axisfi_untyped,
        Form::Contact => {
            return PracticeAccount {
                base_url: sandbox.bultra.base_url.clone(),
                api_key: SecretString::from(sandbox.bultra.client_id.clone()),
                api_secret: SecretString::from(sandbox.bultra.client_secret.clone()),
                token_url: Some(sandbox.bultra.token_url.clone()),
            };
        }
    };
    PracticeAccount {
        base_url: account.base_url.clone(),
        api_key: SecretString::from(account.api_key.clone()),
        api_secret: SecretString::from(account.api_secret.clone()),
        token_url: None,
    }
}

/// A running desk.
pub struct Program {
    pub desk: Desk,
}

/// A job that runs.
pub struct Job {
    pub id: Value,
    events: UnboundedReceiver<Value>,
}

impl Job {
    /// Waits for its last event.
    pub async fn last(mut self) -> Value {
        loop {
            let event = tokio::time::timeout(PATIENCE, self.events.recv()).await.expect("a job comes to its end");
            let event = event.expect("a job says how it ended");
            if matches!(event["event"].as_str(), Some("finished" | "failed" | "cancelled")) {
                return event;
            }
        }
    }
}

struct Sent(UnboundedSender<Value>);

impl ProgressSink for Sent {
    fn send(&self, event: Value) {
        let _ = self.0.send(event);
    }
}

impl Program {
    /// Asks for a command.
    pub async fn ask(&self, name: &str, request: Value) -> Result<Value, IpcError> {
        dispatch(&self.desk, name, request, Arc::new(NoSink)).await
    }

    /// Calls a verb that must succeed.
    pub async fn call(&self, name: &str, request: Value) -> Value {
        self.ask(name, request).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Calls a verb that must refuse, with a code that the page has words for.
    pub async fn refused(&self, name: &str, request: Value) -> IpcError {
        let error = self.ask(name, request).await.expect_err(name);
        assert!(CODES.contains(&error.code.as_str()), "{} is on the list of codes", error.code);
        error
    }

    /// Starts a job.
    pub async fn begin(&self, name: &str, request: Value) -> Job {
        let (sender, events) = unbounded_channel();
        let started = dispatch(&self.desk, name, request, Arc::new(Sent(sender))).await;
        Job { id: started.unwrap_or_else(|error| panic!("{name}: {error:?}"))["job"].clone(), events }
    }

    /// Runs a job to its view.
    pub async fn run(&self, name: &str, request: Value) -> Value {
        let last = self.begin(name, request).await.last().await;
        assert_eq!(last["event"], "finished", "{name}: {last}");
        last["view"].clone()
    }

    /// Runs a job that must fail, to its error.
    pub async fn fails(&self, name: &str, request: Value) -> Value {
        let last = self.begin(name, request).await.last().await;
        assert_eq!(last["event"], "failed", "{name}: {last}");
        let code = last["error"]["code"].as_str().unwrap();
        assert!(CODES.contains(&code), "{code} is on the list of codes");
        last["error"].clone()
    }

    /// The state of the whole program.
    pub async fn status(&self) -> Value {
        self.call("app_status", json!({})).await
    }

    /// A draft as the editor gets it.
    pub async fn draft(&self, id: &Value) -> Value {
        self.call("draft_open", json!({ "draft": id })).await
    }

    /// The list of drafts: all of it, but for what is asked otherwise.
    pub async fn drafts(&self, otherwise: Value) -> Value {
        let mut request = json!({ "query": "", "group": null, "deleted": false, "offset": 0, "limit": 200 });
        request.as_object_mut().unwrap().extend(otherwise.as_object().unwrap().clone());
        self.call("draft_list", request).await
    }

    /// The list of customers: all of it, but for what is asked otherwise.
    pub async fn customers(&self, otherwise: Value) -> Value {
        let mut request =
            json!({ "query": "", "group": null, "sort": "read_at", "reversed": false, "offset": 0, "limit": 200 });
        request.as_object_mut().unwrap().extend(otherwise.as_object().unwrap().clone());
        self.call("customer_list", request).await
    }

    /// The trail, newest first: all of it, but for what is asked otherwise.
    pub async fn activity(&self, otherwise: Value) -> Value {
        let mut request = json!({ "before": null, "kind": null, "query": "", "limit": 200 });
        request.as_object_mut().unwrap().extend(otherwise.as_object().unwrap().clone());
        self.call("activity_list", request).await
    }

    /// A draft's row of the list, which is read without a write.
    pub async fn draft_row(&self, id: &Value) -> Value {
        let list = self.drafts(json!({})).await;
        list["drafts"].as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap().clone()
    }

    /// Saves texts; the answer.
    pub async fn save(&self, draft: &Value, texts: &[(&str, &str)]) -> Result<Value, IpcError> {
        let edits: Vec<_> =
            texts.iter().map(|(path, text)| json!({ "op": "set", "path": path, "text": text })).collect();
        self.ask("draft_save", json!({ "draft": draft, "edits": edits, "position": null, "closing": false })).await
    }

    /// Looks until something is as it must become.
    pub async fn until<F: Future<Output = bool>>(&self, what: &str, mut is: impl FnMut() -> F) {
        let look = async {
            while !is().await {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, look).await.unwrap_or_else(|_| panic!("{what}"));
    }
}
