//! What the page is told of countries and lists, and what a house says instead.

use desk_domain::lists::LISTS;
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::practice;
use super::reveals::{policy, with_policy};

async fn form(program: &Program, country: &str) -> Value {
    program.call("address_form", json!({ "country": country })).await
}

fn parts(form: &Value) -> Vec<&str> {
    form["parts"].as_array().unwrap().iter().map(|part| part["part"].as_str().unwrap()).collect()
}

fn part<'a>(form: &'a Value, name: &str) -> &'a Value {
    form["parts"].as_array().unwrap().iter().find(|part| part["part"] == name).unwrap()
}

#[tokio::test]
async fn a_form_has_the_parts_of_its_country_in_its_order_and_words() {
    let program = Computer::new().start().await;
    let australia = form(&program, "australia").await;
    assert_eq!((&australia["country"], &australia["calling_code"]), (&json!("AU"), &json!("+61")));
    let state = part(&australia, "state");
    assert_eq!((&state["word"], &state["required"]), (&json!("state"), &json!(true)));
    assert!(state["options"].as_array().unwrap().iter().any(|region| region["value"] == "NSW"), "{state}");
    assert_eq!(part(&australia, "city")["word"], "suburb");
    let postcode = part(&australia, "postcode");
    assert_eq!((&postcode["required"], postcode["example"].is_string()), (&json!(true), true));

    let hong_kong = form(&program, "HK").await;
    assert!(!parts(&hong_kong).contains(&"postcode"), "Hong Kong has no postcodes: {hong_kong}");
    let area = part(&hong_kong, "state");
    assert!(area.to_string().contains("KLN"), "other names of a region find it: {area}");
    assert_eq!((&area["word"], &area["required"]), (&json!("area"), &json!(true)));

    let japan = form(&program, "JP").await;
    let place = |name| parts(&japan).iter().position(|part| *part == name).unwrap();
    assert!(
        place("postcode") < place("state") && place("state") < place("line1"),
        "from the whole to the part: {japan}"
    );
    assert_eq!(part(&japan, "state")["word"], "prefecture");

    let singapore = form(&program, "SG").await;
    assert_eq!(singapore["only_city"], "Singapore");
    assert!(!parts(&singapore).contains(&"state"));
}

#[rstest]
#[case::nothing("")]
#[case::a_part("austral")]
#[case::no_country("Atlantis")]
#[tokio::test]
async fn a_country_that_nobody_can_tell_has_no_form_and_is_no_error(#[case] typed: &str) {
    let program = Computer::new().start().await;
    let none = json!({ "country": "", "parts": [], "only_city": null, "calling_code": null });
    assert_eq!(form(&program, typed).await, none);
}

#[rstest]
#[case::lines("Level 3, 18 Harbour Street\nSydney NSW 2000\nAustralia", "", ["AU", "Level 3, 18 Harbour Street", "Sydney", "NSW", "2000"])]
#[case::the_form_knows("18 Harbour Street\nSydney NSW 2000", "AU", ["AU", "18 Harbour Street", "Sydney", "NSW", "2000"])]
#[case::one_line("10 Downing Street, London, SW1A 2AA, United Kingdom", "", ["GB", "10 Downing Street", "London", "", "SW1A 2AA"])]
#[tokio::test]
async fn a_pasted_block_is_taken_apart(#[case] text: &str, #[case] country: &str, #[case] expected: [&str; 5]) {
    let program = Computer::new().start().await;
    let split = program.call("address_split", json!({ "text": text, "country": country })).await;
    assert_eq!(split["found"], true, "{split}");
    let fields = ["country", "line1", "city", "state", "postcode"].map(|name| split[name].as_str().unwrap().to_owned());
    assert_eq!(&fields[1..], &expected[1..]);
    assert!(fields[0] == expected[0] || !country.is_empty(), "{split}");
}

