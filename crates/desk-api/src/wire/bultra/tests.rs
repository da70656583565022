use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;

#[rstest]
#[case::text(json!({ "id": "cust_1" }), Some("cust_1"))]
#[case::number(json!({ "id": 17 }), Some("17"))]
#[case::more(json!({ "id": "ind_1", "role": 5, "corporation": [] }), Some("ind_1"))]
#[case::gaps(json!({ "id": " cust_1 " }), Some("cust_1"))]
#[case::blank(json!({ "id": " " }), None)]
#[case::of_two(json!({ "id": "cust_1/individuals/ind_2" }), None)]
#[case::null(json!({ "id": null }), None)]
#[case::object(json!({ "id": {} }), None)]
#[case::enveloped(json!({ "data": { "id": "cust_1" } }), None)]
#[case::list(json!([{ "id": "cust_1" }]), None)]
#[case::text_alone(json!("cust_1"), None)]
fn a_record_is_known_by_its_id(#[case] answer: Value, #[case] expected: Option<&str>) {
    assert_eq!(id(&answer).as_deref(), expected);
    assert_eq!(is_record(&answer), expected.is_some());
}

#[rstest]
#[case::partial(json!({ "id": "cust_1", "updated_at": "2026-01-15T17:00:00Z" }), true)]
#[case::without_an_id(json!({ "updated_at": "2026-01-15T17:00:00Z" }), true)]
#[case::what_was_sent(json!({ "address": { "city": "Perth" } }), true)]
#[case::error_null(json!({ "phone": "+61255507766", "error": null }), true)]
#[case::nothing(json!({}), false)]
#[case::something_else(json!({ "message": "down for maintenance" }), false)]
#[case::said_as_nothing(json!({ "updated_at": null, "email": null }), false)]
#[case::error(json!({ "error": { "code": "INVALID_REQUEST" } }), false)]
#[case::error_beside_a_value(json!({ "email": "a@b.example", "error": "No" }), false)]
#[case::error_of_a_record(json!({ "id": "cust_1", "error": { "code": "INVALID_REQUEST" } }), false)]
#[case::errors(json!({ "errors": [], "updated_at": "2026-01-15T17:00:00Z" }), false)]
#[case::no_success(json!({ "success": false, "message": "No" }), false)]
#[case::blank_id(json!({ "id": "" }), false)]
#[case::list(json!([]), false)]
#[case::text(json!("ok"), false)]
fn a_change_was_taken_by_a_record_or_by_an_object_that_says_what_was_changed(
    #[case] answer: Value,
    #[case] taken: bool,
) {
    assert_eq!(is_patched(&answer), taken);
}

#[rstest]
#[case::more(json!({ "has_more": true, "next_cursor": "c2" }), Some(true), Some("c2"))]
#[case::last(json!({ "has_more": false, "next_cursor": null }), Some(false), None)]
#[case::last_with_a_cursor(json!({ "has_more": false, "next_cursor": "c2" }), Some(false), Some("c2"))]
#[case::words(json!({ "has_more": "True ", "next_cursor": 17 }), Some(true), Some("17"))]
#[case::numbers(json!({ "has_more": 0 }), Some(false), None)]
#[case::cursor_alone(json!({ "next_cursor": "c2" }), Some(true), Some("c2"))]
#[case::no_cursor_expressly(json!({ "next_cursor": null }), Some(false), None)]
#[case::odd_has_more(json!({ "has_more": {}, "next_cursor": "c2" }), Some(true), Some("c2"))]
#[case::more_without_a_cursor(json!({ "has_more": true, "next_cursor": " " }), Some(true), None)]
#[case::odd_cursor(json!({ "has_more": true, "next_cursor": ["c2"] }), Some(true), None)]
#[case::nothing(json!({}), None, None)]
#[case::another_type(json!("c2"), None, None)]
#[case::null(json!(null), None, None)]
fn pagination_is_read_tolerantly(
    #[case] pagination: Value,
    #[case] has_more: Option<bool>,
    #[case] next_cursor: Option<&str>,
) {
    let page = Page::read(&json!({ "data": [{ "id": 1 }], "pagination": pagination })).unwrap();
    assert_eq!((page.has_more, page.next_cursor.as_deref()), (has_more, next_cursor));
    assert_eq!(page.rows, [json!({ "id": 1 })]);
}

