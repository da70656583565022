//! Connections.

use desk_domain::platform::{Capabilities, Environment, Kind, Revision};
use secrecy::SecretString;
use serde::Deserialize;

use crate::ipc::{ApiErrorView, Message};

views! {
    /// Names a connection.
    struct ConnectionRef {
        /// Its id.
        pub connection: String,
    }

    /// A connection without its secrets.
    struct ConnectionView {
        /// Its id (UUID v7).
        pub id: String,
        /// What the user calls it.
        pub name: String,
        /// The platform.
        pub kind: Kind,
        /// The revision (axisfi only).
        pub revision: Option<Revision>,
        /// Where its records live.
        pub environment: Environment,
        /// The base URL; `sandbox:` for a practice connection.
        pub base_url: String,
        /// The host as the review names it; "this computer" has the empty text.
        pub host: String,
        /// It is served by the program itself.
        pub practice: bool,
        /// Its base URL can no longer change: something was sent (DECISIONS 1).
        pub host_fixed: bool,
        /// Last four characters of the API key, of bultra of the client id, and when it was set.
        pub api_key: Option<CredentialView>,
        /// The same of the API secret, of bultra of the client secret.
        pub api_secret: Option<CredentialView>,
        /// The newest test of the connection.
        pub tested: Option<ConnectionTestView>,
        /// When it was archived; none for one in use.
        pub archived_at: Option<String>,
        /// How files are sent.
        pub upload: UploadView,
        /// Where its tokens come from (bultra only).
        pub token_url: Option<String>,
        /// What they are asked for; none where the platform decides.
        pub token_scope: Option<String>,
        /// What the platform can do.
        pub capabilities: Capabilities,
    }

    /// How files are sent to a platform whose pages do not settle it.
    #[derive(Copy)]
    struct UploadView {
        /// As parts of a form, or as base64 in JSON.
        pub encoding: UploadEncoding,
        /// The largest file it takes, in megabytes (10^6 bytes): 1 to 100.
        pub limit_mb: u32,
    }

    /// The two encodings of the files page.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum UploadEncoding {
        /// `multipart/form-data`.
        Multipart,
        /// `application/json`, the file as base64.
        Json,
    }

    /// Some connections.
    struct ConnectionListView {
        /// In the order they were made.
        pub connections: Vec<ConnectionView>,
    }

    /// What may be shown of a credential.
    struct CredentialView {
        /// Its last characters, at most four, none for a short one.
        pub tail: String,
        /// When it was set.
        pub set_at: String,
    }

    /// How a test of a connection went.
    struct ConnectionTestView {
        /// It works.
        pub works: bool,
        /// When it was tested.
        pub at: String,
        /// How long the answer took.
        pub millis: u32,
        /// What was found on the way, in order; ends at the first step that failed.
        #[serde(default)]
        pub steps: Vec<TestStepView>,
        /// What stands in the way; the codes of `IpcError` for calls.
        pub problem: Option<Message>,
        /// What the platform answered, where it did.
        pub answer: Option<ApiErrorView>,
    }
}

views! {
    /// One step of a test.
    struct TestStepView {
        /// Which.
        pub step: TestStep,
        /// It went well.
        pub ok: bool,
        /// How long it took, where it is known.
        pub millis: Option<u32>,
        /// Encryption: the last day of the certificate.
        pub expires_at: Option<String>,
        /// Clock: by how many milliseconds this computer's is ahead of the platform's (behind: negative).
        #[cfg_attr(feature = "ts", ts(type = "number | null"))]
        pub ahead_ms: Option<i64>,
        /// Sign-in: the HTTP status.
        pub status: Option<u16>,
    }

    /// The steps of a test, in their order.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum TestStep {
        /// The host's name was found, and it took a connection.
        Address,
        /// TLS was established. Not there for a practice connection.
        Encryption,
        /// The token host gave a token (bultra only).
        Token,
        /// This computer's clock agrees with the platform's, within five minutes.
        Clock,
        /// The platform took the credentials.
        SignIn,
    }
}

/// A new connection.
#[derive(Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ConnectionAdd {
    /// What the user calls it.
    pub name: String,
    /// The platform.
    pub kind: Kind,
    /// The revision.
    pub revision: Option<Revision>,
    /// The environment: test or production.
    pub environment: Environment,
    /// The base URL as typed.
    pub base_url: String,
    /// The API key; of bultra the client id.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub api_key: SecretString,
    /// The API secret; of bultra the client secret.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub api_secret: SecretString,
    /// Where tokens come from (bultra only).
    #[serde(default)]
    pub token_url: Option<String>,
    /// What they are asked for; the empty text lets the platform decide.
    #[serde(default)]
    pub token_scope: Option<String>,
}

/// Changes of a connection; what is absent stays.
#[derive(Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ConnectionSave {
    /// Its id.
    pub connection: String,
    /// Its new name.
    pub name: Option<String>,
    /// Its new base URL, unless `host_fixed`.
    pub base_url: Option<String>,
    /// Its new revision.
    pub revision: Option<Revision>,
    /// A new API key.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub api_key: Option<SecretString>,
    /// A new API secret.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub api_secret: Option<SecretString>,
    /// How files are sent.
    pub upload: Option<UploadView>,
    /// Where tokens come from, unless `host_fixed` (bultra only).
    #[serde(default)]
    pub token_url: Option<String>,
    /// What they are asked for; the empty text lets the platform decide.
    #[serde(default)]
    pub token_scope: Option<String>,
}
