//! Nothing of a person crosses to the page before it was asked for and the trail says so, of Bultra either (DECISIONS 14): a
//! canary in every personal place of its records, and every answer of every command that shows one.

use std::cell::RefCell;

use serde_json::{Map, Value, json};

use super::bultra_records::{change, computer, individual, read, reference, somebody};
use super::computer::Program;

/// Canaries before and after the platform changed all of them, and spellings of each that say as much as it does. What a
/// mask may show is in none of them. Longer than what a UUID or a time may hold by chance.
const CANARIES: [(&str, [&str; 2], [&str; 2]); 7] = [
    ("email", ["canaryone@canaryhost.example", "kanaritwo@kanarihost.example"], ["anary", "anari"]),
    ("phone", ["+61298765432", "+61287651234"], ["98765432", "87651234"]),
    ("line1", ["4711 Flute Lane", "4712 Oboe Road"], ["4711 F", "4712 O"]),
    ("city", ["Fluteville", "Oboedorf"], ["Flutevi", "Oboedor"]),
    ("state", ["Flutania", "Oboenia"], ["Flutani", "Oboeni"]),
    ("postal_code", ["FLU 9Z1", "OBO 8Y2"], ["FLU 9", "OBO 8"]),
    ("date_of_birth", ["1937-11-23", "1938-10-27"], ["1937-11", "1938-10"]),
];

/// Names of people where no page says that there are any.
const WHISPERED: [&str; 2] = ["Zebedee Quillfeather", "Ottoline Wrenbury"];

fn put(held: &mut Map<String, Value>, changed: bool) {
    let at = usize::from(changed);
    let value = |key: &str| json!(CANARIES.iter().find(|(of, ..)| *of == key).unwrap().1[at]);
    let mut address = json!({ "country": "AU", "landmark": WHISPERED[at] });
    for key in ["line1", "city", "state", "postal_code"] {
        address[key] = value(key);
    }
    held.insert("email".to_owned(), value("email"));
    held.insert("phone".to_owned(), value("phone"));
    match held.get("type").and_then(Value::as_str) {
        Some("INDIVIDUAL") => {
            held["individual"]["date_of_birth"] = value("date_of_birth");
            held["individual"]["address"] = address;
        }
        Some(_) => {
            let mut corporation =
                json!({ "chairwoman": WHISPERED[at], "directors": [{ "id": "d1", "note": WHISPERED[at] }] });
            corporation["legal_name"] = json!("Plainly Shown Ltd");
            corporation["address"] = address;
            held.insert("corporation".to_owned(), corporation);
        }
        None => {
            held.insert("address".to_owned(), address);
            held.insert("date_of_birth".to_owned(), value("date_of_birth"));
        }
    }
}

struct Trace<'a> {
    program: &'a Program,
    crossed: RefCell<Vec<(String, String)>>,
}

