//! One made-up customer: what is typed, and what must arrive. `*` stands for the one person.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::computer::{Computer, Job, Program};

/// Path, what is typed, what must arrive. The number of the business is a published sample.
pub const FORM: [(&str, &str, &str); 41] = [
    ("business_details/business_name_english", "Lantern Quay Trading Pty Ltd", "Lantern Quay Trading Pty Ltd"),
    ("business_details/business_name", "灯码头贸易", "灯码头贸易"),
    ("business_details/business_type", "limited liability company", "Limited Liability Company"),
    ("business_details/website", "lanternquay.example", "https://lanternquay.example"),
    ("business_details/business_identifier_type", "Business Registration", "Business Registration"),
    ("business_details/business_identifier_country_code", "Australia", "AU"),
    ("business_details/business_identifier_number", "51824753556", "51824753556"),
    ("business_details/business_identifier_start_date", "5 may 2019", "2019-05-05T00:00:00Z"),
    ("business_details/business_identifier_expiry_date", "5 may 2039", "2039-05-05T00:00:00Z"),
    ("business_details/business_identifier_document_list/0", "file_br_2019_0042", "file_br_2019_0042"),
    ("registration_address/registration_address_country_code", "AU", "AU"),
    ("registration_address/registration_address_line1", "Level 3, 18 Harbour Street", "Level 3, 18 Harbour Street"),
    ("registration_address/registration_address_city", "Sydney", "Sydney"),
    ("registration_address/registration_address_state", "NSW", "NSW"),
    ("registration_address/registration_address_postcode", "2000", "2000"),
    ("account_usage/operating_country", "au", "AU"),
    ("account_usage/goods_service_description", "Wholesale of lamps to hotels", "Wholesale of lamps to hotels"),
    ("account_usage/industry_category_code", "5072", "5072"),
    ("account_usage/account_usage_product_reference", "Financial Services", "Financial Services"),
    ("account_usage/estimated_monthly_revenue_currency", "aud", "AUD"),
    ("account_usage/estimated_monthly_revenue_amount", AMOUNT, AMOUNT),
    ("primary_contact/contact_phone", "+61 2 5550 1234", "+61255501234"),
    ("primary_contact/contact_email", "accounts@lanternquay.example", "accounts@lanternquay.example"),
    ("business_person_list/*/basic_info/first_name_english", "Wei", "Wei"),
    ("business_person_list/*/basic_info/last_name_english", "Zhang", "Zhang"),
    ("business_person_list/*/basic_info/first_name", "伟", "伟"),
    ("business_person_list/*/basic_info/last_name", "张", "张"),
    ("business_person_list/*/basic_info/role_type", "Director", "Director"),
    ("business_person_list/*/basic_info/birth_date", "15 jan 1990", "1990-01-15T00:00:00Z"),
    ("business_person_list/*/basic_info/nationality", "China", "CN"),
    ("business_person_list/*/residential_address/residential_address_country_code", "AU", "AU"),
    ("business_person_list/*/residential_address/residential_address_line1", "7 Quarry Lane", "7 Quarry Lane"),
    ("business_person_list/*/residential_address/residential_address_city", "Hobart", "Hobart"),
    ("business_person_list/*/residential_address/residential_address_state", "Tasmania", "TAS"),
    ("business_person_list/*/residential_address/residential_address_postcode", "7099", "7099"),
    ("business_person_list/*/identification/id_type", "Passport", "Passport"),
    ("business_person_list/*/identification/id_number", "E12345678", "E12345678"),
    ("business_person_list/*/identification/id_issuing_country_code", "CN", "CN"),
    ("business_person_list/*/identification/id_issue_date", "20240612", "2024-06-12T00:00:00Z"),
    ("business_person_list/*/identification/id_expiration_date", "20340611", "2034-06-11T00:00:00Z"),
    ("business_person_list/*/identification/id_document_front_file_id", "file_pp_front_0042", "file_pp_front_0042"),
];

