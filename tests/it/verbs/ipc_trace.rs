//! No personal value leaves Rust before it was asked for and the trail says so (DECISIONS 14): a customer with a canary in
//! every personal field, and every answer of every command that shows one, read to the last letter.

use std::cell::RefCell;

use desk_core::ipc::IpcError;
use desk_domain::field::{FIELDS, FieldSpec, Masking, Section};
use desk_domain::path::section_key;
use serde_json::{Map, Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, practice};
use super::updates::{customer, read};

/// A personal value, and every spelling of it or of a part of it that says as much.
struct Canary {
    value: &'static str,
    spellings: &'static [&'static str],
}

/// Canaries of a field's way of being masked, before and after the platform changed all of them. What a mask may show (the
/// year, the last digits, the ending) is in none of the spellings.
fn canary(spec: &FieldSpec, changed: bool) -> Canary {
    let pair = match (spec.masking, spec.key) {
        (Masking::Phone, _) => [
            Canary { value: "+61298765432", spellings: &["98765432", "987654", "9876 54", "(02) 98"] },
            Canary { value: "+61287651234", spellings: &["87651234", "876512", "8765 12", "(02) 87"] },
        ],
        (Masking::Email, _) => [
            Canary { value: "canaryone@canaryhost.example", spellings: &["anaryone", "canaryhost"] },
            Canary { value: "kanaritwo@kanarihost.example", spellings: &["anaritwo", "kanarihost"] },
        ],
        (Masking::Date, _) => [
            Canary {
                value: "1937-11-23T00:00:00Z",
                spellings: &["1937-11", "23 Nov", "November 23", "23.11.1937", "23/11/1937", "19371123"],
            },
            Canary {
                value: "1938-10-27T00:00:00Z",
                spellings: &["1938-10", "27 Oct", "October 27", "27.10.1938", "27/10/1938", "19381027"],
            },
        ],
        (Masking::Tail, "id_number") => [
            Canary { value: "KANARI70012345", spellings: &["KANARI700123"] },
            Canary { value: "KANARI80067890", spellings: &["KANARI800678"] },
        ],
        (Masking::Tail, _) => [
            Canary { value: "BIRD-44012345", spellings: &["BIRD-440123"] },
            Canary { value: "BIRD-55067890", spellings: &["BIRD-550678"] },
        ],
        (_, "residential_address_line1") => [
            Canary { value: "4711 Canary Lane", spellings: &["4711 Can", "Canary Lane"] },
            Canary { value: "4712 Kanari Road", spellings: &["4712 Kan", "Kanari Road"] },
        ],
        (_, "residential_address_city") => [
            Canary { value: "Canaryville", spellings: &["anaryville"] },
            Canary { value: "Kanaridorf", spellings: &["anaridorf"] },
        ],
        (_, "residential_address_state") => [
            Canary { value: "Canarania", spellings: &["anarania"] },
            Canary { value: "Kanarinia", spellings: &["anarinia"] },
        ],
        (_, "residential_address_postcode") => [
            Canary { value: "CAN 9Z1", spellings: &["CAN 9Z", "CAN9Z"] },
            Canary { value: "KAN 8Y2", spellings: &["KAN 8Y", "KAN8Y"] },
        ],
        (masking, key) => panic!("{key} is masked as {masking:?} and has no canary: give it one"),
    };
    let [one, other] = pair;
    if changed { other } else { one }
}

/// Where an unknown leaf stands, and what: it may be anything, so nothing of it may show.
const UNKNOWN: [(&str, &str, Canary); 2] = [
    ("passport", "mrz", Canary { value: "P<UTOCANARYBIRD<<A", spellings: &["UTOCANARY"] }),
    ("primary_contact", "private_line", Canary { value: "whisper-7-canary", spellings: &["whisper-7"] }),
];

fn personal() -> impl Iterator<Item = &'static FieldSpec> {
    FIELDS.iter().filter(|spec| spec.masking != Masking::Plain)
}

/// Puts the canaries into what the platform holds.
fn put(body: &mut Map<String, Value>, changed: bool) {
    for spec in personal() {
        let section = &mut body[section_key(spec.section)];
        let value = json!(canary(spec, changed).value);
        match spec.section {
            Section::BusinessPersonList => section[0][spec.group][spec.key] = value,
            _ => section[spec.key] = value,
        }
    }
    for (section, key, canary) in UNKNOWN {
        body.entry(section).or_insert_with(|| json!({}))[key] = json!(canary.value);
    }
}

