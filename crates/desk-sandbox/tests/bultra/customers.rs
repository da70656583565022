//! The made-up customers, and the calls that read one.

use std::collections::BTreeSet;

use desk_sandbox::{BultraRow, Options};
use serde_json::{Value, json};

use crate::{
    api::{Bultra, code},
    support::*,
};

#[tokio::test]
async fn customers_and_individuals_answer_as_the_contract_says() {
    let sandbox = started_with(Options { bultra_customers: 230, ..Options::default() });
    let api = Bultra::new(&sandbox).await;
    for row in sandbox.bultra_rows() {
        assert_eq!(api.customer(&row.id).await, (200, row.customer));
        for individual in row.individuals {
            let id = individual["id"].as_str().expect("an id");
            assert_eq!(api.individual(&row.id, id).await, (200, individual.clone()));
        }
    }
}

#[tokio::test]
async fn each_of_the_2_000_is_as_the_contract_says() {
    let contract = contract_of("bultra");
    let of =
        |name: &str| Schema::in_contract(&contract, json!({ "$ref": format!("#/components/schemas/{name}") }), true);
    let (customer, individual, row) = (of("Customer"), of("Individual"), of("CustomerRow"));
    let sandbox = started();
    let rows = sandbox.bultra_rows();
    assert_eq!(rows.len(), 2_000);
    for judged in &rows {
        customer.assert(&judged.customer);
        judged.individuals.iter().for_each(|body| individual.assert(body));
    }
    let api = Bultra::new(&sandbox).await;
    let (_, page) = api.list("limit=100").await;
    let keys = ["id", "type", "status", "email", "created_at"];
    for listed in page["data"].as_array().expect("a list") {
        row.assert(listed);
        assert!(listed.as_object().expect("an object").keys().all(|key| keys.contains(&key.as_str())), "{listed}");
    }
}

#[tokio::test]
async fn the_customers_are_the_same_every_time() {
    let (one, other) = (started(), started());
    assert_eq!(one.bultra_rows(), other.bultra_rows());
    one.set_bultra_customers(10_000);
    let rows = one.bultra_rows();
    let ids: BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
    assert_eq!((rows.len(), ids.len()), (10_000, 10_000));
    assert!(other.bultra_rows().iter().all(|row| ids.contains(&row.id)), "more of them leaves the first as they are");
}

#[tokio::test]
async fn the_customers_cover_what_a_client_must_cope_with() {
    let rows = started().bultra_rows();
    let count = |holds: &dyn Fn(&BultraRow) -> bool| rows.iter().filter(|row| holds(row)).count();
    let corporations = count(&|row| row.party == "CORPORATION");
    assert!((600..1_000).contains(&corporations) && corporations + count(&|row| row.party == "INDIVIDUAL") == 2_000);
    let words: BTreeSet<_> = rows.iter().map(|row| row.status.as_str()).collect();
    for word in ["ACTIVE", "PENDING", "EDD", "FROZEN", "DORMANT", "CLOSED", "UNDER_REVIEW"] {
        assert!(words.contains(word), "{word} is missing");
    }
    assert!(words.iter().filter(|word| word.ends_with("_L2F")).count() >= 3, "{words:?}");
    assert!(count(&|row| row.status == "ACTIVE") > 900, "most of them are active");
    let accounts: BTreeSet<_> = rows.iter().map(|row| row.accounts.len()).collect();
    assert_eq!(accounts, BTreeSet::from([0, 1, 2, 3]));
    for (key, part) in [("email", ""), ("phone", ""), ("accounts", ""), ("updated_at", ""), ("address", "individual")] {
        let lacks = |row: &BultraRow| match part {
            "" => row.customer.get(key).is_none(),
            part => row.customer.get(part).is_some_and(|part| part.get(key).is_none()),
        };
        assert!(count(&lacks) >= 5, "some lack {part} {key}");
    }
    assert!(count(&|row| row.party == "INDIVIDUAL" && row.customer.get("individual").is_none()) >= 5);
    for key in ["legal_name", "name", "registered_name", "business_name", "address"] {
        assert!(count(&|row| row.customer["corporation"].get(key).is_some()) >= 50, "corporations with {key}");
    }
    assert!(count(&|row| row.customer.get("address").is_some()) >= 50, "an address beside the corporation");
    assert!(count(&|row| row.customer.to_string().contains("line2")) >= 50, "keys of an address that no page names");
    let scripts =
        [('\u{4e00}', '\u{9fff}'), ('\u{3040}', '\u{30ff}'), ('\u{ac00}', '\u{d7a3}'), ('\u{600}', '\u{6ff}')];
    for (from, to) in scripts.into_iter().chain([('\u{e00}', '\u{e7f}'), ('\u{900}', '\u{97f}'), ('à', 'ü')]) {
        assert!(count(&|row| row.name.chars().any(|c| (from..=to).contains(&c))) > 5, "the script of {from}");
    }
    let same_second: BTreeSet<_> = rows.iter().map(|row| row.customer["created_at"].to_string()).collect();
    assert!(same_second.len() < 1_990, "some came within the same second");
}

#[tokio::test]
async fn every_corporation_names_at_least_one_individual_and_nobody_else_does() {
    let (mut shapes, mut most) = (BTreeSet::new(), 0);
    for row in started().bultra_rows() {
        let named = row.customer.get("individuals").and_then(Value::as_array);
        if row.party != "CORPORATION" {
            assert!(named.is_none() && row.individuals.is_empty());
            continue;
        }
        let named = named.expect("a list");
        let id = |item: &Value| item.as_str().or(item["id"].as_str()).map(str::to_owned);
        let ids: Vec<_> = named.iter().map(|item| id(item).expect("an id")).collect();
        assert_eq!(ids, row.individuals.iter().map(|one| id(one).expect("an id")).collect::<Vec<_>>());
        assert!(!ids.is_empty());
        most = most.max(ids.len());
        let keys = |item: &Value| item.as_object().map(|item| item.keys().cloned().collect::<Vec<_>>().join(","));
        shapes.extend(named.iter().map(keys));
        let shares = row.individuals.iter().filter_map(|one| one["ownership_percentage"].as_f64()).sum::<f64>();
        assert!(shares <= 100.5, "{shares} per cent of {}", row.id);
    }
    let some = |keys: &str| Some(keys.to_owned());
    assert_eq!((shapes, most), (BTreeSet::from([None, some("id,role"), some("id,role,first_name,last_name")]), 4));
}

#[tokio::test]
async fn an_id_that_is_not_there_is_404() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let rows = sandbox.bultra_rows();
    let corporation = rows.iter().find(|row| row.party == "CORPORATION").expect("one");
    let person = rows.iter().find(|row| row.party == "INDIVIDUAL").expect("one");
    let individual = corporation.individuals[0]["id"].as_str().expect("an id");
    let body = json!({ "email": "a@b.example" });
    for (status, error) in [
        api.customer("cust_nobody").await,
        api.individual(&corporation.id, "ind_nobody").await,
        api.individual("cust_nobody", individual).await,
        api.individual(&person.id, individual).await,
        api.patch("cust_nobody", &body).await,
        api.patch_individual(&corporation.id, "ind_nobody", &body).await,
        api.patch_individual(&person.id, individual, &body).await,
    ] {
        assert_eq!((status, code(&error)), (404, "NOT_FOUND"));
    }
    assert_eq!(sandbox.bultra_rows(), rows);
}
