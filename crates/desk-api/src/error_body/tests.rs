use rstest::rstest;

use super::*;

const JSON: Option<&str> = Some("application/json");
const HTML: Option<&str> = Some("text/html; charset=utf-8");

#[rstest]
#[case::message(r#"{"message":"No such country"}"#, None, Some("No such country"), &[])]
#[case::code_and_message(r#"{"code":"E17","msg":"No such country"}"#, Some("E17"), Some("No such country"), &[])]
#[case::number_as_code(r#"{"code":40017,"message":"No"}"#, Some("40017"), Some("No"), &[])]
#[case::bultra(
    r#"{"error":{"code":"invalid_request","message":"Some fields are wrong","details":[{"field":"phone","message":"not a number"}]}}"#,
    Some("invalid_request"), Some("Some fields are wrong"), &[("phone", "not a number")])]
#[case::error_text(r#"{"error":"Bad things"}"#, None, Some("Bad things"), &[])]
#[case::oauth(
    r#"{"error":"invalid_client","error_description":"No such client"}"#,
    Some("invalid_client"), Some("No such client"), &[])]
#[case::oauth_without_words(r#"{"error":"invalid_scope"}"#, Some("invalid_scope"), None, &[])]
#[case::oauth_with_an_address(
    r#"{"error":"invalid_client","error_uri":"https://h.example/errors"}"#, Some("invalid_client"), None, &[])]
#[case::a_word_that_is_none_of_oauth(r#"{"error":"invalid_shoe"}"#, None, Some("invalid_shoe"), &[])]
#[case::spring(
    r#"{"timestamp":"2026-01-02","status":400,"error":"Bad Request","message":"Name is blank","path":"/api/customers/create"}"#,
    Some("Bad Request"), Some("Name is blank"), &[])]
#[case::spring_fields(
    r#"{"status":400,"errors":[{"field":"website","defaultMessage":"not a URL","objectName":"x"}]}"#,
    None, None, &[("website", "not a URL")])]
#[case::laravel(
    r#"{"message":"The given data is wrong","errors":{"business_details.website":["not a URL","too short"]}}"#,
    None, Some("The given data is wrong"), &[("business_details.website", "not a URL; too short")])]
#[case::map_of_texts(r#"{"errors":{"website":"not a URL"}}"#, None, None, &[("website", "not a URL")])]
#[case::nested_map(
    r#"{"errors":{"business_person_list":[{},{"identification":{"id_number":["too short"]}}]}}"#,
    None, None, &[("business_person_list[1].identification.id_number", "too short")])]
#[case::list_with_path(
    r#"{"errors":[{"path":"business_details.website","message":"not a URL"}]}"#,
    None, None, &[("business_details.website", "not a URL")])]
#[case::list_with_param(
    r#"{"errors":[{"type":"field","msg":"not a URL","path":"website","location":"body"}]}"#,
    None, None, &[("website", "not a URL")])]
#[case::list_of_texts(r#"{"errors":["one","two"]}"#, None, Some("one; two"), &[])]
#[case::fast_api(
    r#"{"detail":[{"loc":["body","business_person_list",1,"basic_info","birth_date"],"msg":"not a date","type":"value_error"}]}"#,
    None, None, &[("body.business_person_list.1.basic_info.birth_date", "not a date")])]
#[case::detail_text(r#"{"detail":"Not found."}"#, None, Some("Not found."), &[])]
#[case::django(
    r#"{"website":["Enter a URL."],"non_field_errors":["Two dates cross."]}"#,
    None, Some("Two dates cross."), &[("website", "Enter a URL.")])]
#[case::nest(
    r#"{"statusCode":400,"message":["website must be a URL","name is empty"],"error":"Bad Request"}"#,
    None, Some("Bad Request"), &[])]
#[case::nest_constraints(
    r#"{"message":"Validation","errors":[{"property":"website","constraints":{"isUrl":"must be a URL"}}]}"#,
    None, Some("Validation"), &[("website", "must be a URL")])]
#[case::problem_json(
    r#"{"type":"https://h.example/errors/country","title":"No such country","status":422,"detail":"XX is none","invalid-params":[{"name":"operating_country","reason":"no country"}]}"#,
    Some("https://h.example/errors/country"), Some("XX is none"), &[("operating_country", "no country")])]
#[case::problem_json_blank(r#"{"type":"about:blank","title":"Not Found","status":404}"#, None, Some("Not Found"), &[])]
#[case::json_api(
    r#"{"errors":[{"status":"422","source":{"pointer":"/business_details/website"},"title":"Wrong","detail":"not a URL"}]}"#,
    None, None, &[("/business_details/website", "not a URL")])]
#[case::zod(
    r#"{"issues":[{"code":"too_small","path":["business_person_list",0,"identification","id_number"],"message":"too short"}]}"#,
    None, None, &[("business_person_list.0.identification.id_number", "too short")])]
