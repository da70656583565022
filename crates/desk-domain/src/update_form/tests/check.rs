use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::check::Check;
use crate::field::{FIELDS, Section};
use crate::tests::sample::CONTEXT;

fn of(draft: &Draft) -> Check {
    check_update(draft, &form(), &parts(&base().missing, &ids()), &CONTEXT)
}

fn codes(check: &Check) -> Vec<String> {
    let params = |params: &crate::problem::Params| {
        params.iter().map(|(key, value)| format!(" {key}={value}")).collect::<String>()
    };
    check
        .problems
        .iter()
        .map(|problem| format!("{}: {}{}", short(problem.path), problem.code, params(&problem.params)))
        .collect()
}

const EXPIRY: &str = "business_person_list/2/identification/id_expiration_date";
const ISSUE: &str = "business_person_list/2/identification/id_issue_date";
const BIRTH: &str = "business_person_list/2/basic_info/birth_date";
const FRONT: &str = "business_person_list/1/identification/id_document_front_file_id";
const AMOUNT: &str = "account_usage/estimated_monthly_revenue_amount";
const CURRENCY: &str = "account_usage/estimated_monthly_revenue_currency";

#[test]
fn what_was_read_raises_nothing() {
    let check = of(&form());
    assert_eq!((check.problems, check.echoes, check.missing), (vec![], vec![], vec![]));
    assert_eq!(check.required, check.filled);
    assert_eq!(crate::check::check(&form(), &CONTEXT).problems.len(), 6, "while a new draft would");
}

#[rstest]
#[case::alone("primary_contact/contact_email", "somebody", &["primary_contact/contact_email: email.format"])]
#[case::own_date(EXPIRY, "2002-02-02", &["business_person_list/2/identification/id_expiration_date: date.expired date=2002-02-02"])]
#[case::beside_a_masked_one(ISSUE, "1988-02-02", &["business_person_list/2/identification/id_issue_date: date.order other=birth_date"])]
#[case::of_an_untouched_one(BIRTH, "1995-05-05", &["business_person_list/2/identification/id_issue_date: date.order date=1995-05-05 other=birth_date"])]
#[case::a_file_of_another(FRONT, "f2", &["business_person_list/1/identification/id_document_front_file_id: file_id.repeated other=business_identifier_document_list"])]
#[case::a_file_that_the_next_one_has(FRONT, "f1", &[
    "business_person_list/1/identification/id_document_front_file_id: file_id.repeated other=business_identifier_document_list",
    "business_person_list/2/identification/id_document_front_file_id: file_id.repeated other=id_document_front_file_id",
])]
#[case::digits_of_an_untouched_currency(AMOUNT, "0.2345", &["account_usage/estimated_monthly_revenue_amount: amount.digits digits=2"])]
#[case::a_currency_that_the_amount_does_not_fit(CURRENCY, "JPY", &["account_usage/estimated_monthly_revenue_amount: amount.digits currency=JPY digits=0"])]
#[case::beside_a_large_amount(CURRENCY, "USD", &["account_usage/estimated_monthly_revenue_amount: amount.large currency=USD"])]
#[case::large_beside_an_untouched_currency(AMOUNT, "99m", &["account_usage/estimated_monthly_revenue_amount: amount.large amount=99000000"])]
fn what_was_touched_is_judged(#[case] at: &str, #[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(codes(&of(&typed(form(), &[(at, text)]))), expected);
}

#[test]
fn only_what_was_typed_is_echoed() {
    let check = of(&typed(form(), &[(BIRTH, "3 apr 1985"), ("registration_address/registration_address_line1", "x")]));
    let echoes: Vec<_> = check.echoes.iter().map(|echo| short(echo.path)).collect();
    assert_eq!(echoes, [BIRTH], "not the country, which was read as a name");
}

fn missing(check: &Check) -> Vec<String> {
    assert_eq!(usize::try_from(check.required - check.filled).unwrap(), check.missing.len());
    check.missing.iter().map(|missing| missing.path.map_or_else(|| "person".to_owned(), short)).collect()
}

