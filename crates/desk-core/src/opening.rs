//! From a folder to an open store (RELIABILITY "Keys", promises 5 and 15). Nothing here ever deletes or replaces a file.

use desk_domain::field::Field;
use desk_domain::platform::{Environment, Kind, Revision};
use desk_secrets::{KeyError, open_or_make_key};
use desk_store::connections::{self, ConnectionRow, Upload};
use desk_store::{OpenError, Store, activity, documents, drafts, settings, submissions};

use crate::clock::instant;
use crate::convert::settings::{Preferences, WELCOME};
use crate::deleted::Purge;
use crate::desk::{Desk, blocked, new_id};
use crate::house;
use crate::ipc::Message;
use crate::policy::{self, Policy};
use crate::practice::PRACTICE_URL;
use crate::trail::Entry;
use crate::views::OutcomeView;

/// The connection whose environment the window shows.
pub(crate) const CURRENT_CONNECTION: &str = "window.connection";

/// Longer than this the outbox waits for nothing but a platform that asks for it.
const LONGEST_WAIT_MS: i64 = 5 * 60 * 1_000;

/// What an opening gives: the store, and whether it was made by this start.
pub(crate) struct OpenedStore {
    pub store: Store,
    pub first_start: bool,
    /// Drafts that an editor showed when the program ended, now or before, and that were not opened since.
    pub restorable: Vec<uuid::Uuid>,
    /// The database's id.
    pub database: uuid::Uuid,
    /// What the policy of this computer says.
    pub policy: Policy,
    /// Fields whose own list is there and cannot be read.
    pub unreadable_lists: Vec<Field>,
}

/// Opens the key, then the database, then puts right what the last end left in the middle.
pub(crate) async fn open(desk: &Desk) -> Result<OpenedStore, Message> {
    let opened =
        open_or_make_key(desk.folder(), desk.keyring(), new_id()).await.map_err(|error| key_message(&error))?;
    let path = desk.folder().join("desk.db");
    let key = opened.key.to_hex();
    let store = tokio::task::spawn_blocking(move || Store::open(&path, &key))
        .await
        .map_err(|_| blocked("internal"))?
        .map_err(|error| open_message(&error))?;
    let now = desk.clock().now_ms();
    let unknown = OutcomeView::Unknown { reason: blocked("program.ended"), error: None, at: instant(now) };
    let unknown = serde_json::to_value(unknown).unwrap_or_default();
    let lost = Entry::new(desk, "draft.outcome", String::new(), "", "unknown");
    let started = Entry::new(desk, "program.start", activity::PROGRAM.to_owned(), "", "ok");
    let (policy, policy_fault) = policy::read(desk);
    let house::Found { house, unreadable: unreadable_lists, entries: list_faults } = house::read(desk, &policy);
    let done = store.write(move |tx| {
        // Whatever was on its way is unknown now: it is looked up before anything is sent again (ARCHITECTURE "The outbox").
        for submission in submissions::mark_sending_unknown(tx, &unknown, now)? {
            connections::mark_sent(tx, submission.connection_id, now)?;
            // The others were unknown before, and the trail says so already.
            if submission.changed_at == now {
                lost.about(activity::draft(submission.draft_id), "").write(tx)?;
            }
        }
        submissions::heed_clock(tx, now, LONGEST_WAIT_MS)?;
        documents::restart(tx, now, LONGEST_WAIT_MS)?;
        // They stay marked until they are opened: a program that starts and ends in between has restored nothing.
        let restorable: Vec<_> = drafts::list_open(tx)?.into_iter().map(|draft| draft.id).collect();
        let known = connections::list(tx)?;
        let first_start = known.is_empty();
        if first_start {
            let practice = PRACTICE.map(|of| practice_connection(of, now));
            settings::set(tx, CURRENT_CONNECTION, &practice[0].id.to_string())?;
            settings::set(tx, WELCOME, "true")?;
            practice.iter().try_for_each(|row| connections::insert(tx, row))?;
        } else if lacks_bultra(&known) {
            connections::insert(tx, &practice_connection(BULTRA, now))?;
        }
        started.write(tx)?;
        policy_fault.iter().chain(&list_faults).try_for_each(|fault| fault.write(tx))?;
        Ok((first_start, restorable, Preferences::read(tx)?))
    });
    let (first_start, restorable, preferences) = done.await.map_err(|_| blocked("database.unwritable"))?;
    // Of its own: what cannot be forgotten today must not keep anybody from working.
    let purge = Purge::new(desk);
    let _ = store.write(move |tx| purge.run(tx)).await;
    desk.use_preferences(&preferences);
    desk.use_house(house);
    Ok(OpenedStore { store, first_start, restorable, database: opened.database_id, policy, unreadable_lists })
}

/// A practice connection: its name, and the revision of its platform; none of Bultra.
type PracticeOf = (&'static str, Option<Revision>);

const BULTRA: PracticeOf = ("Practice (Bultra)", None);

/// One practice connection a platform and revision (DECISIONS 2).
const PRACTICE: [PracticeOf; 3] =
    [("Practice", Some(Revision::Typed)), ("Practice untyped", Some(Revision::Untyped)), BULTRA];

/// Whether somebody practises in a database that was made before there was a second platform. One that was put away is
/// not made again, and who has put away all others wants none.
fn lacks_bultra(known: &[ConnectionRow]) -> bool {
    let practice = || known.iter().filter(|row| row.base_url == PRACTICE_URL);
    practice().any(|row| row.archived_at.is_none()) && practice().all(|row| row.kind != Kind::Bultra)
}

/// With a symbolic address.
fn practice_connection((name, revision): PracticeOf, now: i64) -> ConnectionRow {
    let kind = if revision.is_some() { Kind::Axisfi } else { Kind::Bultra };
    ConnectionRow {
        id: new_id(),
        name: name.to_owned(),
        kind,
        revision,
        environment: Environment::Sandbox,
        base_url: PRACTICE_URL.to_owned(),
        token_url: (kind == Kind::Bultra).then(|| PRACTICE_URL.to_owned()),
        token_scope: None,
        archived_at: None,
        sent_at: None,
        api_key_tail: None,
        api_key_set_at: None,
        api_secret_tail: None,
        api_secret_set_at: None,
        tested_at: None,
        test_json: None,
        upload: Upload::default(),
        created_at: now,
    }
}

fn key_message(error: &KeyError) -> Message {
    blocked(match error {
        KeyError::Missing => "keyring.missing",
        KeyError::Locked => "keyring.locked",
        KeyError::Slow => "keyring.slow",
        KeyError::KeyLost => "keyring.key_lost",
        KeyError::KeyWrong | KeyError::KeyFileDamaged => "keyring.key_wrong",
        KeyError::KeyFileNewer { found, known } => return newer(found, known),
        KeyError::Unwritable(_) => "database.unwritable",
        KeyError::Failed(_) => "keyring.failed",
    })
}

fn open_message(error: &OpenError) -> Message {
    match error {
        OpenError::Newer { found, known } => newer(found, known),
        // The key passed its check value before: a first page that it does not open is damaged.
        OpenError::KeyWrong | OpenError::Damaged => blocked("database.damaged"),
        // Also a file that another program holds: nothing says that it is damaged.
        OpenError::Unwritable(_) | OpenError::Failed(_) => blocked("database.unwritable"),
    }
}

fn newer(found: &impl ToString, known: &impl ToString) -> Message {
    let params = [("found", found.to_string()), ("known", known.to_string())];
    Message { code: "database.newer".to_owned(), params: params.map(|(name, value)| (name.to_owned(), value)).into() }
}
