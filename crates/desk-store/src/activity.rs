//! The trail (DECISIONS 16): rows in a chain of HMAC-SHA256, so that a change, a gap or a cut shows.
//!
//! The key is random, made with the database and kept inside it (setting `activity.key`): who can open the database can
//! forge the trail. Against that, and against a database set back as a whole, the head is to be kept elsewhere as well
//! and given to [`verify`].

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, Error, Result, Row, Transaction, TransactionBehavior};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::column::{self, optional};
use crate::error::OpenError;
use crate::settings;

const KEY_SETTING: &str = "activity.key";
const KEY_BYTES: usize = 32;

/// What stands before the first row's mac.
const START: [u8; 32] = [0; 32];

/// The action of showing one masked value of a customer; its detail is [`Reveal::detail`].
pub const REVEAL: &str = "customer.reveal";

/// The action of beginning a draft of a new customer with all that is known of another; its detail is [`Reveal::detail`]
/// with the draft in place of the path.
pub const COPY: &str = "customer.copy";

/// The action of forgetting what was typed in a draft that was deleted long ago; its detail is the draft's connection, by
/// which the rows of a draft that is gone still belong to their environment.
pub const PURGE: &str = "draft.purge";

/// The object of what concerns the program itself.
pub const PROGRAM: &str = "program";

/// One thing done or seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The login name of the system (DECISIONS 7).
    pub actor: String,
    /// What was done: a code such as `draft.submit`.
    pub action: String,
    /// What it was done to, see [`customer`], [`draft`] and [`connection`].
    pub object: String,
    /// The part of it, a path mostly, and what a person gives as the reason; never a value of a customer.
    pub detail: String,
    /// `ok`, or the code of an error.
    pub result: String,
    /// When.
    pub at: i64,
}

/// What a row of [`REVEAL`] says of the value that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// Its path.
    pub path: String,
    /// The reading that has it, if not the newest of that time.
    pub reading: Option<Uuid>,
    /// Why it was shown, in the words of who asked.
    pub reason: Option<String>,
}

impl Reveal {
    /// As the detail of a row: the path alone, or path, reading and reason in a line each.
    #[must_use]
    pub fn detail(&self) -> String {
        // A key of a platform may be any text; the lines must stay three.
        let line = |text: &str| text.replace(char::is_control, " ");
        match (self.reading, &self.reason) {
            (None, None) => line(&self.path),
            (reading, reason) => {
                let reading = reading.map(column::id).unwrap_or_default();
                format!("{}\n{reading}\n{}", line(&self.path), reason.as_deref().map(line).unwrap_or_default())
            }
        }
    }

    /// Reads [`detail`](Self::detail).
    #[must_use]
    pub fn from_detail(detail: &str) -> Self {
        let mut lines = detail.splitn(3, '\n');
        let path = lines.next().unwrap_or_default().to_owned();
        let reading = lines.next().and_then(|line| line.parse().ok());
        let reason = lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
        Self { path, reading, reason }
    }
}

/// One row of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRow {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// What was done.
    pub activity: Activity,
    /// Covers this row and the one before.
    pub mac: [u8; 32],
}

/// The end of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest row; 0 without one.
    pub seq: i64,
    /// Its mac.
    pub mac: [u8; 32],
}

impl Head {
    /// As it is kept elsewhere: the number, a colon, the mac in hexadecimal.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}:{}", self.seq, hex::encode(self.mac))
    }

    /// Reads [`text`](Self::text).
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (seq, mac) = text.split_once(':')?;
        let mut head = Self { seq: seq.parse().ok()?, mac: START };
        hex::decode_to_slice(mac, &mut head.mac).ok()?;
        Some(head)
    }
}

/// What [`verify`] finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written, and the head known from before is among them.
    Whole(Head),
    /// Every row is as it was written, but they are not those that were known: the trail ends before the known head, or has
    /// another row in its place.
    Cut {
        /// The number of the known head.
        after: i64,
    },
    /// The first row that is not as it was written, or is missing.
    Broken {
        /// Its number.
        at: i64,
    },
}

/// The object of a customer.
#[must_use]
pub fn customer(connection: Uuid, customer_id: &str) -> String {
    format!("customer:{}:{customer_id}", column::id(connection))
}

/// The object of a draft.
#[must_use]
pub fn draft(id: Uuid) -> String {
    format!("draft:{}", column::id(id))
}

/// The object of a connection.
#[must_use]
pub fn connection(id: Uuid) -> String {
    format!("connection:{}", column::id(id))
}