/// The path of a personal value in a reading.
fn path(spec: &FieldSpec) -> String {
    match spec.section {
        Section::BusinessPersonList => format!("business_person_list/0/{}/{}", spec.group, spec.key),
        section => format!("{}/{}", section_key(section), spec.key),
    }
}

/// Everything that crossed to the page.
struct Trace<'a> {
    program: &'a Program,
    crossed: RefCell<Vec<(String, String)>>,
}

impl Trace<'_> {
    fn keep(&self, what: &str, answer: &impl serde::Serialize) {
        self.crossed.borrow_mut().push((what.to_owned(), serde_json::to_string(answer).unwrap()));
    }

    /// Calls a command that must succeed.
    async fn call(&self, name: &str, request: Value) -> Value {
        let answer = self.ask(name, request).await;
        answer.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Calls a command that may refuse; what it says then is read as well.
    async fn ask(&self, name: &str, request: Value) -> Result<Value, IpcError> {
        let answer = self.program.ask(name, request).await;
        match &answer {
            Ok(answer) => self.keep(name, answer),
            Err(error) => self.keep(name, error),
        }
        answer
    }

    /// Runs a job to its end.
    async fn run(&self, name: &str, request: Value) -> Value {
        let last = self.program.begin(name, request).await.last().await;
        self.keep(name, &last);
        last
    }

    /// Nothing that crossed since this was last asked holds a canary.
    fn holds_nothing_personal(&self) {
        let crossed = self.crossed.take();
        for word in ["Lantern Quay", "Sydney", "Wei Zhang", "+61 ••• •••• ••", "•• ••• 19", "•••@•••.example"]
        {
            assert!(crossed.iter().any(|(_, answer)| answer.contains(word)), "what may show does: {word}");
        }
        for changed in [false, true] {
            let of_fields = personal().flat_map(|spec| canary(spec, changed).spellings);
            let all: Vec<_> = of_fields.chain(UNKNOWN.iter().flat_map(|(_, _, canary)| canary.spellings)).collect();
            for (what, answer) in &crossed {
                for spelling in &all {
                    assert!(!answer.contains(**spelling), "{what} says {spelling}: {answer}");
                }
            }
        }
    }
}

/// Everything that shows a customer without changing it.
async fn look(trace: &Trace<'_>, id: &str) {
    let customer = json!({ "connection": practice(trace.program, "typed").await, "customer_id": id });
    for command in ["customer_preview", "customer_open", "customer_raw", "reading_list"] {
        trace.call(command, customer.clone()).await;
    }
    let readings = trace.call("reading_list", customer.clone()).await["readings"].as_array().unwrap().clone();
    let pairs = readings.iter().flat_map(|one| readings.iter().map(move |other| [&one["id"], &other["id"]]));
    for ([before, after], all) in pairs.flat_map(|pair| [(pair, true), (pair, false)]) {
        let mut request = customer.clone();
        request["before"] = before.clone();
        request["after"] = after.clone();
        request["all"] = json!(all);
        trace.call("reading_compare", request).await;
    }
    // Whoever searches for a value knows it; the answer must not say more.
    for query in
        ["", "lantern", "灯码头", "wei zhang", "KANARI70012345", "canaryone@canaryhost.example", "BIRD-44012345"]
    {
        let all =
            json!({ "query": query, "group": null, "sort": "name", "reversed": false, "offset": 0, "limit": 200 });
        trace.call("customer_list", all).await;
    }
    let query = json!({ "query": "", "group": null, "deleted": false, "offset": 0, "limit": 200 });
    trace.call("draft_list", query).await;
    trace.call("activity_list", json!({ "before": null, "kind": null, "query": "", "limit": 200 })).await;
    for command in ["app_status", "outbox_list", "settings_open"] {
        trace.call(command, json!({})).await;
    }
    let by = json!({ "connection": customer["connection"], "by": "customer_id", "value": id });
    trace.run("customer_lookup", by).await;
}

