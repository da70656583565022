//! Every answer of every endpoint, and every made-up customer, is what the contract says.

mod support;

use std::collections::BTreeSet;

use desk_sandbox::{Options, Revision};
use rstest::rstest;
use serde_json::{Value, json};
use support::*;

#[tokio::test]
async fn each_of_the_300_customers_answers_as_the_contract_says() {
    let sandbox = started();
    let schema = Schema::of("Customer", false);
    let rows = sandbox.rows();
    assert_eq!(rows.len(), 300);
    let (typed, untyped) = (Api::new(&sandbox.axisfi_typed), Api::new(&sandbox.axisfi_untyped));
    for row in &rows {
        let api = if row.revision == Revision::Typed { &typed } else { &untyped };
        let (status, by_id) = api.detail("customer_id", &row.customer_id).await;
        assert_eq!(status, 200);
        schema.assert(&by_id);
        let (_, by_partner_id) = api.detail("partner_customer_id", &row.partner_customer_id).await;
        assert_eq!(by_partner_id, by_id, "both ids find the same customer");
        schema.assert(&row.customer);
        assert_eq!(by_id == row.customer, !row.sparse, "{} answers whole unless it is a sparse one", row.customer_id);
    }
}

#[tokio::test]
async fn an_account_does_not_know_the_customers_of_the_other() {
    let sandbox = started();
    let untyped = Api::new(&sandbox.axisfi_untyped);
    let typed_row = sandbox.rows().into_iter().find(|row| row.revision == Revision::Typed).expect("one");
    assert_eq!(untyped.detail("customer_id", &typed_row.customer_id).await.0, 404);
    assert_eq!(untyped.detail("partner_customer_id", &typed_row.partner_customer_id).await.0, 404);
}

#[tokio::test]
async fn formats_are_broken_by_bare_dates_only() {
    let schema = Schema::of("Customer", true);
    let mut with_bare_dates = 0;
    for row in started().rows() {
        let faults = schema.faults(&row.customer);
        let other = faults.iter().filter(|fault| !fault.contains("_date:") || !fault.contains("date-time"));
        assert_eq!(other.collect::<Vec<_>>(), Vec::<&String>::new(), "{}", row.customer_id);
        with_bare_dates += usize::from(!faults.is_empty());
    }
    assert!((10..60).contains(&with_bare_dates), "some customers have bare dates: {with_bare_dates}");
}

#[tokio::test]
async fn a_body_that_a_customer_was_created_with_would_be_taken_again() {
    for row in started().rows() {
        let Value::Object(mut body) = row.customer else { panic!("an object") };
        for key in ["customer_id", "status", "created_at"] {
            body.shift_remove(key);
        }
        let schema = Schema::of("CreateCustomerRequest", false);
        schema.assert(&Value::Object(body));
    }
}

#[rstest]
#[case("001", true)]
#[case("002", false)]
#[tokio::test]
async fn writes_are_answered_as_the_contract_says(#[case] page: &str, #[case] typed: bool) {
    let sandbox = started();
    let api = Api::new(if typed { &sandbox.axisfi_typed } else { &sandbox.axisfi_untyped });
    let schema = Schema::of("Customer", true);
    let (status, created) = api.create(&page_body(page, "contract-test-0000000001")).await;
    assert_eq!(status, 200, "{created}");
    schema.assert(&created);
    let id = created["customer_id"].as_str().expect("an id");
    let mut body = page_body(page, "contract-test-0000000001");
    body.as_object_mut().expect("an object").shift_remove("partner_customer_id");
    Schema::of("UpdateCustomerRequest", true).assert(&body);
    let (status, updated) = api.update(id, &body).await;
    assert_eq!(status, 200, "{updated}");
    schema.assert(&updated);
    let sections = ["business_details", "registration_address"].map(|section| created.get(section).is_some());
    assert_eq!(sections, [!typed; 2], "page 001 answers without them, page 002 with them");
    assert_eq!(created["business_person_list"][0].get("basic_info").is_some(), !typed);
    assert!(created["business_person_list"][0].get("identification").is_some());
}

