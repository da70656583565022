//! The proxy does what its plan says, before anything is concluded from it: each mode with the real client and the sandbox.

use std::time::Duration;

use desk_api::outcome::{WriteOutcome, of_create};
use desk_api::{AxisfiClient, BaseUrl, ClientOptions, Timeouts};
use desk_sandbox::{Options, Sandbox};
use rstest::rstest;
use secrecy::SecretString;
use serde_json::json;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::*;
use crate::process::Trouble;
use crate::torture::random::Random;

/// Longer than a call on this computer, shorter than a drip; and longer than any call.
const SHORT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(30);

fn client(sandbox: &Sandbox, proxy: &Proxy, total: Duration) -> Result<AxisfiClient, Trouble> {
    Ok(AxisfiClient::new(ClientOptions {
        base_url: BaseUrl::parse(&format!("http://{}", proxy.addr))?,
        api_key: SecretString::from(sandbox.axisfi_typed.api_key.clone()),
        api_secret: SecretString::from(sandbox.axisfi_typed.api_secret.clone()),
        extra_roots_pem: Vec::new(),
        proxy: None,
        timeouts: Timeouts { connect: total, read: total, total },
        version: String::from("torture"),
    })?)
}

async fn create(sandbox: &Sandbox, proxy: &Proxy, total: Duration) -> Result<WriteOutcome, Trouble> {
    let body = json!({
        "partner_customer_id": format!("cd-{}", Uuid::now_v7()),
        "business_details": { "business_name_english": "Lantern Quay Trading Pty Ltd" },
        "registration_address": { "registration_address_city": "Sydney", "registration_address_country_code": "AU" },
    });
    Ok(of_create(&client(sandbox, proxy, total)?.create(body.to_string()).await))
}

/// A plan that hits one write, and the kind of it that is asked for.
fn plan(mode: Mode, kind: u64) -> Plan {
    let drawn = Plan::draw(mode, &mut Random::of(1, &[]));
    Plan { hits: 1, kind, permille: 500, instead: Instead::Reset, look: None, ..drawn }
}

#[rstest]
#[case(Mode::Refuse, 0, WriteOutcome::NotSent, 0)]
#[case(Mode::Drop, 0, WriteOutcome::Unknown, 0)]
#[case(Mode::Drop, 1, WriteOutcome::Unknown, 0)]
#[case(Mode::Reset, 0, WriteOutcome::Unknown, 1)]
#[case(Mode::Reset, 1, WriteOutcome::Unknown, 1)]
#[case(Mode::Hang, 0, WriteOutcome::Unknown, 1)]
#[case(Mode::Hang, 1, WriteOutcome::Unknown, 1)]
#[case(Mode::BadGateway, 0, WriteOutcome::Unknown, 1)]
#[case(Mode::BadGateway, 1, WriteOutcome::Unknown, 1)]
#[case(Mode::BadGateway, 2, WriteOutcome::Unknown, 1)]
#[case(Mode::BadGateway, 3, WriteOutcome::Unknown, 1)]
#[case(Mode::BadGateway, 4, WriteOutcome::Unknown, 1)]
#[case(Mode::Cut, 0, WriteOutcome::Unknown, 1)]
#[case(Mode::Redirect, 0, WriteOutcome::Unknown, 0)]
#[case(Mode::Redirect, 1, WriteOutcome::Unknown, 1)]
#[case(Mode::Drip, 1, WriteOutcome::Unknown, 1)]
#[case(Mode::Close, 0, WriteOutcome::Unknown, 0)]
#[case(Mode::Late, 0, WriteOutcome::Unknown, 0)]
#[tokio::test]
async fn one_write_is_hit_and_the_next_one_passes(
    #[case] mode: Mode,
    #[case] kind: u64,
    #[case] outcome: WriteOutcome,
    #[case] reaches: usize,
) -> Result<(), Trouble> {
    let sandbox = Sandbox::start(Options::default())?;
    let before = sandbox.rows().len();
    let plan = plan(mode, kind);
    let total = if plan.needs_patience() { SHORT } else { LONG };
    let proxy = Proxy::start(plan, sandbox.addr, String::from("http://127.0.0.1:9"), None)?;
    assert_eq!(create(&sandbox, &proxy, total).await?, outcome, "{:?}", proxy.story());
    proxy.idle().await;
    assert_eq!(sandbox.rows().len() - before, reaches, "{:?}", proxy.story());
    assert_eq!(proxy.release().await?, mode == Mode::Late);
    proxy.set_open(true);
    let mut next = create(&sandbox, &proxy, LONG).await?;
    // The door opens in a task of its own.
    while next == WriteOutcome::NotSent {
        next = create(&sandbox, &proxy, LONG).await?;
    }
    assert!(matches!(next, WriteOutcome::Accepted(_)), "{next:?}, {:?}", proxy.story());
    let late = usize::from(mode == Mode::Late);
    assert_eq!(sandbox.rows().len() - before, reaches + late + 1);
    assert_eq!(proxy.forwarded(), u64::try_from(reaches + late + 1)?);
    Ok(())
}

#[tokio::test]
async fn who_waits_for_a_whole_write_hears_of_it_before_the_platform_does() -> Result<(), Trouble> {
    let sandbox = Sandbox::start(Options::default())?;
    let before = sandbox.rows().len();
    let (tell, arrival) = oneshot::channel();
    let proxy = Proxy::start(plan(Mode::Reset, 0), sandbox.addr, String::new(), Some(tell))?;
    let (sent, ()) = tokio::join!(create(&sandbox, &proxy, LONG), async {
        if let Ok(go_on) = arrival.await {
            assert_eq!(sandbox.rows().len(), before, "nothing was forwarded yet");
            let _ = go_on.send(());
        }
    });
    assert_eq!(sent?, WriteOutcome::Unknown);
    proxy.idle().await;
    assert_eq!(sandbox.rows().len(), before + 1);
    Ok(())
}