#[test]
fn an_empty_field_is_missing_where_somebody_cleared_it_or_added_the_person() {
    let cleared = typed(
        form(),
        &[
            ("primary_contact/contact_email", " "),
            ("business_details/website", ""),
            ("business_details/business_identifier_document_list/0", ""),
            ("partner_customer_id", ""),
        ],
    );
    assert_eq!(
        missing(&of(&cleared)),
        ["primary_contact/contact_email"],
        "one file is left, and a website is optional"
    );
    let emptied = typed(cleared, &[("business_details/business_identifier_document_list/1", "")]);
    assert_eq!(
        missing(&of(&emptied)),
        ["business_details/business_identifier_document_list/0", "primary_contact/contact_email"]
    );

    let mut added = form();
    added.apply(&Edit::AddPerson { person: person(3), at: 0 });
    let check = of(&added);
    assert_eq!(check.missing.len(), 13);
    assert!(check.missing.iter().all(|missing| missing.path.unwrap().person() == Some(person(3))));

    let mut nobody = form();
    ids().into_iter().for_each(|person| nobody.apply(&Edit::RemovePerson { person }));
    assert_eq!(missing(&of(&nobody)), ["person"]);
}

#[test]
fn a_part_that_nobody_knows_is_to_be_filled_in() {
    let part = |section, person, group| FormPart { section, person, group };
    let known = [
        part(Section::AccountUsage, None, ""),
        part(Section::BusinessPersonList, Some(person(2)), "residential_address"),
    ];
    let check = check_update(&form(), &form(), &known, &CONTEXT);
    let expected = [
        "account_usage/operating_country",
        "account_usage/goods_service_description",
        "account_usage/industry_category_code",
        "account_usage/account_usage_product_reference",
        "business_person_list/2/residential_address/residential_address_country_code",
        "business_person_list/2/residential_address/residential_address_line1",
    ];
    assert_eq!(missing(&check), expected);
    let sparse = serde_json::json!({ "customer_id": "c", "business_person_list": [{ "basic_info": { "first_name": "x" } }, {}] });
    let missing = Base::of(&sparse, None).unwrap().missing;
    let parts = parts(&missing, &[person(1)]);
    assert_eq!((missing.len(), parts.len()), (9, 6), "of whom is in the form");
    assert_eq!(parts.last(), Some(&part(Section::BusinessPersonList, Some(person(1)), "residential_address")));
}

#[test]
fn a_customer_that_was_read_without_persons_needs_none() {
    let read = serde_json::json!({ "customer_id": "c", "business_person_list": [] });
    let form = prefill(&read, &[]);
    let missing = parts(&Base::of(&read, None).unwrap().missing, &[]);
    assert!(check_update(&form, &form, &missing, &CONTEXT).missing.iter().all(|missing| missing.path.is_some()));
    let unsaid = [FormPart { section: Section::BusinessPersonList, person: None, group: "" }];
    assert_eq!(check_update(&form, &form, &unsaid, &CONTEXT).missing[0].path, None);
}

proptest! {
    #[test]
    fn no_value_of_an_untouched_field_is_in_what_is_said(
        edits in prop::collection::vec((0..FIELDS.len(), 1..3_u128, 0..9_usize), 0..6),
    ) {
        let texts = ["", "1977-07-07", "2031-03-03", "1.2345", "JPY", "f1", "p1", "somebody@else.example", "no date"];
        let mut draft = form();
        for (field, who, text) in edits {
            let field = FIELDS[field].field;
            let path = FieldPath::of(field).or_else(|| FieldPath::of_person(person(who), field)).unwrap();
            draft.apply(&Edit::Set { path, text: texts[text].to_owned() });
        }
        let check = of(&draft);
        let touched = touched(&draft, &form());
        let said = check.problems.iter().map(|p| (&p.path, &p.params)).chain(check.echoes.iter().map(|e| (&e.path, &e.params)));
        for (at, params) in said {
            for (path, text) in form().texts.iter().filter(|(path, _)| !touched.contains(path)) {
                // What was typed may be the same as what stands elsewhere.
                let typed = texts.contains(&text.as_str());
                prop_assert!(typed || params.values().all(|value| value != text), "{at} says {path}: {params:?}");
            }
        }
        for missing in check.missing.iter().filter_map(|missing| missing.path) {
            prop_assert!(touched.contains(&missing), "{missing} was empty before");
        }
    }
}