#[rstest]
#[case::in_a_form(true)]
#[case::in_json(false)]
#[tokio::test]
async fn files_are_taken_in_both_encodings(#[case] form: bool) {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    let request = match form {
        true => {
            let body = "--b\r\nContent-Disposition: form-data; name=\"fileType\"\r\n\r\nMain page\r\n--b\r\n\
                        Content-Disposition: form-data; name=\"file\"; filename=\"id.pdf\"\r\n\
                        Content-Type: application/pdf\r\n\r\n%PDF\r\n--b--\r\n";
            api.post("/api/files/upload").header("Content-Type", "multipart/form-data; boundary=b").body(body)
        }
        false => api.post_text("/api/files/upload", json!({ "file": "JVBERg==", "fileType": "Main page" }).to_string()),
    };
    let (status, uploaded) = answer(request.send().await.expect("an answer")).await;
    assert_eq!(status, 200, "{uploaded}");
    let contract = contract();
    let schema = &contract["paths"]["/api/files/upload"]["post"]["responses"]["200"]["content"]["application/json"];
    Schema::inline(schema["schema"].clone(), true).assert(&uploaded);
    let file = sandbox.files().remove(0);
    assert_eq!((file.size, json!(file.file_id)), (4, uploaded["file_id"].clone()));
    assert_eq!((file.file_type.as_str(), file.name.as_deref()), ("Main page", form.then_some("id.pdf")));
    assert_eq!(file.sha256, "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027", "of the bytes %PDF");
    assert_eq!(sandbox.snapshot()["files"][0]["sha256"], file.sha256, "it is in the snapshot");
}

#[tokio::test]
async fn a_file_of_several_megabytes_is_taken_in_a_form() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_untyped);
    let head = "--b\r\nContent-Disposition: form-data; name=\"fileType\"\r\n\r\nInvoice\r\n--b\r\n\
                Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    let body = format!("{head}{}\r\n--b--\r\n", "x".repeat(8_000_000));
    let request = api.post("/api/files/upload").header("Content-Type", "multipart/form-data; boundary=b").body(body);
    assert_eq!(answer(request.send().await.expect("an answer")).await.0, 200);
}

#[rstest]
#[case(json!({ "fileType": "Main page" }), &["file"])]
#[case(json!({ "file": "????", "fileType": "Main page" }), &["file"])]
#[case(json!({ "file": "", "fileType": "Main page" }), &["file"])]
#[case(json!({ "file": "JVBERg==", "fileType": "Portrait" }), &["fileType"])]
#[case(json!({}), &["file", "fileType"])]
#[tokio::test]
async fn an_upload_without_its_parts_is_refused_by_name(#[case] body: Value, #[case] fields: &[&str]) {
    let sandbox = started();
    let request = Api::new(&sandbox.axisfi_typed).post_text("/api/files/upload", body.to_string());
    let (status, error) = answer(request.send().await.expect("an answer")).await;
    assert_eq!((status, named_fields(&error)), (400, fields.iter().map(|&field| field.to_owned()).collect()));
}

