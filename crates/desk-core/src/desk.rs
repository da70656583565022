//! [`Desk`]: the program without a window. Holds what its verbs share.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};
use std::time::Duration;

use desk_api::Timeouts;
use desk_domain::field::Field;
use desk_domain::house::{HOUSE, House};
use desk_domain::value::DateOrder;
use desk_secrets::Keyring;
use desk_store::{Connection, SqlResult, Store, StoreError, Transaction, activity};
use uuid::Uuid;

use crate::clock::Clock;
use crate::closing::Closing;
use crate::convert::settings::Preferences;
use crate::crash::CrashPoints;
use crate::duplicates;
use crate::files::Files;
use crate::ipc::Message;
use crate::jobs::Jobs;
use crate::network::Network;
use crate::opening::OpenedStore;
use crate::outbox::{Outbox, OutboxRules};
use crate::platform::Platforms;
use crate::policy::PolicyFile;
use crate::practice::Practice;
use crate::shell::Shell;
use crate::trail::Entry;
use crate::trail_head;
use crate::views::{Phase, no_params};
use crate::watch::Watch;

/// How long an answer about the program's state is held back while it opens. The page says "opening" after 150 ms of its
/// own, so this stays below what anybody notices on top of it.
const OPENING_PATIENCE_MS: u64 = 200;

/// What a program is made of.
pub struct DeskOptions {
    /// The data folder. Made if it is not there, with mode 0700.
    pub folder: PathBuf,
    /// The program's version.
    pub version: String,
    /// Serves the practice connections.
    pub practice: Arc<dyn Practice>,
    /// The keyring of the system.
    pub keyring: Keyring,
    /// Has the window.
    pub shell: Arc<dyn Shell>,
    /// How long a call may take.
    pub timeouts: Timeouts,
    /// What the outbox goes by.
    pub outbox_rules: OutboxRules,
    /// Where the policy of this computer stands; none for a program that knows no policy.
    pub policy: Option<PolicyFile>,
}

/// The program. Clones are the same program.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

/// A program that may have ended.
pub(crate) struct WeakDesk(Weak<Inner>);

impl WeakDesk {
    /// The program, if it still runs.
    pub(crate) fn upgrade(&self) -> Option<Desk> {
        self.0.upgrade().map(Desk)
    }
}

struct Inner {
    options: DeskOptions,
    actor: String,
    clock: Clock,
    opened: RwLock<Opened>,
    // What opens afterwards is not worked with.
    closed: AtomicBool,
    // One opening at a time: "Try again" pressed twice must not open a database twice.
    opening: tokio::sync::Mutex<()>,
    jobs: Jobs,
    outbox: Outbox,
    files: Files,
    watch: Watch,
    network: Network,
    platforms: Platforms,
    crash_points: CrashPoints,
    closing: Closing,
    // Kept here as well as in the store: every check of a draft needs it, and none should ask the store for it.
    date_order: RwLock<DateOrder>,
    /// What the house decides about the rules; its own from the opening on.
    house: OnceLock<&'static House>,
}

enum Opened {
    Starting,
    Ready(OpenedStore),
    Blocked(Message),
}

impl Desk {
    /// A program that has opened nothing yet.
    #[must_use]
    pub fn new(options: DeskOptions) -> Self {
        Self(Arc::new(Inner {
            options,
            actor: actor(),
            clock: Clock::default(),
            opened: RwLock::new(Opened::Starting),
            closed: AtomicBool::new(false),
            opening: tokio::sync::Mutex::new(()),
            jobs: Jobs::default(),
            outbox: Outbox::default(),
            files: Files::default(),
            watch: Watch::default(),
            network: Network::default(),
            platforms: Platforms::default(),
            crash_points: CrashPoints::default(),
            closing: Closing::default(),
            date_order: RwLock::default(),
            house: OnceLock::new(),
        }))
    }

    /// Opens the keyring and the database, if they are not open. What stands in the way is kept as the phase: no error
    /// here changes a byte of an existing database or makes a key for it (RELIABILITY promise 5).
    pub async fn open(&self) {
        let _one = self.0.opening.lock().await;
        if matches!(*self.opened(), Opened::Ready(_)) {
            return;
        }
        *self.opened_mut() = Opened::Starting;
        let opened = match crate::opening::open(self).await {
            Ok(opened) => Opened::Ready(opened),
            Err(message) => Opened::Blocked(message),
        };
        // The keyring may have asked its user until the window was closed.
        if self.0.closed.load(Ordering::SeqCst) {
            return;
        }
        let ready = matches!(opened, Opened::Ready(_));
        *self.opened_mut() = opened;
        if ready {
            self.outbox().start(self);
            self.files().start(self);
            self.watch().start(self);
            duplicates::fill(self);
        }
    }

    /// Waits for an opening that is under way, but not for long: a keyring may ask its user first, and the page has to
    /// say so. Spares the page a second question in the usual case, where opening takes a tenth of a second.
    pub(crate) async fn opened_soon(&self) {
        if matches!(*self.opened(), Opened::Starting) {
            let _ = tokio::time::timeout(Duration::from_millis(OPENING_PATIENCE_MS), self.0.opening.lock()).await;
        }
    }

    /// Closes the database in order. Calls that come later are answered with `store.closed`.
    pub async fn close(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
        self.watch().stop().await;
        self.outbox().stop().await;
        self.files().stop().await;
        self.platforms().forget_all();
        let before = std::mem::replace(&mut *self.opened_mut(), Opened::Starting);
        if let Opened::Ready(OpenedStore { store, database, .. }) = before {
            // A start without an end says that the program did not end in order: so does one whose end found no room.
            let ended = Entry::new(self, "program.end", activity::PROGRAM.to_owned(), "", "ok");
            let _ = store.write(move |tx| ended.write(tx)).await;
            let head = trail_head::to_keep(&store, self.keyring(), database).await;
            // A checkpoint that fails is made at the next start.
            let _ = store.close().await;
            if let Some(head) = head {
                trail_head::keep(self.keyring(), database, head).await;
            }
        }
    }

