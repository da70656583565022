//! Connections of the second platform: where their tokens come from, what a test says of it, and that no token is kept.

use std::sync::Arc;
use std::time::Duration;

use desk_core::practice::Practice;
use desk_sandbox::{Fault, FaultRule, RequestRecord, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::bultra_records::practice;
use super::bultra_updates::{self, NEW_PHONE, PHONE, Who};
use super::computer::{Computer, Program};
use super::ends::Served;

const ID: &str = "client-canary-november-0123456789";
const SECRET: &str = "secret-canary-mike-0123456789";
const ELSEWHERE: &str = "https://auth.harbour.example/oauth2/token";

fn adding(token_url: &str, client_id: &str, secret: &str) -> Value {
    json!({
        "name": " Bultra bank ", "kind": "bultra", "revision": null, "environment": "test",
        "base_url": "https://api.harbour.example/v1", "token_url": token_url, "token_scope": " ",
        "api_key": client_id, "api_secret": secret,
    })
}

/// A connection to the sandbox that is none for practising, with what is otherwise.
pub async fn to_sandbox(computer: &Computer, program: &Program, otherwise: Value) -> Value {
    let account = &computer.sandbox.bultra;
    let mut request = adding(&account.token_url, &account.client_id, &account.client_secret);
    request["base_url"] = json!(account.base_url);
    request.as_object_mut().unwrap().extend(otherwise.as_object().unwrap().clone());
    program.call("connection_add", request).await["id"].clone()
}

fn token_calls(computer: &Computer) -> usize {
    let is = |request: &&RequestRecord| request.path.ends_with("/oauth2/token");
    computer.sandbox.requests().iter().filter(is).count()
}

fn a_customer(computer: &Computer) -> String {
    computer.sandbox.bultra_rows()[0].id.clone()
}

fn looking_up(connection: &Value, id: &str) -> Value {
    json!({ "connection": connection, "by": "customer_id", "value": id })
}

async fn testing(program: &Program, connection: &Value) -> Value {
    program.run("connection_test", json!({ "connection": connection })).await
}

/// The steps of a test, as `address+ token-`.
fn steps(view: &Value) -> String {
    let steps = view["steps"].as_array().unwrap().iter();
    let step =
        |step: &Value| format!("{}{}", step["step"].as_str().unwrap(), if step["ok"] == true { "+" } else { "-" });
    steps.map(step).collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case("", "field.required")]
#[case("auth.harbour.example", "field.url")]
#[case("http://auth.harbour.example/token", "field.url_insecure")]
#[case("https://me:pass@auth.harbour.example/token", "field.url_credentials")]
#[case("https://auth.harbour.example/token?a=b", "field.url_extra")]
#[tokio::test]
async fn an_address_that_secrets_must_not_go_to_is_refused_at_its_field(#[case] token_url: &str, #[case] code: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let kept = program.call("connection_add", adding(ELSEWHERE, ID, SECRET)).await;
    let add = program.refused("connection_add", adding(token_url, ID, SECRET)).await;
    let save = program.refused("connection_save", json!({ "connection": kept["id"], "token_url": token_url })).await;
    for refused in [add, save] {
        let fields: Vec<_> = refused.fields.iter().map(|at| (at.path.as_str(), at.code.as_str())).collect();
        assert_eq!(fields, [("token_url", code)]);
    }
    assert_eq!(program.status().await["connections"].as_array().unwrap().len(), 4, "nothing was added");
}

#[tokio::test]
async fn a_client_id_that_cannot_be_sent_is_refused_at_its_field() {
    let computer = Computer::new();
    let program = computer.start().await;
    let kept = program.call("connection_add", adding(ELSEWHERE, ID, "a:secret:may-have-it")).await;
    let add = program.refused("connection_add", adding(ELSEWHERE, "client:1", SECRET)).await;
    let save = program.refused("connection_save", json!({ "connection": kept["id"], "api_key": "client:1" })).await;
    for refused in [add, save] {
        let fields: Vec<_> = refused.fields.iter().map(|at| (at.path.as_str(), at.code.as_str())).collect();
        assert_eq!(fields, [("api_key", "credentials.unusable")]);
    }
}

#[tokio::test]
async fn a_connection_has_a_token_url_a_scope_or_none_and_no_revision() {
    let computer = Computer::new();
    let program = computer.start().await;
    let mut empty = adding("", " ", "");
    empty["base_url"] = json!("");
    let refused = program.refused("connection_add", empty).await;
    let paths: Vec<_> = refused.fields.iter().map(|at| at.path.as_str()).collect();
    assert_eq!(paths, ["api_key", "api_secret", "base_url", "token_url"], "a revision is not asked for");
    let mut request = adding(&format!(" {ELSEWHERE}\n"), ID, SECRET);
    request["revision"] = json!("typed");
    let view = program.call("connection_add", request).await;
    assert_eq!(
        (&view["revision"], &view["token_url"], &view["token_scope"]),
        (&Value::Null, &json!(ELSEWHERE), &Value::Null)
    );
    assert_eq!((&view["capabilities"]["create"], &view["capabilities"]["list"]), (&json!(false), &json!(true)));
    let save = |scope: &str| json!({ "connection": view["id"], "token_scope": scope, "revision": "untyped" });
    let saved = program.call("connection_save", save("  customers:read \n customers:write ")).await;
    assert_eq!((&saved["token_scope"], &saved["revision"]), (&json!("customers:read customers:write"), &Value::Null));
    assert_eq!(program.call("connection_save", save(" ")).await["token_scope"], Value::Null);
    let add = json!({
        "name": "B", "kind": "axisfi", "revision": "typed", "environment": "test", "token_url": ELSEWHERE,
        "token_scope": "all", "base_url": "https://harbour.example", "api_key": ID, "api_secret": SECRET,
    });
    let other = program.call("connection_add", add).await;
    assert_eq!(
        (&other["token_url"], &other["token_scope"]),
        (&Value::Null, &Value::Null),
        "a platform with keys has neither"
    );
    let draft = program.refused("draft_create", json!({ "connection": view["id"] })).await;
    assert_eq!(draft.code, "unsupported", "customers come out of the platform's application process");
}

#[tokio::test]
async fn the_host_of_the_tokens_stays_once_a_record_is_kept() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = to_sandbox(&computer, &program, json!({})).await;
    let save = |url: &str| json!({ "connection": connection, "token_url": url });
    program.call("connection_save", save(ELSEWHERE)).await;
    program.call("connection_save", save(&computer.sandbox.bultra.token_url)).await;
    program.run("customer_lookup", looking_up(&connection, &a_customer(&computer))).await;
    let refused = program.refused("connection_save", save(ELSEWHERE)).await;
    assert_eq!((refused.code.as_str(), refused.fields[0].path.as_str()), ("host.fixed", "token_url"));
    let practice = json!({ "connection": practice(&program).await, "token_url": ELSEWHERE });
    assert_eq!(program.refused("connection_save", practice).await.code, "host.fixed");
}

