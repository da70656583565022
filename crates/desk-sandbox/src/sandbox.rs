//! The handle to a running sandbox.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use serde_json::{Map, Value};
use tokio::{net::TcpListener, runtime, sync::watch, task::JoinHandle};

use crate::{
    bultra::{AddressRule, Bultra, BultraRow, Churn, TokenRules},
    connection::{FateHandle, FaultyListener},
    fault::{FaultRule, Faults},
    options::{Account, BultraAccount, Keys, Mode, Options, Revision},
    platform::{Platform, Rules, StoredFile},
    recorder::{Recorder, RequestRecord},
    row::CustomerRow,
    server::{self, Inner, Shared},
};

/// How long a stop waits for calls that are being answered; their connections are severed, so this is never reached.
const STOP_TIME: Duration = Duration::from_secs(5);

/// A running sandbox. Dropping it stops it without waiting.
pub struct Sandbox {
    /// Where it listens.
    pub addr: SocketAddr,
    /// The account of pages 000, 001 and 003.
    pub axisfi_typed: Account,
    /// The account of page 002.
    pub axisfi_untyped: Account,
    /// The account of page 004.
    pub bultra: BultraAccount,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Sandbox {
    /// Binds 127.0.0.1 and serves in a task of the tokio runtime this is called in.
    ///
    /// # Errors
    /// The port is taken, the snapshot is not one of a sandbox (`InvalidData`), or there is no tokio runtime.
    pub fn start(options: Options) -> io::Result<Self> {
        let runtime = runtime::Handle::try_current().map_err(io::Error::other)?;
        let (platform, advanced_ms, kept) = match options.snapshot {
            Some(snapshot) => {
                Platform::restored(snapshot).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))?
            }
            None => (Platform::with_made_up_customers(), 0, None),
        };
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let addr = listener.local_addr()?;
        let account = |revision: Revision, keys: &Keys| Account {
            base_url: format!("http://{addr}{}", revision.prefix()),
            api_key: keys.api_key.clone(),
            api_secret: keys.api_secret.clone(),
        };
        let axisfi_typed = account(Revision::Typed, &options.typed_keys);
        let axisfi_untyped = account(Revision::Untyped, &options.untyped_keys);
        let bultra = BultraAccount {
            base_url: format!("http://{addr}/bultra/v1"),
            token_url: format!("http://{addr}/bultra/oauth2/token"),
            client_id: options.bultra_keys.api_key.clone(),
            client_secret: options.bultra_keys.api_secret.clone(),
        };
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::new(Shared {
            inner: Mutex::new(Inner {
                platform,
                bultra: Bultra::new(options.bultra_keys.clone(), options.bultra_customers, kept),
                rules: Rules { mode: options.mode, processing: options.processing },
                latency: options.latency,
                faults: Faults::new(options.faults),
                recorder: Recorder::default(),
            }),
            clock: options.clock,
            advanced_ms: AtomicI64::new(advanced_ms),
            typed_keys: options.typed_keys,
            untyped_keys: options.untyped_keys,
            stopped: stopped.clone(),
        });
        let listener = FaultyListener { listener, stopped: stopped.clone() };
        let task = runtime.spawn(serve(listener, Arc::clone(&shared), stopped));
        Ok(Self { addr, axisfi_typed, axisfi_untyped, bultra, shared, stop, task: Mutex::new(Some(task)) })
    }

    /// Closes the port and severs every connection, calls in flight included. Its state can still be read.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut task) = task
            && tokio::time::timeout(STOP_TIME, &mut task).await.is_err()
        {
            task.abort();
        }
    }

    /// The whole state as JSON, for [`Options::snapshot`]. Settings, faults and the record of requests are not in it.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        let (inner, _) = self.shared.caught_up();
        inner.platform.snapshot(self.shared.advanced_ms.load(Ordering::Relaxed), inner.bultra.kept())
    }

    /// Back to the made-up customers; faults, churn and the record of requests are cleared. The mode, the clock and the
    /// tokens that were given stay.
    pub fn reset(&self) {
        let mut inner = self.shared.lock();
        inner.platform = Platform::with_made_up_customers();
        inner.bultra.reset(None);
        inner.faults = Faults::default();
        inner.recorder.clear();
    }

    /// Every customer of both AxisFI accounts in the order they came: the judge's view, whatever was answered.
    #[must_use]
    pub fn rows(&self) -> Vec<CustomerRow> {
        let (inner, now) = self.shared.caught_up();
        inner.platform.judged(now)
    }

    /// Changes what the platform holds of a customer, as somebody else would there: `change` gets the body of the
    /// customer, without the platform's own keys. `false` where there is no such customer.
    pub fn change(&self, customer_id: &str, change: impl FnOnce(&mut Map<String, Value>)) -> bool {
        self.shared.lock().platform.change(customer_id, change)
    }

    /// Every file of both accounts in the order they came, by name, type, size and hash.
    #[must_use]
    pub fn files(&self) -> Vec<StoredFile> {
        self.shared.lock().platform.files()
    }

    /// Lets detail answer about a customer as the samples of 000, 001 and 003 do from now on, or whole again. `false` where
    /// there is no such customer.
    pub fn answer_sparsely(&self, customer_id: &str, sparse: bool) -> bool {
        self.shared.lock().platform.answer_sparsely(customer_id, sparse)
    }

    /// The newest requests, oldest first, at most 1,000; keys left out.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.lock().recorder.all()
    }

    /// Sets what a repeated partner_customer_id gets from now on.
    pub fn set_mode(&self, mode: Mode) {
        self.shared.lock().rules.mode = mode;
    }

    /// Replaces the faults; an empty list ends them.
    pub fn set_faults(&self, faults: Vec<FaultRule>) {
        self.shared.lock().faults = Faults::new(faults);
    }

    /// Sets the time before each answer.
    pub fn set_latency(&self, latency: Duration) {
        self.shared.lock().latency = latency;
    }

    /// Moves the sandbox's clock forward: statuses move, and calls that were put off take effect.
    pub fn advance_clock(&self, by: Duration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        // The closure always gives a value, so there is nothing to report.
        let _ = self
            .shared
            .advanced_ms
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |advanced| Some(advanced.saturating_add(by_ms)));
    }

    /// Every customer of Bultra, newest first: the judge's view, whatever was answered.
    #[must_use]
    pub fn bultra_rows(&self) -> Vec<BultraRow> {
        let (mut inner, _) = self.shared.caught_up();
        inner.bultra.book().judged()
    }

    /// One customer of Bultra: the judge's view.
    #[must_use]
    pub fn bultra_row(&self, id: &str) -> Option<BultraRow> {
        let (mut inner, _) = self.shared.caught_up();
        inner.bultra.book().judged_of(id)
    }

    /// Makes so many customers of Bultra anew; what became of the ones before is forgotten.
    pub fn set_bultra_customers(&self, count: u32) {
        self.shared.lock().bultra.reset(Some(count));
    }

    /// Changes what Bultra holds of a customer or of one of its individuals, as somebody else would there: `change`
    /// gets its whole answer. Its `updated_at` moves; its id and `created_at` stay. `false` where there is no such one.
    pub fn change_bultra(
        &self,
        id: &str,
        individual: Option<&str>,
        change: impl FnOnce(&mut Map<String, Value>),
    ) -> bool {
        let (mut inner, now) = self.shared.caught_up();
        inner.bultra.book().changed_there(id, individual, now, change)
    }

    /// Takes a customer of Bultra away. `false` where there is no such one.
    pub fn delete_bultra(&self, id: &str) -> bool {
        self.shared.lock().bultra.book().remove(id)
    }

    /// Sets what goes on at Bultra between two pages of its list; `None` for nothing.
    pub fn set_churn(&self, churn: Option<Churn>) {
        self.shared.lock().bultra.set_churn(churn);
    }

    /// Sets what becomes of the keys of an address that a patch leaves out, until the next reset.
    pub fn set_address_rule(&self, rule: AddressRule) {
        self.shared.lock().bultra.book().address_rule = rule;
    }

    /// Sets how tokens are given from now on.
    pub fn set_token_rules(&self, rules: TokenRules) {
        self.shared.lock().bultra.tokens.rules = rules;
    }

    /// Ends every token that was given.
    pub fn revoke_tokens(&self) {
        self.shared.lock().bultra.tokens.revoke();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

async fn serve(listener: FaultyListener, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let service = server::router(shared).into_make_service_with_connect_info::<FateHandle>();
    let stop = async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    // Serving ends with the stop only; its result is always Ok.
    let _ = axum::serve(listener, service).with_graceful_shutdown(stop).await;
}
