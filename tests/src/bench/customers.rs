//! Made-up customers in the store of a computer, as if each had been looked up once.

use desk_domain::status::Status;
use desk_store::customers::{self, CustomerRow};
use desk_store::readings::{self, NewReading};
use desk_store::{SqlResult, Store, StoreError, Transaction};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use crate::process::Trouble;
use crate::world::World;

/// Customers a transaction.
const AT_ONCE: u32 = 500;

/// 2026-01-01 at UTC, in ms: the first of them was read then, and each other one a minute after the one before.
const FIRST_READ_MS: i64 = 1_767_225_600_000;
const MINUTE_MS: i64 = 60_000;

const LATIN: [&str; 16] = [
    "Amber",
    "Birch",
    "Cedar",
    "Dover",
    "Ember",
    "Fjord",
    "Grove",
    "Heron",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lantern",
    "Meadow",
    "Northwind",
    "Orchard",
    "Pebble",
];
const KINDS: [&str; 8] = ["Trading", "Textiles", "Logistics", "Foods", "Electronics", "Design", "Shipping", "Energy"];
const HAN: [char; 16] =
    ['明', '海', '金', '华', '东', '南', '和', '信', '泰', '丰', '兴', '隆', '源', '达', '安', '宏'];
const STATUSES: [&str; 8] =
    ["Succeeded", "Succeeded", "Succeeded", "Succeeded", "Processing", "Suspended", "Failed", "UNDER_REVIEW"];
const COUNTRIES: [&str; 5] = ["SG", "HK", "AU", "DE", "CN"];

/// Puts customers of a connection into the store of a computer on which the program was started once, and does not run.
/// The name of each ends in a number of five digits that no other customer has in anything that search knows.
///
/// # Errors
/// The keyring does not answer, or the store does not open.
pub fn seed(world: &World, connection: &str, count: u32) -> Result<(), Trouble> {
    let (path, key) = (world.data().join("desk.db"), SecretString::from(world.database_key()?));
    let connection: Uuid = connection.parse()?;
    // A thread of its own: whoever asks is inside a runtime, which cannot wait for another one.
    let filled = std::thread::spawn(move || -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let store = Store::open(&path, &key).map_err(|error| error.to_string())?;
        let filling = async {
            fill(&store, connection, count).await?;
            store.close().await
        };
        runtime.map_err(|error| error.to_string())?.block_on(filling).map_err(|error| error.to_string())
    });
    filled.join().map_err(|_| "the thread that makes customers ended")?.map_err(Trouble::from)
}

async fn fill(store: &Store, connection: Uuid, count: u32) -> Result<(), StoreError> {
    for first in (0..count).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
        let last = count.min(first + AT_ONCE);
        store.write(move |tx| (first..last).try_for_each(|number| keep(tx, connection, number))).await?;
    }
    Ok(())
}

fn keep(tx: &Transaction<'_>, connection: Uuid, number: u32) -> SqlResult<()> {
    let (row, raw) = customer(connection, number);
    let (customer_id, status) = (row.customer_id.clone(), row.status.clone());
    customers::upsert(tx, &row)?;
    let new = NewReading { id: Uuid::now_v7(), connection_id: connection, customer_id, raw, status };
    readings::keep(tx, &new, row.read_at).map(|_| ())
}

fn customer(connection: Uuid, number: u32) -> (CustomerRow, String) {
    let five = format!("{number:05}");
    let at = usize::try_from(number).unwrap_or(0);
    let name = format!("{} {} {five}", LATIN[at % LATIN.len()], KINDS[at / LATIN.len() % KINDS.len()]);
    // Four signs out of sixteen: another name for each of the first 65,536.
    let local_name: String = (0..4).map(|place| HAN[at >> (4 * place) & 15]).collect();
    let (customer_id, ours) = (format!("cus_bench_{five}"), format!("cd-bench-partner-{five}"));
    let (status, country) = (STATUSES[at % STATUSES.len()], COUNTRIES[at % COUNTRIES.len()]);
    let raw = json!({
        "customer_id": customer_id, "partner_customer_id": ours, "status": status, "created_at": "2025-11-07T05:31:56Z",
        "business_details": {
            "business_name_english": name, "business_name": local_name, "business_type": "Limited Liability Company",
            "business_identifier_type": "Business Registration", "business_identifier_number": format!("BR-{five}"),
            "business_identifier_country_code": country, "website": "https://bench.example",
        },
        "registration_address": {
            "registration_address_line1": "18 Harbour Street", "registration_address_city": "Singapore",
            "registration_address_country_code": country,
        },
        "account_usage": { "operating_country": country, "goods_service_description": "Lamps for hotels" },
        "primary_contact": {
            "contact_phone": "+6562550100", "contact_email": format!("office-{five}@bench.example"),
        },
        "business_person_list": [{
            "basic_info": { "first_name_english": "Wei", "last_name_english": "Zhang", "birth_date": "1990-01-15T00:00:00Z" },
            "identification": { "id_type": "Passport", "id_number": format!("E-{five}"), "id_issuing_country_code": "SG" },
        }],
    });
    let row = CustomerRow {
        connection_id: connection,
        customer_id,
        partner_customer_id: Some(ours),
        name,
        local_name,
        country: Some(country.to_owned()),
        status: Some(Status::of(status)),
        read_at: FIRST_READ_MS + i64::from(number) * MINUTE_MS,
        upkeep: customers::Upkeep::default(),
        party: None,
        individual_of: None,
        listed: customers::Listed::default(),
    };
    (row, raw.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use desk_domain::platform::{Environment, Kind, Revision};
    use desk_store::connections::{self, ConnectionRow};
    use desk_store::customers::{Listing, Order};

    use super::*;

    #[tokio::test]
    async fn each_number_finds_one_customer_and_no_name_comes_twice() {
        const COUNT: u32 = 600;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("desk.db"), &SecretString::from("ab".repeat(32))).unwrap();
        let row = ConnectionRow {
            id: Uuid::now_v7(),
            name: String::new(),
            kind: Kind::Axisfi,
            revision: Some(Revision::Typed),
            environment: Environment::Sandbox,
            base_url: String::new(),
            token_url: None,
            token_scope: None,
            archived_at: None,
            sent_at: None,
            api_key_tail: None,
            api_key_set_at: None,
            api_secret_tail: None,
            api_secret_set_at: None,
            tested_at: None,
            test_json: None,
            upload: connections::Upload::default(),
            created_at: 0,
        };
        let connection = row.id;
        store.write(move |tx| connections::insert(tx, &row)).await.unwrap();
        fill(&store, connection, COUNT).await.unwrap();
        let list = |query: String| Listing {
            connections: vec![connection],
            query,
            group: None,
            only: None,
            party: None,
            status: None,
            order: Order::Name,
            reversed: false,
            offset: 0,
            limit: COUNT,
        };
        for number in [0, 7, 599] {
            let listing = list(format!("{number:05}"));
            let page = store.read(move |db| customers::page(db, &listing)).await.unwrap();
            assert_eq!((page.total, page.all), (1, COUNT), "{number}");
        }
        let listing = list(String::new());
        let page = store.read(move |db| customers::page(db, &listing)).await.unwrap();
        let names = page.rows.iter().flat_map(|row| [&row.name, &row.local_name]);
        assert_eq!(names.collect::<BTreeSet<_>>().len(), page.rows.len() * 2);
    }
}