/// More digits than a binary floating point number keeps.
pub const AMOUNT: &str = "12345678901234567.80";

/// Fields that the untyped revision does not have.
pub const TYPED_ONLY: [&str; 5] =
    ["business_type", "business_identifier_type", "account_usage_product_reference", "role_type", "id_type"];

/// Whether a path is of a field that only the typed revision has.
pub fn is_typed_only(path: &str) -> bool {
    TYPED_ONLY.iter().any(|key| path.ends_with(&format!("/{key}")))
}

/// The practice connection of a revision.
pub async fn practice(program: &Program, revision: &str) -> Value {
    let status = program.status().await;
    let connections = status["connections"].as_array().unwrap();
    connections.iter().find(|row| row["practice"] == true && row["revision"] == revision).unwrap()["id"].clone()
}

/// Makes a draft of a connection and types the whole form; the draft as it is then.
pub async fn filled_on(program: &Program, connection: &Value) -> Value {
    let draft = program.call("draft_create", json!({ "connection": connection })).await;
    let person = draft["persons"][0].as_str().unwrap();
    let paths: Vec<_> = FORM.iter().map(|(path, typed, _)| (path.replace('*', person), *typed)).collect();
    let texts: Vec<_> = paths.iter().map(|(path, typed)| (path.as_str(), *typed)).collect();
    program.save(&draft["id"], &texts).await.unwrap();
    program.draft(&draft["id"]).await
}

/// The same on the typed practice connection.
pub async fn filled(program: &Program) -> Value {
    filled_on(program, &practice(program, "typed").await).await
}

/// What the review screen sends: the draft as last saved, nothing ticked but what every draft of this form says: its amount
/// is large, and others of the test have its numbers.
pub fn submission(draft: &Value) -> Value {
    let persons = draft["persons"].as_array().unwrap().iter().map(|person| person.as_str().unwrap());
    let document = |person| format!("business_person_list/{person}/identification/id_number duplicate.id_document");
    let mut confirmed: Vec<_> = persons.map(document).collect();
    confirmed.push("business_details/business_identifier_number duplicate.identifier".to_owned());
    confirmed.push("partner_customer_id duplicate.partner_id".to_owned());
    confirmed.push("account_usage/estimated_monthly_revenue_amount amount.large".to_owned());
    json!({ "draft": draft["id"], "seq": draft["seq"], "send_anyway": false, "confirmed": confirmed, "may_wait": false })
}

/// Submits a draft as it is now; what became of it.
pub async fn submit(program: &Program, draft: &Value) -> Value {
    let draft = program.draft(&draft["id"]).await;
    program.run("draft_submit", submission(&draft)).await
}

/// Begins to submit a draft, and waits until the platform has the request.
pub async fn submitting(computer: &Computer, program: &Program, draft: &Value) -> Job {
    let posts = computer.posts();
    let job = program.begin("draft_submit", submission(draft)).await;
    program.until("the request reaches the platform", || async { computer.posts() > posts }).await;
    job
}

/// Our id in a draft.
pub fn partner_id(draft: &Value) -> Value {
    let texts = draft["texts"].as_array().unwrap();
    texts.iter().find(|row| row["path"] == "partner_customer_id").unwrap()["text"].clone()
}

/// The leaves of a JSON as texts, by their paths.
pub fn leaves(json: &Value) -> BTreeMap<String, String> {
    fn walk(json: &Value, path: &str, found: &mut BTreeMap<String, String>) {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
        match json {
            Value::Object(object) => object.iter().for_each(|(key, value)| walk(value, &below(key), found)),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(at, value)| walk(value, &below(&at.to_string()), found));
            }
            Value::String(text) => drop(found.insert(path.to_owned(), text.clone())),
            other => drop(found.insert(path.to_owned(), other.to_string())),
        }
    }
    let mut found = BTreeMap::new();
    walk(json, "", &mut found);
    found
}
