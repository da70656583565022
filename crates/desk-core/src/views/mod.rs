//! What crosses between the page and Rust: requests in, views out. Codes cross, prose does not. Personal values of a
//! customer are masked before they become a view. Times are RFC 3339 at UTC; the page draws them in local time.

use desk_domain::problem::Params;

macro_rules! views {
    ($($(#[$meta:meta])* $kind:ident $name:ident $body:tt)*) => {
        $(#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        $(#[$meta])*
        pub $kind $name $body)*
    };
}

mod activity;
mod address;
mod app;
mod connection;
mod customer;
mod document;
mod draft;
mod outbox;
mod platform;
mod reading;
mod settings;
mod submission;
mod update;

pub use activity::*;
pub use address::*;
pub use app::*;
pub use connection::*;
pub use customer::*;
pub use document::*;
pub use draft::*;
pub use outbox::*;
pub use platform::*;
pub use reading::*;
pub use settings::*;
pub use submission::*;
pub use update::*;

/// The parameters of no message.
#[must_use]
pub fn no_params() -> Params {
    Params::new()
}