impl Trace<'_> {
    async fn call(&self, name: &str, request: Value) -> Value {
        let answer = self.program.ask(name, request).await;
        let text = match &answer {
            Ok(answer) => answer.to_string(),
            Err(error) => serde_json::to_string(error).unwrap(),
        };
        self.crossed.borrow_mut().push((name.to_owned(), text));
        answer.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    async fn run(&self, name: &str, request: Value) -> Value {
        let last = self.program.begin(name, request).await.last().await;
        self.crossed.borrow_mut().push((name.to_owned(), last.to_string()));
        last
    }

    async fn look(&self, id: &str) {
        let at = reference(self.program, id).await;
        for command in ["customer_preview", "customer_open", "customer_raw"] {
            self.call(command, at.clone()).await;
        }
        let list = self.call("reading_list", at.clone()).await;
        for before in list["readings"].as_array().unwrap() {
            for all in [true, false] {
                let mut request = at.clone();
                request["before"] = before["id"].clone();
                request["after"] = Value::Null;
                request["all"] = json!(all);
                self.call("reading_compare", request).await;
            }
        }
        for query in ["", "plainly", "canaryone@canaryhost.example"] {
            let all =
                json!({ "query": query, "group": null, "sort": "name", "reversed": false, "offset": 0, "limit": 200 });
            self.call("customer_list", all).await;
        }
        let drafts = json!({ "query": "", "group": null, "deleted": false, "offset": 0, "limit": 200 });
        self.call("draft_list", drafts).await;
        self.call("activity_list", json!({ "before": null, "kind": null, "query": "", "limit": 200 })).await;
        for command in ["app_status", "outbox_list"] {
            self.call(command, json!({})).await;
        }
        let by = json!({ "connection": at["connection"], "by": "customer_id", "value": id });
        self.run("customer_lookup", by).await;
    }

    async fn look_at_update(&self, draft: &Value) -> Value {
        let request = json!({ "draft": draft });
        for command in ["draft_open", "draft_review"] {
            self.call(command, request.clone()).await;
        }
        self.call("update_merge", request).await
    }

    fn holds_nothing_personal(&self) {
        let crossed = self.crossed.take();
        for word in ["AU", "•••@•••.example", "+61 ••• •••• ••"] {
            assert!(crossed.iter().any(|(_, answer)| answer.contains(word)), "what may show does: {word}");
        }
        let spellings = CANARIES.iter().flat_map(|(_, _, spellings)| spellings).chain(&WHISPERED);
        for spelling in spellings {
            for (what, answer) in &crossed {
                // Whoever searches for a value knows it.
                assert!(!answer.contains(spelling), "{what} says {spelling}: {answer}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_personal_crosses_to_the_page_before_it_is_shown() {
    let computer = computer();
    let program = computer.start().await;
    let (person, company) = (somebody(&computer, "INDIVIDUAL"), somebody(&computer, "CORPORATION"));
    for id in [person.id.clone(), company.id.clone(), individual(&company)] {
        let trace = Trace { program: &program, crossed: RefCell::default() };
        change(&computer, &id, |held| put(held, false));
        let at = reference(&program, &id).await;
        trace.run("customer_lookup", json!({ "connection": at["connection"], "by": "customer_id", "value": id })).await;
        trace.look(&id).await;
        let draft = trace.call("update_begin", at.clone()).await["id"].clone();
        trace.look_at_update(&draft).await;
        trace.look(&id).await;
        trace.holds_nothing_personal();

        change(&computer, &id, |held| put(held, true));
        trace.look(&id).await;
        let typed = json!({ "op": "set", "path": "primary_contact/contact_phone", "text": "+61 2 5550 4321" });
        trace.call("draft_save", json!({ "draft": draft, "edits": [typed], "position": null, "closing": false })).await;
        let merge = trace.look_at_update(&draft).await;
        assert_eq!(merge["clashes"].as_array().unwrap().len(), 1, "both changed the phone: {merge}");
        let open = trace.call("draft_open", json!({ "draft": draft })).await;
        let submit =
            json!({ "draft": draft, "seq": open["seq"], "send_anyway": true, "confirmed": [], "may_wait": false });
        let told = trace.run("draft_submit", submit).await;
        assert_eq!(told["view"]["reason"]["code"], "update.clash", "{told}");
        trace.look(&id).await;
        trace.holds_nothing_personal();
    }
}

#[tokio::test]
async fn a_value_that_is_shown_crosses_alone_and_the_trail_has_the_whole_id() {
    let computer = computer();
    let program = computer.start().await;
    let company = somebody(&computer, "CORPORATION");
    let id = individual(&company);
    change(&computer, &id, |held| put(held, false));
    read(&program, &id).await;
    let mut request = reference(&program, &id).await;
    for (path, value) in [
        ("registration_address/registration_address_city", "Fluteville"),
        ("address/city", "Fluteville"),
        ("primary_contact/contact_email", "canaryone@canaryhost.example"),
        ("address/landmark", WHISPERED[0]),
    ] {
        request["path"] = json!(path);
        let shown = program.call("customer_reveal", request.clone()).await;
        assert_eq!(shown["value"], json!(value), "{path}");
        let rows = program.activity(json!({ "query": "customer.reveal" })).await;
        assert_eq!(rows["rows"][0]["detail"], json!(path));
        assert!(rows["rows"][0].to_string().contains(&id), "{}", rows["rows"][0]);
    }
}