#[tokio::test]
async fn the_customers_cover_what_a_client_must_cope_with() {
    let rows = started().rows();
    let texts = |pointer: &str| -> BTreeSet<String> {
        rows.iter().filter_map(|row| row.customer.pointer(pointer)?.as_str().map(str::to_owned)).collect()
    };
    let countries = texts("/registration_address/registration_address_country_code");
    assert!(countries.len() >= 14, "{countries:?}");
    let statuses = texts("/status");
    for word in ["Succeeded", "Processing", "Failed", "Suspended", "active", "pending", "rejected", "suspended"] {
        assert!(statuses.contains(word), "{word} is missing");
    }
    assert!(statuses.contains("on_hold_l2") && statuses.len() > 9, "statuses that no page names: {statuses:?}");
    let persons = |row: &desk_sandbox::CustomerRow| row.customer["business_person_list"].as_array().map_or(0, Vec::len);
    assert_eq!(rows.iter().map(persons).collect::<BTreeSet<_>>(), BTreeSet::from([1, 2, 3, 4, 5]));
    let count = |holds: &dyn Fn(&desk_sandbox::CustomerRow) -> bool| rows.iter().filter(|row| holds(row)).count();
    assert_eq!(count(&|row| row.revision == Revision::Typed), 200);
    assert!(count(&|row| row.status == "Succeeded" || row.status == "active") > 200, "most of them are active");
    assert!(count(&|row| row.sparse) >= 20);
    assert!(count(&|row| row.customer.get("risk_tier").is_some()) >= 20, "fields no page names");
    assert!(count(&|row| row.customer.get("primary_contact").is_none()) >= 5, "sections may be absent");
    assert!(count(&|row| row.customer.to_string().contains(":12345678901234567.80")) >= 3);
    let scripts =
        [('\u{4e00}', '\u{9fff}'), ('\u{3040}', '\u{30ff}'), ('\u{ac00}', '\u{d7a3}'), ('\u{600}', '\u{6ff}')];
    for (from, to) in scripts.into_iter().chain([('\u{e00}', '\u{e7f}'), ('\u{900}', '\u{97f}'), ('ß', 'ü')]) {
        let holds =
            |row: &desk_sandbox::CustomerRow| row.customer.to_string().chars().any(|c| (from..=to).contains(&c));
        assert!(count(&holds) > 3, "the script of {from}");
    }
}

#[tokio::test]
async fn ids_are_unique_and_people_are_of_age() {
    let rows = started().rows();
    let ids: BTreeSet<_> = rows.iter().map(|row| &row.customer_id).collect();
    let partner_ids: BTreeSet<_> = rows.iter().map(|row| &row.partner_customer_id).collect();
    let names: BTreeSet<_> =
        rows.iter().map(|row| row.customer["business_details"]["business_name_english"].to_string()).collect();
    assert_eq!((ids.len(), partner_ids.len(), names.len()), (300, 300, 300));
    for row in &rows {
        for person in row.customer["business_person_list"].as_array().expect("a list") {
            let birth = person["basic_info"]["birth_date"].as_str().expect("a date");
            assert!(birth[..10] < *"2005-01-01" && birth[..10] > *"1948-12-31", "{birth}");
            let info = person["basic_info"].as_object().expect("an object");
            assert_eq!(info.contains_key("first_name"), info.contains_key("last_name"), "one script for both names");
        }
    }
}

#[tokio::test]
async fn nothing_made_up_can_be_reached() {
    for row in started().rows() {
        let text = |pointer: &str| row.customer.pointer(pointer).and_then(Value::as_str).unwrap_or("none.example");
        let email = text("/primary_contact/contact_email");
        let website = text("/business_details/website");
        assert!(email.ends_with(".example") && website.ends_with(".example"), "{email} {website}");
    }
}

#[tokio::test]
async fn the_untyped_account_has_none_of_the_type_fields() {
    let typed_only = [
        "\"business_type\"",
        "\"business_identifier_type\"",
        "\"role_type\"",
        "\"id_type\"",
        "\"account_usage_product_reference\"",
    ];
    for row in started().rows() {
        let text = row.customer.to_string();
        if row.revision == Revision::Untyped {
            assert!(typed_only.iter().all(|key| !text.contains(key)), "{text}");
        } else {
            assert!(text.contains(typed_only[0]), "{text}");
        }
    }
}

#[tokio::test]
async fn the_customers_are_the_same_every_time() {
    let (first, second) = (started_with(Options::default()), started_with(Options::default()));
    assert_eq!(first.snapshot(), second.snapshot());
    assert_ne!(first.addr, second.addr, "port 0 gives each its own");
}
