//! A calendar date is the same text wherever the computer stands (DECISIONS 10).

use std::process::Command;

use desk_core::clock::{Clock, local_midnight};
use rstest::rstest;
use serde_json::json;

use super::computer::Computer;
use super::form::{filled, leaves, submit};

/// Set for the part of the test that runs in another zone: its offset from UTC in hours.
const OFFSET: &str = "DESK_ZONE_OFFSET_HOURS";

#[rstest]
#[case::far_east("Pacific/Tongatapu", 13)]
#[case::far_west("Pacific/Pago_Pago", -11)]
#[case::utc("UTC", 0)]
fn a_birth_date_is_the_same_text_in_every_zone(#[case] zone: &str, #[case] hours: i64) {
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "verbs::zone::inside_a_zone"])
        .env("TZ", zone)
        .env(OFFSET, hours.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{zone}: {said}");
}

#[tokio::test]
async fn inside_a_zone() {
    let Ok(hours) = std::env::var(OFFSET) else { return };
    let hours: i64 = hours.parse().unwrap();
    let into_day = local_midnight(Clock::default().now_ms()).div_euclid(3_600_000).rem_euclid(24);
    assert_eq!(into_day, (-hours).rem_euclid(24), "the zone is the one that was asked for");

    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    let birth = format!("business_person_list/{}/basic_info/birth_date", draft["persons"][0].as_str().unwrap());
    program.save(&draft["id"], &[(&birth, "1990-01-15")]).await.unwrap();
    let outcome = submit(&program, &draft).await;
    assert_eq!(outcome["outcome"], "accepted", "{outcome}");
    let rows = computer.sandbox.rows();
    let row = rows.iter().find(|row| outcome["customer_id"] == row.customer_id).unwrap();
    let path = "business_person_list/0/basic_info/birth_date";
    assert_eq!(leaves(&row.customer)[path], "1990-01-15T00:00:00Z", "on the wire");

    let connection = &draft["connection"]["id"];
    let by = json!({ "connection": connection, "by": "customer_id", "value": outcome["customer_id"] });
    program.run("customer_lookup", by).await;
    let reveal = json!({ "connection": connection, "customer_id": outcome["customer_id"], "path": path });
    assert_eq!(program.call("customer_reveal", reveal).await["value"], "1990-01-15T00:00:00Z", "in the record");
}