#[tokio::test]
async fn a_test_goes_from_the_address_over_the_token_to_the_sign_in() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = to_sandbox(&computer, &program, json!({ "token_scope": "customers:read" })).await;
    let view = testing(&program, &connection).await;
    assert_eq!((&view["works"], &view["problem"]), (&json!(true), &Value::Null), "{view}");
    assert!(steps(&view).contains("token+") && steps(&view).ends_with("sign_in+"), "{}", steps(&view));
    let of_practice = testing(&program, &practice(&program).await).await;
    assert_eq!(of_practice["works"], true, "{of_practice}");
}

#[tokio::test]
async fn a_test_names_what_is_wrong_with_the_token() {
    let computer = Computer::new();
    let program = computer.start().await;
    let closed = { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap() };
    let account = &computer.sandbox.bultra;
    let nowhere = account.token_url.replace("/oauth2/token", "/nothing");
    let cases = [
        (json!({ "api_secret": SECRET }), vec![], "token.refused"),
        (json!({ "token_scope": "everything" }), vec![], "token.scope"),
        (json!({ "token_url": format!("http://{closed}/oauth2/token") }), vec![], "token.unreached"),
        (json!({}), vec![FaultRule::new(Route::Token, Fault::Html)], "token.unreadable"),
        (json!({}), vec![FaultRule::new(Route::Token, Fault::OtherShape)], "token.unreadable"),
        (json!({ "token_url": nowhere }), vec![], "token.unreadable"),
        (json!({}), vec![FaultRule::status(Route::List, 403)], "auth.forbidden"),
        (json!({}), vec![FaultRule::status(Route::List, 401)], "auth.refused"),
    ];
    for (otherwise, faults, code) in cases {
        let connection = to_sandbox(&computer, &program, otherwise.clone()).await;
        computer.sandbox.set_faults(faults);
        let view = testing(&program, &connection).await;
        computer.sandbox.set_faults(Vec::new());
        assert_eq!((&view["works"], &view["problem"]["code"]), (&json!(false), &json!(code)), "{otherwise}: {view}");
        let failed = if code.starts_with("token.") { "token-" } else { "sign_in-" };
        assert!(steps(&view).ends_with(failed), "{code}: {}", steps(&view));
        if code == "token.unreached" {
            assert_eq!(view["problem"]["params"]["reason"], "network.refused");
            assert_eq!(view["problem"]["params"]["host"], "127.0.0.1");
        }
        assert!(!view.to_string().contains(&account.client_secret) && !view.to_string().contains(SECRET));
    }
}

