//! The client: a real program without a window, that does what it is told on its standard input.

use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use desk_core::commands::dispatch;
use desk_core::ipc::IpcError;
use desk_core::jobs::ProgressSink;
use desk_core::outbox::UpdateRequest;
use desk_core::shell::NoWindow;
use desk_core::{Desk, DeskOptions, Keyring, Timeouts};
use desk_sandbox::Keys;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::sync::Notify;

use crate::keyring::TestKeyring;
use crate::process::Trouble;
use crate::torture::door::{Behind, call};
use crate::torture::setup::{Ask, Setup, Standing, StandingRow};

/// A keyring of this process answers at once.
const KEYRING_PATIENCE: Duration = Duration::from_secs(10);

/// Before it is looked again whether all stands still, should no change be heard of.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Does what it is asked until it is told to quit, or nobody asks any more.
///
/// # Errors
/// A start that does not come to an open database, a question that cannot be read.
pub async fn run(setup: Setup) -> Result<(), Trouble> {
    let total = Duration::from_millis(setup.total_ms);
    let keys = Keys { api_key: setup.api_key, api_secret: setup.api_secret };
    let desk = Desk::new(DeskOptions {
        folder: setup.folder.into(),
        version: String::from("1.2.3"),
        practice: Arc::new(Behind(setup.platform, keys)),
        keyring: Keyring::new(TestKeyring::holding(setup.database, setup.key), KEYRING_PATIENCE),
        shell: Arc::new(NoWindow),
        timeouts: Timeouts { connect: total, read: total, total },
        outbox_rules: setup.rules.into(),
        policy: None,
    });
    // Before it opens: a program's time never goes back over a restart.
    desk.clock().advance(setup.clock_ms);
    // Before it opens as well: what was queued is sent as soon as it is open.
    if let Some(point) = setup.armed.filter(|point| !desk.crash_points().arm(point)) {
        return Err(format!("there is no point {point}").into());
    }
    let client = Client { changed: watched(&desk).await?, desk };
    client.desk.open().await;
    let mut out = tokio::io::stdout();
    let phase = call(&client.desk, "app_status", json!({})).await.map_err(coded)?["phase"].clone();
    say(&mut out, &phase).await?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let ask: Ask = serde_json::from_str(&line)?;
        let quits = matches!(ask, Ask::Quit);
        let answer = client.answer(ask).await?;
        say(&mut out, &answer).await?;
        if quits {
            break;
        }
    }
    Ok(())
}

fn coded(error: IpcError) -> Trouble {
    error.code.into()
}

async fn say(out: &mut tokio::io::Stdout, answer: &Value) -> Result<(), Trouble> {
    out.write_all(format!("{answer}\n").as_bytes()).await?;
    Ok(out.flush().await?)
}

struct Client {
    desk: Desk,
    changed: Arc<Notify>,
}

impl Client {
    async fn answer(&self, ask: Ask) -> Result<Value, Trouble> {
        Ok(match ask {
            Ask::Call { name, request } => match call(&self.desk, &name, request).await {
                Ok(view) => view,
                Err(error) => json!({ "refused": error }),
            },
            Ask::Update { connection, customer_id, changes } => {
                let changes: Result<Vec<_>, Trouble> =
                    changes.into_iter().map(|(path, text)| Ok((path.parse()?, text))).collect();
                let request = UpdateRequest { connection, customer_id, changes: changes?, may_wait: true };
                match self.desk.queue_update(request).await {
                    Ok(draft) => json!({ "draft": draft }),
                    Err(error) => json!({ "refused": error }),
                }
            }
            Ask::Advance { ms } => {
                self.desk.clock().advance(ms);
                json!({})
            }
            Ask::Settled => serde_json::to_value(self.settled().await?)?,
            Ask::Quit => {
                self.desk.close().await;
                json!({})
            }
        })
    }

    async fn settled(&self) -> Result<Standing, Trouble> {
        loop {
            let heard = self.changed.notified();
            let list = call(&self.desk, "outbox_list", json!({})).await.map_err(coded)?;
            if let Some(standing) = standing(&list, self.desk.clock().now_ms()) {
                return Ok(standing);
            }
            let _ = tokio::time::timeout(LOOK_AGAIN, heard).await;
        }
    }
}

/// `None` while something is on its way or due.
fn standing(list: &Value, now_ms: i64) -> Option<Standing> {
    let mut standing = Standing { now_ms, next_ms: None, rows: Vec::new() };
    for row in list["rows"].as_array()? {
        let delivery = &row["delivery"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (state, next) = (text(&delivery["state"]), text(&delivery["next"]));
        let at = delivery["next_at"].as_str().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
        let at = at.map(|at| at.timestamp_millis());
        if matches!(next.as_str(), "send" | "send_again" | "answer") || at.is_some_and(|at| at <= now_ms) {
            return None;
        }
        standing.next_ms = standing.next_ms.into_iter().chain(at).min();
        standing.rows.push(StandingRow {
            draft: text(&row["draft"]),
            state,
            next,
            lookups: delivery["lookups"].as_u64().unwrap_or_default(),
            misses: delivery["misses"].as_u64().unwrap_or_default(),
            reason: text(&delivery["reason"]["code"]),
        });
    }
    Some(standing)
}

/// Hears of every change of the outbox.
async fn watched(desk: &Desk) -> Result<Arc<Notify>, Trouble> {
    let changed = Arc::new(Notify::new());
    dispatch(desk, "outbox_watch", json!({}), Arc::new(Heard(Arc::clone(&changed)))).await.map_err(coded)?;
    Ok(changed)
}

struct Heard(Arc<Notify>);

impl ProgressSink for Heard {
    fn send(&self, _: Value) {
        self.0.notify_one();
    }
}