#[tokio::test]
async fn a_line_that_is_one_part_stays_whole() {
    let program = Computer::new().start().await;
    let split = program.call("address_split", json!({ "text": "18 Harbour Street", "country": "AU" })).await;
    let nothing = json!({ "found": false, "country": "", "line1": "", "city": "", "state": "", "postcode": "" });
    assert_eq!(split, nothing);
}

fn list<'a>(lists: &'a Value, key: &str) -> &'a Value {
    lists["lists"].as_array().unwrap().iter().find(|list| list["key"] == key).unwrap()
}

#[tokio::test]
async fn the_page_has_all_lists_and_names_that_find_a_country() {
    let program = Computer::new().start().await;
    let lists = program.call("code_lists", json!({})).await;
    let keys: Vec<_> = lists["lists"].as_array().unwrap().iter().map(|list| list["key"].clone()).collect();
    assert_eq!(keys, LISTS.iter().map(|(field, ..)| json!(field.spec().key)).collect::<Vec<_>>());
    let role = list(&lists, "role_type");
    assert_eq!((&role["entries"][0]["value"], &role["own"]), (&json!("Director"), &json!(false)));
    let netherlands = lists["countries"].as_array().unwrap().iter().find(|country| country["code"] == "NL").unwrap();
    assert!(netherlands["aliases"].as_array().unwrap().contains(&json!("Holland")), "{netherlands}");
    assert!(lists["currencies"].as_array().unwrap().contains(&json!("AUD")));
}

/// A computer whose house has put this list of roles beside the data.
fn with_roles(bytes: &[u8]) -> Computer {
    let computer = Computer::new();
    std::fs::create_dir_all(computer.data().join("lists")).unwrap();
    std::fs::write(computer.data().join("lists/role_type.txt"), bytes).unwrap();
    computer
}

/// What is said of a text in a field of the first person.
async fn said_of(program: &Program, typed: &[(&str, &str)]) -> Vec<Value> {
    let draft = program.call("draft_create", json!({ "connection": practice(program, "typed").await })).await;
    let person = draft["persons"][0].as_str().unwrap();
    let paths: Vec<_> = typed.iter().map(|(path, text)| (path.replace('*', person), *text)).collect();
    let texts: Vec<_> = paths.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let saved = program.save(&draft["id"], &texts).await.unwrap();
    saved["check"]["problems"].as_array().unwrap().clone()
}

const ROLE: &str = "business_person_list/*/basic_info/role_type";
const BORN: &str = "business_person_list/*/basic_info/birth_date";

#[tokio::test]
async fn a_list_of_the_house_takes_the_place_of_the_built_in_one() {
    let computer = with_roles("\u{FEFF}# Ours\r\nPartner | Partner of the firm | associate\r\nOwner\r\n".as_bytes());
    let program = computer.start().await;
    let lists = program.call("code_lists", json!({})).await;
    let partner = json!({ "value": "Partner", "label": "Partner of the firm", "aliases": ["associate"] });
    let owner = json!({ "value": "Owner", "label": null, "aliases": [] });
    assert_eq!(*list(&lists, "role_type"), json!({ "key": "role_type", "entries": [partner, owner], "own": true }));
    assert_eq!(list(&lists, "id_type")["own"], false);
    assert_eq!(said_of(&program, &[(ROLE, "associate")]).await, [Value::Null; 0]);
    let other = said_of(&program, &[(ROLE, "Director")]).await;
    assert_eq!((other.len(), &other[0]["code"]), (1, &json!("choice.other")));

    let about = program.call("about", json!({})).await;
    let role = about["lists"].as_array().unwrap().iter().find(|list| list["key"] == "role_type").unwrap();
    let expected =
        json!({ "key": "role_type", "file": "role_type.txt", "entries": 2, "own": true, "unreadable": false });
    assert_eq!(*role, expected);
    assert_eq!(about["lists_folder"], json!(computer.data().join("lists").to_string_lossy()));
}