#[tokio::test]
async fn a_clock_that_is_ten_minutes_off_is_said_and_by_how_much() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = to_sandbox(&computer, &program, json!({})).await;
    program.desk.clock().advance(10 * 60_000);
    let view = testing(&program, &connection).await;
    assert_eq!(view["problem"]["code"], "clock.off", "{view}");
    assert_eq!(view["problem"]["params"]["way"], "ahead");
    // Nothing but the test minds: what a token lives is counted from when it came.
    program.run("customer_lookup", looking_up(&connection, &a_customer(&computer))).await;
}

#[tokio::test]
async fn one_token_serves_all_calls_and_is_thrown_away_with_what_it_depends_on() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = to_sandbox(&computer, &program, json!({})).await;
    let id = a_customer(&computer);
    let both = tokio::join!(
        program.begin("customer_lookup", looking_up(&connection, &id)),
        program.begin("customer_lookup", looking_up(&connection, &id)),
    );
    for job in [both.0, both.1] {
        assert_eq!(job.last().await["event"], "finished");
    }
    program.run("customer_lookup", looking_up(&connection, &id)).await;
    assert_eq!(token_calls(&computer), 1, "two at once, and one after them");
    program.desk.clock().advance(15 * 60_000);
    program.run("customer_lookup", looking_up(&connection, &id)).await;
    assert_eq!(token_calls(&computer), 2, "it has ended");
    program.call("connection_save", json!({ "connection": connection, "name": "Renamed" })).await;
    program.run("customer_lookup", looking_up(&connection, &id)).await;
    assert_eq!(token_calls(&computer), 2, "a name is none of it");
    for change in
        [json!({ "token_scope": "customers:read" }), json!({ "api_secret": computer.sandbox.bultra.client_secret })]
    {
        let (mut save, before) = (change, token_calls(&computer));
        save["connection"] = connection.clone();
        program.call("connection_save", save).await;
        program.run("customer_lookup", looking_up(&connection, &id)).await;
        assert_eq!(token_calls(&computer), before + 1);
    }
    program.desk.close().await;
    let program = computer.start().await;
    program.run("customer_lookup", looking_up(&connection, &id)).await;
    assert_eq!(token_calls(&computer), 5, "no token is kept over a restart");
}

#[tokio::test]
async fn each_fault_of_a_token_is_the_answer_of_a_lookup_and_no_call_goes_out_twice() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = a_customer(&computer);
    let connection = to_sandbox(&computer, &program, json!({})).await;
    program.run("customer_lookup", looking_up(&connection, &id)).await;
    let calls = || computer.sandbox.requests().iter().filter(|request| request.path.contains("/customers/")).count();

    computer.sandbox.revoke_tokens();
    let before = (calls(), token_calls(&computer));
    program.run("customer_lookup", looking_up(&connection, &id)).await;
    assert_eq!(
        (calls(), token_calls(&computer)),
        (before.0 + 2, before.1 + 1),
        "once with the old one, once with a new one"
    );

    let cases = [
        (FaultRule::status(Route::Token, 401), "token.refused"),
        (FaultRule::status(Route::Token, 503), "token.unreadable"),
        (FaultRule::new(Route::Token, Fault::Reset), "token.unreached"),
    ];
    for (fault, code) in cases {
        computer.sandbox.revoke_tokens();
        computer.sandbox.set_faults(vec![fault]);
        let before = calls();
        let error = program.fails("customer_lookup", looking_up(&connection, &id)).await;
        computer.sandbox.set_faults(Vec::new());
        assert_eq!(error["code"], code, "{error}");
        assert!(calls() <= before + 1, "{code}: not again without another token");
    }
    program.run("customer_lookup", looking_up(&connection, &id)).await;
    computer.sandbox.set_latency(Duration::ZERO);
}

#[tokio::test]
async fn no_token_and_no_secret_is_in_a_view_or_in_a_file() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = to_sandbox(&computer, &program, json!({})).await;
    program.run("customer_lookup", looking_up(&connection, &a_customer(&computer))).await;
    testing(&program, &connection).await;
    let status = program.status().await.to_string();
    program.desk.close().await;
    let database = computer.database();
    let mut texts = String::new();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'customers_%'";
    let mut tables = database.prepare(tables).unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names {
        let mut rows = database.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                texts += &format!("{:?}", row.get_ref(column).unwrap());
            }
        }
    }
    let secret = &computer.sandbox.bultra.client_secret;
    assert!(texts.len() > 10_000, "the test sees what is stored");
    assert!(!status.contains(secret.as_str()) && !status.contains("access_token"));
    let bytes = format!("{:?}", secret.as_bytes());
    let bytes = bytes.trim_matches(['[', ']']);
    assert!(!texts.contains(secret.as_str()) && !texts.contains(bytes) && !texts.contains("access_token"));
}