/// Adds a row.
///
/// # Errors
/// SQLite's; the key of the trail is gone.
pub fn append(tx: &Transaction<'_>, activity: &Activity) -> Result<Head> {
    let before = head(tx)?;
    let seq = before.seq + 1;
    let mac = mac_of(&key(tx)?, &before.mac, seq, activity)?.finalize().into_bytes();
    let Activity { actor, action, object, detail, result, at } = activity;
    tx.prepare_cached(
        "INSERT INTO activity (seq, at, actor, action, object, detail, result, mac)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((seq, at, actor, action, object, detail, result, mac.as_slice()))?;
    Ok(Head { seq, mac: mac.into() })
}

/// The end of the trail as it is now.
///
/// # Errors
/// SQLite's.
pub fn head(db: &Connection) -> Result<Head> {
    let mut statement = db.prepare_cached("SELECT seq, mac FROM activity ORDER BY seq DESC LIMIT 1")?;
    let found = optional(statement.query_row([], |row| Ok(Head { seq: row.get("seq")?, mac: row.get("mac")? })))?;
    Ok(found.unwrap_or(Head { seq: 0, mac: START }))
}

/// The newest rows, newest first, at most `limit`, with numbers below `before` where that is given.
///
/// # Errors
/// SQLite's.
pub fn list(db: &Connection, before: Option<i64>, limit: u32) -> Result<Vec<ActivityRow>> {
    let mut statement = db.prepare_cached("SELECT * FROM activity WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2")?;
    statement.query_map((before.unwrap_or(i64::MAX), limit), from_row)?.collect()
}

/// How many rows there are.
///
/// # Errors
/// SQLite's.
pub fn count(db: &Connection) -> Result<u32> {
    db.query_row("SELECT count(*) FROM activity", [], |row| row.get(0))
}

/// The paths of a customer that an actor was shown since a time, with the newest time of each, newest first.
///
/// # Errors
/// SQLite's.
pub fn shown(
    db: &Connection,
    connection: Uuid,
    customer_id: &str,
    actor: &str,
    since_ms: i64,
) -> Result<Vec<(String, i64)>> {
    let mut statement = db.prepare_cached(
        "SELECT substr(detail, 1, instr(detail || char(10), char(10)) - 1) AS path, max(at) AS newest FROM activity
         WHERE object = ?1 AND at >= ?2 AND action = ?3 AND actor = ?4 AND result = 'ok'
         GROUP BY path ORDER BY newest DESC, path",
    )?;
    let object = customer(connection, customer_id);
    statement.query_map((object, since_ms, REVEAL, actor), |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Goes through the whole trail. `known` is a head kept elsewhere: without it a trail that lost its end passes.
///
/// # Errors
/// SQLite's; the key of the trail is gone.
pub fn verify(db: &Connection, known: Option<Head>) -> Result<Verdict> {
    let key = key(db)?;
    let mut end = Head { seq: 0, mac: START };
    let mut another = false;
    let mut statement = db.prepare_cached("SELECT * FROM activity ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let row = from_row(row)?;
        let expected = end.seq + 1;
        let mac = mac_of(&key, &end.mac, expected, &row.activity)?;
        if row.seq != expected || mac.verify_slice(&row.mac).is_err() {
            return Ok(Verdict::Broken { at: expected });
        }
        end = Head { seq: row.seq, mac: row.mac };
        another |= known.is_some_and(|known| known.seq == end.seq && known.mac != end.mac);
    }
    match known {
        Some(known) if another || known.seq > end.seq => Ok(Verdict::Cut { after: known.seq }),
        _ => Ok(Verdict::Whole(end)),
    }
}

/// Whether the trail has a row that was its end before.
///
/// # Errors
/// SQLite's.
pub fn has(db: &Connection, head: Head) -> Result<bool> {
    if head.seq == 0 {
        return Ok(head.mac == START);
    }
    let mut statement = db.prepare_cached("SELECT count(*) FROM activity WHERE seq = ?1 AND mac = ?2")?;
    statement.query_row((head.seq, head.mac.as_slice()), |row| row.get::<_, u32>(0)).map(|found| found > 0)
}

/// Makes the key of a new database. One that is gone from a trail with rows is not made anew: that would hide it.
pub(crate) fn make_key(connection: &mut Connection) -> std::result::Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if settings::get(&tx, KEY_SETTING)?.is_none() && head(&tx)?.seq == 0 {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        getrandom::fill(key.as_mut()).map_err(|_| OpenError::Failed("no random numbers".to_owned()))?;
        settings::set(&tx, KEY_SETTING, &Zeroizing::new(hex::encode(key.as_ref())))?;
        tx.commit()?;
    }
    Ok(())
}

fn key(db: &Connection) -> Result<Zeroizing<Vec<u8>>> {
    let text = Zeroizing::new(settings::get(db, KEY_SETTING)?.ok_or(Error::InvalidQuery)?);
    hex::decode(text.as_bytes()).map(Zeroizing::new).map_err(|_| Error::InvalidQuery)
}

/// Each field goes in with its length before it, so that no two rows have the same bytes.
fn mac_of(key: &[u8], before: &[u8; 32], seq: i64, activity: &Activity) -> Result<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::InvalidQuery)?;
    let Activity { actor, action, object, detail, result, at } = activity;
    mac.update(before);
    mac.update(&seq.to_be_bytes());
    mac.update(&at.to_be_bytes());
    for text in [actor, action, object, detail, result] {
        mac.update(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(text.as_bytes());
    }
    Ok(mac)
}

fn from_row(row: &Row<'_>) -> Result<ActivityRow> {
    Ok(ActivityRow { seq: row.get("seq")?, activity: activity_of(row)?, mac: row.get("mac")? })
}

pub(crate) fn activity_of(row: &Row<'_>) -> Result<Activity> {
    Ok(Activity {
        actor: row.get("actor")?,
        action: row.get("action")?,
        object: row.get("object")?,
        detail: row.get("detail")?,
        result: row.get("result")?,
        at: row.get("at")?,
    })
}