#[rstest]
#[case::not_utf_8(b"Propri\xe9taire\n")]
#[case::nothing(b"# to be written\n")]
#[tokio::test]
async fn a_list_that_nobody_can_read_leaves_the_built_in_one_and_a_line_in_the_trail(#[case] bytes: &[u8]) {
    let computer = with_roles(bytes);
    let program = computer.start().await;
    let lists = program.call("code_lists", json!({})).await;
    let role = list(&lists, "role_type");
    assert_eq!((&role["entries"][0]["value"], &role["own"]), (&json!("Director"), &json!(false)));
    let about = program.call("about", json!({})).await;
    let unreadable = about["lists"].as_array().unwrap().iter().filter(|list| list["unreadable"] == true);
    assert_eq!(unreadable.map(|list| list["key"].clone()).collect::<Vec<_>>(), ["role_type"]);
    let trail = program.activity(json!({ "query": "program.list" })).await;
    let row = &trail["rows"][0];
    assert_eq!((trail["rows"].as_array().unwrap().len(), &row["result"]), (1, &json!("list.unreadable")));
    assert_eq!(row["detail"], json!("role_type.txt"), "not where it is: the path holds the user's name");
}

#[tokio::test]
async fn what_the_rules_read_is_named_with_its_maker() {
    let program = Computer::new().start().await;
    let about = program.call("about", json!({})).await;
    let licences: Vec<_> = about["data"].as_array().unwrap().iter().map(|data| data["licence"].clone()).collect();
    assert_eq!(licences, ["CC-BY-4.0", "Unicode-3.0", "Apache-2.0"]);
}

#[rstest]
#[case::grown_up("minimum_age = 21", 20, &["age.minor"])]
#[case::old_enough("minimum_age = 21", 22, &[])]
#[case::less("minimum_age = 16", 17, &[])]
#[case::no_policy("", 17, &["age.minor"])]
#[tokio::test]
async fn the_least_age_is_the_policys(#[case] text: &str, #[case] years: i32, #[case] codes: &[&str]) {
    let (_folder, path, owner) = policy(text, 0o644);
    let program = with_policy(&path, owner).start().await;
    let draft = program.call("draft_create", json!({ "connection": practice(&program, "typed").await })).await;
    let today = draft["check"]["today"].as_str().unwrap();
    // On the first of a month, which every month has.
    let (year, month) = (today[..4].parse::<i32>().unwrap(), &today[5..7]);
    let said = said_of(&program, &[(BORN, &format!("{}-{month}-01", year - years))]).await;
    assert_eq!(said.iter().map(|problem| problem["code"].clone()).collect::<Vec<_>>(), codes);
}

#[rstest]
#[case("registration_address/registration_address_country_code")]
#[case("business_person_list/*/residential_address/residential_address_country_code")]
#[case("account_usage/operating_country")]
#[tokio::test]
async fn a_country_that_the_policy_closes_is_an_error(#[case] field: &str) {
    let (_folder, path, owner) = policy("closed_countries = [\"AQ\", \"Norway\"]", 0o644);
    let program = with_policy(&path, owner).start().await;
    for country in ["Antarctica", "no"] {
        let said = said_of(&program, &[(field, country)]).await;
        let closed: Vec<_> = said.iter().filter(|problem| problem["code"] == "country.closed").collect();
        assert_eq!((closed.len(), &closed[0]["severity"]), (1, &json!("error")), "{country}");
    }
    assert_eq!(said_of(&program, &[(field, "Sweden")]).await, [Value::Null; 0]);
}

#[rstest]
#[case::no_country("closed_countries = [\"Atlantis\"]")]
#[case::no_list("closed_countries = \"NO\"")]
#[case::no_number("minimum_age = \"21\"")]
#[case::no_age("minimum_age = 2100")]
#[case::negative("minimum_age = -1")]
#[tokio::test]
async fn a_policy_with_a_slip_is_not_half_obeyed(#[case] text: &str) {
    let (_folder, path, owner) = policy(text, 0o644);
    let program = with_policy(&path, owner).start().await;
    let trail = program.activity(json!({ "query": "program.policy" })).await;
    assert_eq!(trail["rows"][0]["result"], "policy.unreadable");
}
