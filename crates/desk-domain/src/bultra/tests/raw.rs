//! The answer as it came, line by line, and what of it is plain.

use rstest::rstest;
use serde_json::{Value, json};

use super::{acme, read, with};
use crate::bultra::{about, canonical};
use crate::customer::{Customer, Leaf, UnknownLeaf, is_plain_unknown, lines, lines_of, text_at};
use crate::platform::Kind;

#[rstest]
#[case("type", true)]
#[case("role", true)]
#[case("ownership_percentage", true)]
#[case("id", true)]
#[case("accounts/acc_1/status", true)]
#[case("accounts/a~1b/currency", true)]
#[case("accounts/acc_1/id", true)]
#[case("individuals/ind_1/id", true)]
#[case("individuals/ind_1/role", true)]
#[case("corporation/directors/ind_1/role", true)]
#[case("individuals/ind_1/first_name", false)]
#[case("accounts/#1/status", true)]
#[case("individuals/#1/role", false)]
#[case("accounts/acc_1/iban", false)]
#[case("accounts/acc_1", false)]
#[case("accounts/acc_1/status/0", false)]
#[case("corporation/role", false)]
#[case("individual/role", false)]
#[case("registration_address/line2", false)]
fn what_is_plain(#[case] path: &str, #[case] plain: bool) {
    assert_eq!(is_plain_unknown(Kind::Bultra, path), plain);
    assert!(!is_plain_unknown(Kind::Axisfi, path));
}

#[test]
fn the_raw_answer_line_by_line() {
    let answer = with(acme(), "/individual", json!(null));
    let spelled: Vec<_> = lines_of(Kind::Bultra, &answer)
        .into_iter()
        .filter_map(|line| {
            let leaf = match line.leaf? {
                Leaf::Known(path) => path.to_string(),
                Leaf::Empty => "empty".to_owned(),
                Leaf::Plain => "plain".to_owned(),
                Leaf::Unknown => "unknown".to_owned(),
            };
            Some(format!("{}: {leaf}", line.path))
        })
        .collect();
    let expected = [
        "id: customer_id",
        "type: plain",
        "status: status",
        "email: primary_contact/contact_email",
        "corporation/legal_name: business_details/business_name_english",
        "corporation/trading_name: unknown",
        "corporation/registration_number: unknown",
        "corporation/registered_address/street: registration_address/registration_address_line1",
        "corporation/registered_address/zip: registration_address/registration_address_postcode",
        "corporation/registered_address/country_code: registration_address/registration_address_country_code",
        "corporation/registered_address/line2: unknown",
        "corporation/directors/0/id: plain",
        "corporation/directors/0/name: unknown",
        "individuals/0/id: plain",
        "individuals/0/role: plain",
        "individuals/0/first_name: unknown",
        "individuals/0/last_name: unknown",
        "accounts: plain",
        "individual: empty",
    ];
    assert_eq!(spelled, expected);
    let all = lines_of(Kind::Bultra, &answer);
    assert_eq!(
        all.iter().map(|line| &line.path).collect::<Vec<_>>(),
        lines(&answer).iter().map(|line| &line.path).collect::<Vec<_>>()
    );
    assert!(
        lines_of(Kind::Bultra, &json!({ "error": 1 }))
            .iter()
            .all(|line| matches!(line.leaf, None | Some(Leaf::Unknown)))
    );
    assert_eq!(lines_of(Kind::Axisfi, &answer), lines(&answer));
}

/// What of an answer is shown plain: the raw answer, and the record beside it.
fn plain_texts(answer: &Value) -> Vec<String> {
    let raw: Vec<_> = lines_of(Kind::Bultra, answer)
        .into_iter()
        .filter(|line| line.leaf == Some(Leaf::Plain))
        .map(|line| line.json.to_string())
        .collect();
    let customer = read(answer);
    let plain = |leaf: &&UnknownLeaf| is_plain_unknown(Kind::Bultra, &leaf.path);
    let record: Vec<_> = customer.unknown.iter().filter(plain).map(|leaf| leaf.json.to_string()).collect();
    assert!(record.iter().all(|text| raw.contains(text)), "{record:?} of {raw:?}");
    raw
}

