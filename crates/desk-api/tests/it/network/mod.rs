//! RELIABILITY "The network client", over real sockets: each rule against a server that breaks it.

mod bultra;
mod ending;
mod host;
mod probe;
mod proxy;
mod secrets;
mod sent;
mod tls;
mod upload;

use std::time::Duration;

use desk_api::{AxisfiClient, BaseUrl, CallError, ClientOptions, DetailBy, Timeouts};

use crate::support::certificates::Authority;

const KEY: &str = "key-canary-7f3a";
const SECRET: &str = "secret-canary-91bc";
const CUSTOMER: &str = r#"{"customer_id":"cus_1","status":"Processing","account_usage":{"estimated_monthly_revenue_amount":12345678901234567.80}}"#;

fn options(base_url: &str) -> ClientOptions {
    ClientOptions {
        base_url: BaseUrl::parse(base_url).unwrap(),
        api_key: KEY.into(),
        api_secret: SECRET.into(),
        extra_roots_pem: Vec::new(),
        proxy: None,
        timeouts: Timeouts::default(),
        version: "0.1.0".to_owned(),
    }
}

fn client(base_url: &str) -> AxisfiClient {
    AxisfiClient::new(options(base_url)).unwrap()
}

/// For servers that are slow on purpose; all others may take as long as a busy machine needs.
const IMPATIENT: Timeouts = Timeouts {
    connect: Duration::from_millis(400),
    read: Duration::from_millis(800),
    total: Duration::from_millis(2_500),
};

fn impatient(base_url: &str) -> AxisfiClient {
    AxisfiClient::new(ClientOptions { timeouts: IMPATIENT, ..options(base_url) }).unwrap()
}

fn trusting(base_url: &str, authority: &Authority) -> AxisfiClient {
    let extra_roots_pem = vec![authority.pem.clone()];
    AxisfiClient::new(ClientOptions { extra_roots_pem, ..options(base_url) }).unwrap()
}

async fn detail_error(client: &AxisfiClient) -> CallError {
    client.detail(DetailBy::CustomerId("cus_1")).await.unwrap_err()
}