    /// Whether the program can work, and if not, what stands in the way.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match &*self.opened() {
            Opened::Starting => Phase::Starting,
            Opened::Ready(_) => Phase::Ready,
            Opened::Blocked(reason) => {
                Phase::Blocked { reason: reason.clone(), folder: self.folder().to_string_lossy().into_owned() }
            }
        }
    }

    /// Whether this start made the database.
    #[must_use]
    pub fn first_start(&self) -> bool {
        matches!(&*self.opened(), Opened::Ready(opened) if opened.first_start)
    }

    /// Runs `f` in one transaction; it is on the disk when this answers.
    pub(crate) async fn write<T, F>(&self, f: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> SqlResult<T> + Send + 'static,
    {
        self.store()?.write(f).await
    }

    /// Runs `f` on one snapshot.
    pub(crate) async fn read<T, F>(&self, f: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> SqlResult<T> + Send + 'static,
    {
        self.store()?.read(f).await
    }

    fn store(&self) -> Result<Store, StoreError> {
        match &*self.opened() {
            Opened::Ready(opened) => Ok(opened.store.clone()),
            _ => Err(StoreError::Closed),
        }
    }

    /// Whether the policy of this computer wants a reason for showing a value; not before the program is open.
    pub(crate) fn reveal_needs_reason(&self) -> bool {
        matches!(&*self.opened(), Opened::Ready(opened) if opened.policy.reveal_needs_reason)
    }

    /// The fields whose own list is there and cannot be read.
    pub(crate) fn unreadable_lists(&self) -> Vec<Field> {
        match &*self.opened() {
            Opened::Ready(opened) => opened.unreadable_lists.clone(),
            _ => Vec::new(),
        }
    }

    /// The id of the database that is open.
    pub(crate) fn database(&self) -> Result<Uuid, StoreError> {
        match &*self.opened() {
            Opened::Ready(opened) => Ok(opened.database),
            _ => Err(StoreError::Closed),
        }
    }

    pub(crate) fn policy_file(&self) -> Option<&PolicyFile> {
        self.0.options.policy.as_ref()
    }

    /// Whether a draft was open when the program last ended; true once.
    pub(crate) fn take_restorable(&self, draft: Uuid) -> bool {
        let mut guard = self.opened_mut();
        let Opened::Ready(opened) = &mut *guard else { return false };
        let before = opened.restorable.len();
        opened.restorable.retain(|id| *id != draft);
        opened.restorable.len() < before
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0.options.folder
    }

    /// The program's version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.options.version
    }

    /// The login name of the system: the actor of the trail (DECISIONS 7).
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.0.actor
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The points at which a test may end the program.
    #[must_use]
    pub fn crash_points(&self) -> &CrashPoints {
        &self.0.crash_points
    }

    /// What the page says to a window that is asked to close.
    #[must_use]
    pub fn closing(&self) -> &Closing {
        &self.0.closing
    }

    pub(crate) fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    pub(crate) fn outbox(&self) -> &Outbox {
        &self.0.outbox
    }

    pub(crate) fn watch(&self) -> &Watch {
        &self.0.watch
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn outbox_rules(&self) -> &OutboxRules {
        &self.0.options.outbox_rules
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.0.options.timeouts
    }

    pub(crate) fn downgrade(&self) -> WeakDesk {
        WeakDesk(Arc::downgrade(&self.0))
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.0.options.keyring
    }

    pub(crate) fn network(&self) -> &Network {
        &self.0.network
    }

    pub(crate) fn platforms(&self) -> &Platforms {
        &self.0.platforms
    }

    /// How the user's numeric dates are read.
    pub(crate) fn date_order(&self) -> DateOrder {
        *self.0.date_order.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what the house decides: once, since every check may carry it to another thread for as long as the program
    /// lives.
    pub(crate) fn use_house(&self, house: House) {
        self.0.house.get_or_init(|| Box::leak(Box::new(house)));
    }

    /// What the house decides about the rules: its lists and its policy, read once, at the opening. It lives as long as the
    /// program, so that every check may carry it to the thread of the store.
    pub(crate) fn house(&self) -> &'static House {
        self.0.house.get().copied().unwrap_or(&HOUSE)
    }

    /// Takes over settings that work beside the store: at the opening, and once they are kept.
    pub(crate) fn use_preferences(&self, preferences: &Preferences) {
        *self.0.date_order.write().unwrap_or_else(PoisonError::into_inner) = preferences.date_order;
        self.shell().zoom(preferences.zoom_percent);
    }

    pub(crate) fn shell(&self) -> &dyn Shell {
        &*self.0.options.shell
    }

    pub(crate) fn practice(&self) -> &dyn Practice {
        &*self.0.options.practice
    }

    fn opened(&self) -> std::sync::RwLockReadGuard<'_, Opened> {
        self.0.opened.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn opened_mut(&self) -> std::sync::RwLockWriteGuard<'_, Opened> {
        self.0.opened.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A new id that sorts by the time it was made.
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// The system's own answer, not a variable that anybody can set.
fn actor() -> String {
    whoami::username().unwrap_or_else(|_| String::from("unknown"))
}

/// What a failed opening says, by its code.
pub(crate) fn blocked(code: &str) -> Message {
    Message { code: code.to_owned(), params: no_params() }
}
