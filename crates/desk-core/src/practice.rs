//! The platform that the program serves itself, behind a trait: the shell runs it, the core only speaks to it (DECISIONS 2).

use std::future::Future;
use std::pin::Pin;

use desk_domain::form::Form;
use secrecy::SecretString;
use serde_json::Value;

/// The symbolic base URL of a practice connection. Never a real address: the port is another one at each start.
pub const PRACTICE_URL: &str = "sandbox:";

/// How to reach the practice platform.
pub struct PracticeAccount {
    /// Its base URL of this moment, on the loopback address.
    pub base_url: String,
    /// Its key; of Bultra the client id.
    pub api_key: SecretString,
    /// Its secret; of Bultra the client secret.
    pub api_secret: SecretString,
    /// Where its tokens come from (Bultra only).
    pub token_url: Option<String>,
}

/// The practice platform could not be started or reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PracticeOff;

/// A future that a trait object can give.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Serves made-up customers.
pub trait Practice: Send + Sync {
    /// The account of a form: of a revision of AxisFI, or of Bultra; starts the platform on first use, from `snapshot` where there is one.
    fn account(&self, form: Form, snapshot: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>>;

    /// Whether it runs. The program does not start it only to keep customers up that nobody is practising with.
    fn runs(&self) -> bool {
        true
    }

    /// What it holds now, to be kept in the encrypted store; `None` where it does not run here.
    fn snapshot(&self) -> Boxed<'_, Option<Value>>;
}