#[case::zod_flat(
    r#"{"errors":{"formErrors":["together"],"fieldErrors":{"website":["not a URL"]}}}"#,
    None, Some("together"), &[("website", "not a URL")])]
#[case::ajv(
    r#"{"errors":[{"instancePath":"/business_details/website","keyword":"format","message":"must match format"}]}"#,
    None, None, &[("/business_details/website", "must match format")])]
#[case::grpc(
    r#"{"code":3,"message":"bad","details":[{"@type":"x","fieldViolations":[{"field":"website","description":"not a URL"}]}]}"#,
    Some("3"), Some("bad"), &[("website", "not a URL")])]
#[case::enveloped_data(
    r#"{"success":false,"code":"V1","msg":"wrong","data":{"errors":[{"field":"website","message":"not a URL"}]}}"#,
    Some("V1"), Some("wrong"), &[("website", "not a URL")])]
#[case::field_with_a_code(r#"{"message":"wrong","errors":[{"field":"website","code":"format"}]}"#, None, Some("wrong"), &[("website", "format")])]
#[case::list_at_the_top(r#"[{"field":"website","message":"not a URL"}]"#, None, None, &[("website", "not a URL")])]
#[case::text_as_json(r#""No such country""#, None, Some("No such country"), &[])]
#[case::plain_text("No such country\n", None, Some("No such country"), &[])]
#[case::byte_order_mark("\u{feff}{\"message\":\"No\"}", None, Some("No"), &[])]
#[case::xml("<?xml version=\"1.0\"?><Error><Code>E1</Code><Message>No &amp; no</Message></Error>", Some("E1"), Some("No & no"), &[])]
fn an_error_of_any_shape_is_read(
    #[case] body: &str,
    #[case] code: Option<&str>,
    #[case] message: Option<&str>,
    #[case] fields: &[(&str, &str)],
) {
    let found = read(body.as_bytes(), JSON);
    let fields: Vec<_> = fields.iter().map(|(f, m)| ((*f).to_owned(), (*m).to_owned())).collect();
    assert_eq!((found.code.as_deref(), found.message.as_deref(), found.fields), (code, message, fields));
    assert!(found.readable, "an API said this");
}

#[rstest]
#[case::nothing("", JSON, None)]
#[case::blank(" \n", None, None)]
#[case::empty_object("{}", JSON, None)]
#[case::empty_list("[]", JSON, None)]
#[case::null("null", JSON, None)]
#[case::number("400", JSON, None)]
#[case::status_alone(r#"{"status":400,"success":false}"#, JSON, None)]
#[case::half_an_object(r#"{"message":"No such cou"#, JSON, None)]
#[case::half_a_list(r#"[{"message":"No such"#, JSON, None)]
#[case::control_characters("\u{1}\u{2}abc", None, None)]
#[case::page(
    "<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>",
    HTML,
    Some("502 Bad Gateway")
)]
#[case::page_by_its_first_words("<html><body><h1>Bad <b>Request</b></h1></body></html>", JSON, Some("Bad Request"))]
#[case::page_by_its_type("<p>Wrong</p>", HTML, None)]
#[case::other_markup("<p>Wrong</p>", None, None)]
fn what_no_api_said_is_not_readable(#[case] body: &str, #[case] kind: Option<&str>, #[case] message: Option<&str>) {
    let found = read(body.as_bytes(), kind);
    assert_eq!((found.message.as_deref(), found.readable, found.fields.len()), (message, false, 0));
}

#[test]
fn bytes_that_are_no_text_give_nothing() {
    assert_eq!(read(&[0x1f, 0x8b, 0xff, 0x00], JSON), Found::default());
}

#[test]
fn json_that_is_called_a_page_is_read_as_json() {
    assert_eq!(read(br#"{"message":"No"}"#, HTML).message.as_deref(), Some("No"));
}

#[test]
fn a_long_message_and_many_fields_are_cut() {
    let long = format!(r#"{{"message":"{}"}}"#, "é".repeat(MESSAGE_LIMIT_CHARS + 1));
    assert_eq!(read(long.as_bytes(), JSON).message.unwrap().chars().count(), MESSAGE_LIMIT_CHARS);
    let rows = vec![r#"{"field":"a","message":"b"}"#; FIELDS_LIMIT + 1].join(",");
    assert_eq!(read(format!("[{rows}]").as_bytes(), JSON).fields.len(), FIELDS_LIMIT);
}

#[test]
fn deep_nesting_ends() {
    let deep = format!("{}{}", r#"{"error":"#.repeat(100), "1") + &"}".repeat(100);
    assert!(!read(deep.as_bytes(), JSON).readable);
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_fail(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = read(&bytes, None);
        let _ = read(&bytes, HTML);
    }

    #[test]
    fn no_markup_makes_it_fail(text in "[<>/a-z!& é]{0,60}") {
        let _ = read(text.as_bytes(), HTML);
        let _ = read(format!("<title>{text}").as_bytes(), None);
    }
}
