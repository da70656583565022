//! What goes over the wire: the types of the platforms' contracts ([`wire`], always), and with the feature `client` the
//! network client, hardened as RELIABILITY "The network client" says.
//!
//! Read in this order: [`wire`]; then `base_url` (what a user typed), `authority` (whom a user trusts), `client` (a call), `call_error` (what may come of
//! it), `error_body` (an error of any shape becomes typed), `outcome` (what follows for a write, DECISIONS 12) and
//! `field_map` (the platform's spelling of a field becomes ours).

pub mod wire;

#[cfg(feature = "client")]
pub mod authority;
#[cfg(feature = "client")]
pub mod base_url;
#[cfg(feature = "client")]
pub mod call_error;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
pub mod error_body;
#[cfg(feature = "client")]
pub mod field_map;
#[cfg(feature = "client")]
pub mod outcome;

#[cfg(feature = "client")]
pub use authority::{Authority, AuthorityError};
#[cfg(feature = "client")]
pub use base_url::{BaseUrl, BaseUrlError};
#[cfg(feature = "client")]
pub use call_error::{CallError, CallErrorKind, ErrorAnswer};
#[cfg(feature = "client")]
pub use client::{
    Answer, AxisfiClient, BultraClient, BultraOptions, ClientError, ClientOptions, DetailBy, ListQuery, Probe,
    ProxyError, ProxySettings, Reach, Timeouts, TokenProbe, Tokens, Upload, UploadEncoding, Uploaded, can_be_sent,
    probe, probe_bultra,
};
#[cfg(feature = "client")]
pub use outcome::WriteOutcome;