/// A name in a list whose meaning is guessed is no id.
#[rstest]
#[case::ids(json!({ "individuals": ["ind_1"], "accounts": ["acc_1"], "corporation": { "individuals": ["ind_2"] } }), 3)]
#[case::names(json!({ "owners": ["Jane Smith"], "corporation": { "directors": ["Jo Bo", 5] } }), 0)]
#[case::ids_of_their_own(json!({ "owners": [{ "id": "ind_1", "name": "Jane Smith" }] }), 1)]
fn a_bare_text_is_an_id_only_where_ids_are(#[case] parts: Value, #[case] plain: usize) {
    let mut answer = json!({ "id": "c" });
    answer.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    assert_eq!(plain_texts(&answer).len(), plain, "{answer}");
    let named: Vec<_> = about(&answer).individuals.into_iter().map(|one| one.id).collect();
    assert!(named.iter().all(|id| id.starts_with("ind_")), "{named:?}");
}

#[rstest]
#[case(json!("2026-01-15T14:45:00Z"), 1)]
#[case(json!(1_768_000_000), 1)]
#[case(json!(null), 1)]
#[case(json!({ "by": "Jane Smith" }), 0)]
#[case(json!(["Jane Smith"]), 0)]
fn when_it_was_updated_is_plain_where_it_is_a_time(#[case] updated_at: Value, #[case] plain: usize) {
    let answer = json!({ "id": "c", "updated_at": updated_at });
    assert_eq!(plain_texts(&answer).len(), plain);
    assert!(lines_of(Kind::Bultra, &answer).iter().all(|line| line.depth < 2 || line.leaf == Some(Leaf::Unknown)));
}

/// Whoever would compare each with each other does not come to an end here.
#[test]
fn fifty_thousand_with_one_id_are_told_apart() {
    const COUNT: usize = 50_000;
    let entries = vec![json!({ "id": "ind_1", "role": "OWNER" }); COUNT];
    let answer = json!({ "id": "c", "individuals": entries });
    let canonical = canonical(&answer).unwrap();
    let keyed = canonical["individuals"].as_object().unwrap();
    assert_eq!(keyed.len(), COUNT);
    assert!(keyed.contains_key("ind_1") && keyed.contains_key(&format!("ind_1 ({COUNT})")));
    assert_eq!(plain_texts(&answer).len(), 2 * COUNT);
    assert_eq!(about(&answer).individuals.len(), 1);
    let others: Vec<_> = (0..COUNT).map(|at| json!({ "id": format!("ind_{at}") })).collect();
    assert_eq!(about(&json!({ "id": "c", "individuals": others })).individuals.len(), COUNT);
}

#[rstest]
#[case("corporation/registered_address/zip", Some("94105"))]
#[case("individuals/0/first_name", Some("Jane"))]
#[case("accounts", Some("[]"))]
#[case("individual", None)]
#[case("individuals/ind_456789/first_name", None)]
#[case("registration_address/registration_address_postcode", None)]
#[case("corporation", None)]
#[case("", None)]
fn the_text_of_a_raw_leaf(#[case] path: &str, #[case] text: Option<&str>) {
    assert_eq!(text_at(Kind::Bultra, &with(acme(), "/individual", json!(null)), path).as_deref(), text);
}

#[test]
fn the_text_of_a_raw_leaf_of_axisfi_is_that_of_the_customer() {
    let answer = json!({ "customer_id": 5, "status": null, "business_details": {}, "risk": { "a/b": [1, "x"] },
                         "primary_contact": { "contact_email": "a@b.example" } });
    let customer = Customer::from_json(&answer).unwrap();
    for line in lines(&answer).into_iter().filter(|line| line.leaf.is_some()) {
        let known = line.path.parse().ok().and_then(|path| customer.leaf(path)).map(str::to_owned);
        let unknown = customer.unknown.iter().find(|leaf| leaf.path == line.path).map(|leaf| leaf.text());
        assert_eq!(text_at(Kind::Axisfi, &answer, &line.path), known.or(unknown), "{}", line.path);
    }
}
