//! Drafts for tests. Today is 21 November 2026.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::check::{CheckContext, check};
use crate::codes::codes;
use crate::draft::{Draft, Edit};
use crate::field::{Field, Section};
use crate::form::Form;
use crate::house::HOUSE;
use crate::path::{FieldPath, PersonId};
use crate::platform::Revision;
use crate::problem::{Problem, Severity};
use crate::value::DateOrder;

pub(crate) const CONTEXT: CheckContext<'static> = CheckContext {
    today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
    form: Form::Whole(Revision::Typed),
    date_order: DateOrder::Ask,
    house: &HOUSE,
};

pub(crate) fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(0x0190_a1b2_0000_7000_8000_0000_0000_0000 + number))
}

/// The path of a field, of the first person's for a field of persons.
pub(crate) fn path(field: Field) -> FieldPath {
    FieldPath::of(field).or_else(|| FieldPath::of_person(person(1), field)).unwrap()
}

pub(crate) fn set(draft: &mut Draft, field: Field, text: &str) {
    if field.spec().section == Section::BusinessPersonList {
        draft.apply(&Edit::AddPerson { person: person(1), at: 0 });
    }
    draft.apply(&Edit::Set { path: path(field), text: text.to_owned() });
}

pub(crate) fn with(texts: &[(Field, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (field, text) in texts {
        set(&mut draft, *field, text);
    }
    draft
}

/// Everything that is required, and no problem.
pub(crate) fn complete() -> Draft {
    with(&[
        (Field::PartnerCustomerId, "cd-0190a1b2-0000-7000-8000-00000000000f"),
        (Field::BusinessNameEnglish, "Lantern Quay Trading Pty Ltd"),
        (Field::BusinessType, "Limited Liability Company"),
        (Field::BusinessIdentifierType, "Business Registration"),
        (Field::BusinessIdentifierCountryCode, "AU"),
        (Field::BusinessIdentifierNumber, "51824753556"),
        (Field::BusinessIdentifierDocumentList, "file_br_2019_0042"),
        (Field::RegistrationAddressCountryCode, "AU"),
        (Field::RegistrationAddressLine1, "Level 3, 18 Harbour Street"),
        (Field::RegistrationAddressCity, "Sydney"),
        (Field::RegistrationAddressState, "NSW"),
        (Field::RegistrationAddressPostcode, "2000"),
        (Field::OperatingCountry, "AU"),
        (Field::GoodsServiceDescription, "Wholesale of lamps and lanterns to hotels"),
        (Field::IndustryCategoryCode, "5072"),
        (Field::AccountUsageProductReference, "Financial Services"),
        (Field::EstimatedMonthlyRevenueCurrency, "AUD"),
        (Field::EstimatedMonthlyRevenueAmount, "120000"),
        (Field::ContactPhone, "+61255501234"),
        (Field::ContactEmail, "accounts@lanternquay.example"),
        (Field::FirstNameEnglish, "Wei"),
        (Field::LastNameEnglish, "Zhang"),
        (Field::RoleType, "Director"),
        (Field::BirthDate, "1988-04-03"),
        (Field::Nationality, "CN"),
        (Field::ResidentialAddressCountryCode, "AU"),
        (Field::ResidentialAddressLine1, "Level 3, 18 Harbour Street"),
        (Field::ResidentialAddressCity, "Sydney"),
        (Field::ResidentialAddressState, "NSW"),
        (Field::ResidentialAddressPostcode, "2000"),
        (Field::IdType, "Passport"),
        (Field::IdNumber, "E12345678"),
        (Field::IdIssuingCountryCode, "CN"),
        (Field::IdExpirationDate, "2034-06-11"),
        (Field::IdDocumentFrontFileId, "file_pp_front_0042"),
    ])
}

/// What the rules say of a draft. Each problem is one that the list of codes knows, with the parameters it promises.
pub(crate) fn problems_of(draft: &Draft) -> Vec<Problem> {
    let problems = check(draft, &CONTEXT).problems;
    for problem in &problems {
        let known = codes().iter().find(|known| known.code == problem.code).expect(&problem.code);
        let keys: Vec<_> = problem.params.keys().map(String::as_str).collect();
        assert_eq!(keys, known.params.iter().map(|(key, _)| *key).collect::<Vec<_>>(), "{}", problem.code);
        assert!(problem.severity == known.severity || problem.code == "file_id.repeated", "{}", problem.code);
    }
    problems
}

/// The problem of one text in an otherwise empty draft (the currency is chosen, so that amounts have digits).
pub(crate) fn problem_at(field: Field, typed: &str) -> Option<(String, Severity)> {
    let mut draft = with(&[(Field::EstimatedMonthlyRevenueCurrency, "AUD")]);
    set(&mut draft, field, typed);
    let mut problems = problems_of(&draft);
    assert!(problems.len() <= 1, "{problems:?}");
    problems.pop().map(|problem| {
        assert_eq!(problem.path, path(field));
        (problem.code, problem.severity)
    })
}