#[tokio::test]
async fn the_practice_platform_remembers_what_was_changed_over_a_restart() {
    let computer = Computer::new();
    let id = Who::Customer.id(&computer);
    let program = computer.start_with(Arc::new(Served::default())).await;
    let draft = bultra_updates::changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    assert_eq!(bultra_updates::send(&program, &draft).await["outcome"], "accepted");
    program.desk.close().await;
    let served = Arc::new(Served::default());
    let program = computer.start_with(Arc::clone(&served) as Arc<dyn Practice>).await;
    program.run("customer_lookup", looking_up(&practice(&program).await, &id)).await;
    let sandbox = served.0.lock().await;
    let row = sandbox.as_ref().unwrap().bultra_rows().into_iter().find(|row| row.id == id).unwrap();
    assert_eq!(row.customer["phone"], NEW_PHONE);
}

/// Takes the practice connection of the second platform out, as if there had never been one.
fn made_before(computer: &Computer) {
    let database = computer.database();
    let guards = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'connections'";
    let mut guards = database.prepare(guards).unwrap();
    let guards: Vec<(String, String)> =
        guards.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &guards {
        database.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    database.execute_batch("DELETE FROM connections WHERE kind = 'bultra' AND base_url = 'sandbox:'").unwrap();
    for (_, sql) in &guards {
        database.execute_batch(sql).unwrap();
    }
}

#[tokio::test]
async fn a_database_of_before_gets_its_practice_connection_once_and_not_against_anybodys_will() {
    let computer = Computer::new();
    computer.start().await.desk.close().await;
    made_before(&computer);
    let program = computer.start().await;
    let made = practice(&program).await;
    assert_eq!(program.status().await["connections"].as_array().unwrap().len(), 3);
    program.call("connection_archive", json!({ "connection": made })).await;
    program.desk.close().await;
    let program = computer.start().await;
    assert_eq!(program.status().await["connections"].as_array().unwrap().len(), 2, "it was put away");

    // Whoever has put away the others practises no more.
    let kept = program.call("connection_add", adding(ELSEWHERE, ID, SECRET)).await;
    for row in program.status().await["connections"].as_array().unwrap() {
        if row["id"] != kept["id"] {
            program.call("connection_archive", json!({ "connection": row["id"] })).await;
        }
    }
    program.desk.close().await;
    made_before(&computer);
    let program = computer.start().await;
    assert_eq!(program.status().await["connections"].as_array().unwrap().len(), 1);
    assert_eq!(program.call("connection_archived", json!({})).await["connections"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_id_is_a_customers_or_an_individuals_and_never_another_path() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    let rows = computer.sandbox.bultra_rows();
    let corporation = rows.iter().find(|row| !row.individuals.is_empty()).unwrap();
    let individual = corporation.individuals[0]["id"].as_str().unwrap();
    let whole = format!("{}/individuals/{individual}", corporation.id);

    let mut by = looking_up(&connection, &corporation.id);
    by["individual"] = json!(format!(" {individual} "));
    let view = program.run("customer_lookup", by).await;
    assert_eq!(view["customer_id"], json!(whole), "{view}");
    assert_eq!(view["individual_of"]["customer_id"], json!(corporation.id));
    let again = program.run("customer_lookup", looking_up(&connection, &whole)).await;
    assert_eq!(again["customer_id"], json!(whole), "its id as the program keeps it is taken too");
    assert_eq!(program.customers(json!({})).await["total"], 0, "an individual is on no list");

    for id in ["a/b", "/individuals/x", "cust/individuals/", "cust/individuals/a/b", &format!("{whole}/accounts")] {
        let before = computer.sandbox.requests().len();
        let error = program.fails("customer_lookup", looking_up(&connection, id)).await;
        assert_eq!((&error["code"], computer.sandbox.requests().len()), (&json!("not_found"), before), "{id}");
    }
    let by = json!({ "connection": connection, "by": "partner_customer_id", "value": "cd-1" });
    assert_eq!(program.fails("customer_lookup", by).await["code"], "unsupported");
    let mut empty = looking_up(&connection, &corporation.id);
    empty["individual"] = json!(" ");
    assert_eq!(program.fails("customer_lookup", empty).await["fields"][0]["path"], "individual");
    let mut axisfi = looking_up(&super::form::practice(&program, "typed").await, "cus_1");
    axisfi["individual"] = json!("ind_1");
    assert_eq!(program.fails("customer_lookup", axisfi).await["code"], "unsupported");
}