/// Everything that shows the draft of an update.
async fn look_at_update(trace: &Trace<'_>, draft: &Value) -> Value {
    let request = json!({ "draft": draft });
    for command in ["draft_open", "draft_review", "document_list"] {
        trace.call(command, request.clone()).await;
    }
    let merge = trace.call("update_merge", request).await;
    let edit = json!({ "op": "set", "path": "account_usage/goods_service_description", "text": "Lamps, wholesale" });
    let save = json!({ "draft": draft, "edits": [edit], "position": null, "closing": false });
    trace.call("draft_save", save).await;
    merge
}

#[tokio::test]
async fn nothing_personal_crosses_to_the_page_before_it_is_shown() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    assert!(computer.sandbox.change(&id, |body| put(body, false)));
    read(&program, &id).await;
    let connection = practice(&program, "typed").await;
    let trace = Trace { program: &program, crossed: RefCell::default() };
    let at = json!({ "connection": connection, "customer_id": id });

    look(&trace, &id).await;
    let draft = trace.call("update_begin", at.clone()).await["id"].clone();
    look_at_update(&trace, &draft).await;
    trace.holds_nothing_personal();

    // The platform changes every one of them while the draft changes something else, and one of them too.
    assert!(computer.sandbox.change(&id, |body| put(body, true)));
    let by = json!({ "connection": connection, "by": "customer_id", "value": id });
    trace.run("customer_lookup", by).await;
    look(&trace, &id).await;
    look_at_update(&trace, &draft).await;
    let typed = json!({ "op": "set", "path": "primary_contact/contact_phone", "text": "+61 2 5550 4321" });
    let save = json!({ "draft": draft, "edits": [typed], "position": null, "closing": false });
    trace.call("draft_save", save).await;
    let merge = look_at_update(&trace, &draft).await;
    assert_eq!(merge["clashes"].as_array().unwrap().len(), 1, "both changed the phone: {merge}");
    look(&trace, &id).await;
    // Sending finds the clash and says no more of it than that.
    let open = trace.call("draft_open", json!({ "draft": draft })).await;
    let submit = json!({ "draft": draft, "seq": open["seq"], "send_anyway": true, "confirmed": [], "may_wait": false });
    trace.run("draft_submit", submit).await;
    look(&trace, &id).await;
    trace.call("draft_open", json!({ "draft": draft })).await;

    // A new draft that looks like the customer is warned about it.
    let like = filled(&program).await;
    trace.call("draft_open", json!({ "draft": like["id"] })).await;
    trace.call("draft_review", json!({ "draft": like["id"] })).await;
    trace.holds_nothing_personal();
}

#[tokio::test]
async fn a_value_that_is_shown_crosses_alone_and_the_trail_says_so_before() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    assert!(computer.sandbox.change(&id, |body| put(body, false)));
    read(&program, &id).await;
    let trace = Trace { program: &program, crossed: RefCell::default() };
    let connection = practice(&program, "typed").await;
    let of_fields = personal().map(|spec| (path(spec), canary(spec, false)));
    let unknown = UNKNOWN.map(|(section, key, canary)| (format!("{section}/{key}"), canary));
    let all: Vec<_> = of_fields.chain(unknown).collect();
    for (path, canary) in &all {
        let reveal = json!({ "connection": connection, "customer_id": id, "path": path });
        let shown = program.call("customer_reveal", reveal).await;
        assert_eq!(shown["value"], canary.value, "{path}");
        let text = shown.to_string();
        for (other, another) in all.iter().filter(|(other, _)| other != path) {
            assert!(!text.contains(another.value), "{path} shows {other}: {text}");
        }
        let rows = program.activity(json!({ "query": "customer.reveal" })).await;
        assert_eq!(rows["rows"][0]["detail"], json!(path), "who asked is written down");
    }
    look(&trace, &id).await;
    trace.holds_nothing_personal();
}

/// The trace would catch it: what crosses in an answer that nobody wrote down is found.
#[tokio::test]
#[should_panic(expected = "customer_reveal says anaryville")]
async fn a_value_in_any_answer_is_found() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    assert!(computer.sandbox.change(&id, |body| put(body, false)));
    read(&program, &id).await;
    let trace = Trace { program: &program, crossed: RefCell::default() };
    look(&trace, &id).await;
    let city = "business_person_list/0/residential_address/residential_address_city";
    let reveal = json!({ "connection": practice(&program, "typed").await, "customer_id": id, "path": city });
    trace.call("customer_reveal", reveal).await;
    trace.holds_nothing_personal();
}