#[test]
fn a_page_has_a_list_of_rows_whatever_else_is_missing() {
    assert_eq!(Page::read(&json!({ "data": [] })), Some(Page::default()));
    for other in [json!({ "data": {} }), json!({ "pagination": {} }), json!([]), json!(null)] {
        assert_eq!((Page::read(&other), is_page(&other)), (None, false), "{other}");
    }
}

fn page(rows: usize, has_more: Option<bool>, cursor: Option<&str>) -> Page {
    Page { rows: vec![json!({}); rows], next_cursor: cursor.map(str::to_owned), has_more }
}

#[test]
fn a_list_goes_on_as_long_as_it_names_a_cursor_that_is_new() {
    let mut cursors = Cursors::default();
    let more = |cursor: &str| Next::More(cursor.to_owned());
    assert_eq!(cursors.after(None, &page(20, Some(true), Some("a"))), more("a"));
    assert_eq!(cursors.after(Some("a"), &page(20, Some(true), Some("b"))), more("b"));
    assert_eq!(cursors.after(Some("b"), &page(20, Some(true), Some("a"))), Next::Stuck, "round in a circle");
    assert_eq!(cursors.after(Some("b"), &page(20, Some(true), Some("b"))), Next::Stuck, "the same again");
    assert_eq!(cursors.after(Some("b"), &page(1, Some(false), Some("c"))), Next::End);
}

#[rstest]
#[case::more_without_a_cursor(page(20, Some(true), None))]
#[case::nothing_said(page(20, None, None))]
fn a_list_that_does_not_say_that_it_ends_is_no_whole_list(#[case] page: Page) {
    assert_eq!(Cursors::default().after(None, &page), Next::Stuck);
}

#[test]
fn empty_pages_without_an_end_come_to_one() {
    let mut cursors = Cursors::default();
    let mut asked: Option<String> = None;
    let mut pages = 0;
    loop {
        pages += 1;
        // A row now and then is no endless list.
        let rows = usize::from(pages == 30);
        match cursors.after(asked.as_deref(), &page(rows, Some(true), Some(&format!("c{pages}")))) {
            Next::More(cursor) => asked = Some(cursor),
            other => break assert_eq!((other, pages), (Next::Stuck, 80)),
        }
    }
}

/// Any JSON at all, with the keys of a page here and there.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = prop_oneof![
            Just("id"),
            Just("data"),
            Just("pagination"),
            Just("has_more"),
            Just("next_cursor"),
            Just("error"),
            Just("success"),
        ];
        let object = prop::collection::vec((key, inner.clone()), 0..5);
        let object = object.prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect());
        prop_oneof![prop::collection::vec(inner, 0..4).prop_map(Value::Array), object.prop_map(Value::Object)]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_comes_is_read_or_left_and_keeps_its_rows(answer in any_json()) {
        let page = Page::read(&answer);
        prop_assert_eq!(page.is_some(), is_page(&answer));
        prop_assert_eq!(page.map(|page| Value::Array(page.rows)), answer.get("data").filter(|data| data.is_array()).cloned());
        let is_error = answer.get("error").is_some_and(Value::is_object);
        prop_assert_eq!(is_record(&answer) && !is_error, is_record(&answer) && is_patched(&answer), "a whole record is one too");
    }

    #[test]
    fn every_pass_through_a_list_ends(answers in prop::collection::vec(any_json(), 1..6), words in 1_usize..5) {
        let mut cursors = Cursors::default();
        let mut asked: Option<String> = None;
        // A server of a few answers, in turn, with a few cursors.
        for number in 0..1_000 {
            let answer = answers.get(number % answers.len()).cloned().unwrap_or_default();
            let mut page = Page::read(&answer).unwrap_or_default();
            if page.next_cursor.is_none() && number % 2 == 0 {
                page = Page { next_cursor: Some(format!("c{}", number % words)), has_more: Some(true), ..page };
            }
            match cursors.after(asked.as_deref(), &page) {
                Next::More(cursor) => asked = Some(cursor),
                Next::End | Next::Stuck => return Ok(()),
            }
        }
        prop_assert!(false, "it went on and on");
    }
}
