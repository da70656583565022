//! The client of Bultra over real sockets: its calls, how they end, its tokens, its probe.

mod calls;
mod ending;
mod probe;
mod token_faults;
mod token_life;

use std::sync::Arc;

use desk_api::{BaseUrl, BultraClient, BultraOptions, Timeouts, Tokens};

use super::{KEY, SECRET};
use crate::support::bultra::Bultra;

/// The program's clock in the tests of Bultra.
const NOW_MS: i64 = 1_763_700_000_000;
const MINUTE_MS: i64 = 60_000;
/// An attempt to write.
const ATTEMPT: &str = "0190a1b2-c3d4-7000-8000-00000000000f";

/// A change of contact and address.
const PATCH: &str = r#"{"email":"a@b.example","address":{"line1":"1 Quay St","country":"AU"}}"#;

fn bultra_options(base_url: &str, token_url: &str) -> BultraOptions {
    BultraOptions {
        base_url: BaseUrl::parse(base_url).unwrap(),
        token_url: BaseUrl::parse(token_url).unwrap(),
        client_id: KEY.into(),
        client_secret: SECRET.into(),
        scope: None,
        extra_roots_pem: Vec::new(),
        proxy: None,
        timeouts: Timeouts::default(),
        version: "0.1.0".to_owned(),
    }
}

fn bultra_client(options: BultraOptions) -> BultraClient {
    BultraClient::new(options, Arc::new(Tokens::default())).unwrap()
}

/// A client of this platform with a token of its own.
fn client_of(bultra: &Bultra) -> BultraClient {
    bultra_client(bultra_options(&bultra.base_url(), &bultra.token_url()))
}
