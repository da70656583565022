//! Creating customers one after another: our client against a bare reqwest loop, same body, same sandbox.

use std::time::{Duration, Instant};

use desk_api::{AxisfiClient, BaseUrl, ClientOptions, Timeouts};
use desk_sandbox::{Options, Sandbox};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use crate::bench::figure::{Bar, Figure, quantile};
use crate::process::Trouble;

/// Customers a round; rounds of both take turns.
const CUSTOMERS: u32 = 400;
const ROUNDS: usize = 7;

/// What a platform needs for one create: without it the loop would measure the sandbox's allocator.
const SERVICE_TIME: Duration = Duration::from_millis(2);

/// Measures it.
///
/// # Errors
/// The sandbox does not start or refuses a customer.
pub async fn measure() -> Result<Figure, Trouble> {
    let sandbox = Sandbox::start(Options { latency: SERVICE_TIME, ..Options::default() })?;
    let account = &sandbox.axisfi_typed;
    let client = AxisfiClient::new(ClientOptions {
        base_url: BaseUrl::parse(&account.base_url)?,
        api_key: SecretString::from(account.api_key.clone()),
        api_secret: SecretString::from(account.api_secret.clone()),
        extra_roots_pem: Vec::new(),
        proxy: None,
        timeouts: Timeouts::default(),
        version: String::from("bench"),
    })?;
    // Installed by our client, made above.
    let bare = reqwest::Client::new();
    let url = format!("{}/api/customers/create", account.base_url);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        for _ in 0..CUSTOMERS {
            client.create(body()).await?;
        }
        ours.push(f64::from(CUSTOMERS) / started.elapsed().as_secs_f64());
        let started = Instant::now();
        for _ in 0..CUSTOMERS {
            let request =
                bare.post(&url).header("X-API-Key", &account.api_key).header("X-API-Secret", &account.api_secret);
            let answer = request.header("content-type", "application/json").body(body()).send().await?;
            answer.error_for_status()?.bytes().await?;
        }
        theirs.push(f64::from(CUSTOMERS) / started.elapsed().as_secs_f64());
    }
    sandbox.stop().await;
    Ok(Figure {
        what: "customers created, 1/s (median)",
        ours: quantile(&mut ours, 0.5),
        baseline: quantile(&mut theirs, 0.5),
        bar: Bar::AtLeast(0.9),
    })
}

fn body() -> Vec<u8> {
    json!({
        "partner_customer_id": format!("cd-{}", Uuid::now_v7()),
        "business_details": { "business_name_english": "Lantern Quay Trading Pty Ltd", "website": "https://lanternquay.example" },
        "registration_address": { "registration_address_city": "Sydney", "registration_address_country_code": "AU" },
        "primary_contact": { "contact_phone": "+61255501234", "contact_email": "accounts@lanternquay.example" },
    })
    .to_string()
    .into_bytes()
}
