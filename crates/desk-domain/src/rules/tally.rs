//! What is required, what of it is filled, what is missing (DECISIONS "What is required").

use crate::check::{Missing, PersonTally, SectionTally};
use crate::draft::Draft;
use crate::field::{FIELDS, Field, Requirement, Section};
use crate::form::{Form, carries, places, requirement};
use crate::path::{FieldPath, PersonId};
use crate::reference::address;
use crate::rules::address::{country_field, part};
use crate::value::CountryCode;
use crate::value::text::is_blank;

pub(crate) struct Tally {
    pub(crate) missing: Vec<Missing>,
    pub(crate) sections: Vec<SectionTally>,
    pub(crate) persons: Vec<PersonTally>,
    pub(crate) by_country: Vec<FieldPath>,
}

/// Counts what the platform or the house requires, and as the house's what the address data of a country does. A list
/// counts once, and one slot that holds something fills it. An empty place counts where it is `wanted`; without a path,
/// the person of a draft that has none.
pub(crate) fn tally(draft: &Draft, form: Form, wanted: &dyn Fn(Option<FieldPath>) -> bool) -> Tally {
    let mut missing = Vec::new();
    let mut sections = Vec::new();
    let mut persons = Vec::new();
    let places = places(draft, form);
    let typed_in = |section: Section| {
        places.iter().any(|path| {
            let field = path.field();
            field.spec().section == section && field != Field::PartnerCustomerId && !is_blank(draft.text(*path))
        })
    };
    for section in Section::ALL {
        let (mut required, mut filled) = (0, 0);
        let mut count = |person: Option<PersonId>| {
            let (of_all, of_filled) = count(draft, form, (section, person), wanted, &mut missing);
            required += of_all;
            filled += of_filled;
            (of_all, of_filled)
        };
        if section != Section::BusinessPersonList {
            count(None);
        } else if draft.persons.is_empty() {
            // Nobody knows yet how many fields the person will have: the person itself is what is required.
            if form.has_persons() && wanted(None) {
                required = 1;
                missing.push(Missing { path: None, section, requirement: Requirement::House });
            }
        } else {
            for person in &draft.persons {
                let (required, filled) = count(Some(*person));
                persons.push(PersonTally { person: *person, required, filled });
            }
        }
        sections.push(SectionTally { section, required, filled, started: typed_in(section) });
    }
    let by_country = places.into_iter().filter(|path| is_by_country(draft, form, *path)).collect();
    Tally { missing, sections, persons, by_country }
}

fn count(
    draft: &Draft,
    form: Form,
    (section, person): (Section, Option<PersonId>),
    wanted: &dyn Fn(Option<FieldPath>) -> bool,
    missing: &mut Vec<Missing>,
) -> (u32, u32) {
    let (mut required, mut filled) = (0, 0);
    for spec in FIELDS.iter().filter(|spec| spec.section == section && carries(form, spec)) {
        let path = match person {
            Some(person) => FieldPath::of_person(person, spec.field),
            None => FieldPath::of(spec.field),
        };
        let Some((path, requirement)) = path.and_then(|path| Some((path, required_by(draft, form, path)?))) else {
            continue;
        };
        if holds_something(draft, path) {
            required += 1;
            filled += 1;
        } else if wanted(Some(path)) {
            required += 1;
            missing.push(Missing { path: Some(path), section, requirement });
        }
    }
    (required, filled)
}

/// Who requires a place: the platform or the house; nobody where it is optional.
fn required_by(draft: &Draft, form: Form, path: FieldPath) -> Option<Requirement> {
    match requirement(form, path.field().spec()) {
        Requirement::Optional => None,
        Requirement::Country => is_by_country(draft, form, path).then_some(Requirement::House),
        by @ (Requirement::Platform | Requirement::House) => Some(by),
    }
}

/// Whether the address data of the country beside a place requires it ([`Requirement::Country`]).
fn is_by_country(draft: &Draft, form: Form, path: FieldPath) -> bool {
    let field = path.field();
    let country = || {
        let beside = country_field(field);
        let beside = FieldPath::of(beside).or_else(|| FieldPath::of_person(path.person()?, beside))?;
        CountryCode::parse(draft.text(beside)).ok()
    };
    requirement(form, field.spec()) == Requirement::Country
        && part(field).zip(country()).is_some_and(|(part, country)| address::requires(country, part))
}

/// Whether a field holds something; a list, whether one of its slots does.
pub(crate) fn holds_something(draft: &Draft, path: FieldPath) -> bool {
    if path.field().spec().list {
        return draft.texts.iter().any(|(slot, text)| slot.field() == path.field() && !is_blank(text));
    }
    !is_blank(draft.text(path))
}

#[cfg(test)]
mod tests {
    use crate::platform::Revision;
    use rstest::rstest;

    use super::*;
    use crate::check::{CheckContext, check};
    use crate::draft::Edit;
    use crate::tests::sample::{CONTEXT, complete, person, set, with};

    const UNTYPED: CheckContext<'static> = CheckContext { form: Form::Whole(Revision::Untyped), ..CONTEXT };

    /// DECISIONS "What is required", column by column, for the typed revision.
    #[test]
    fn an_empty_draft_misses_what_the_table_says() {
        let mut draft = Draft::default();
        draft.apply(&Edit::AddPerson { person: person(1), at: 0 });
        let check = check(&draft, &CONTEXT);
        let keys: Vec<_> = check.missing.iter().map(|m| m.path.unwrap().field().spec().key).collect();
        let table = "partner_customer_id \
            business_name_english business_type business_identifier_type business_identifier_country_code \
            business_identifier_number business_identifier_document_list \
            registration_address_country_code registration_address_line1 registration_address_city \
            operating_country goods_service_description industry_category_code account_usage_product_reference \
            estimated_monthly_revenue_currency estimated_monthly_revenue_amount contact_phone contact_email \
            first_name_english last_name_english role_type birth_date nationality \
            residential_address_country_code residential_address_line1 residential_address_city \
            id_type id_number id_issuing_country_code id_expiration_date id_document_front_file_id";
        assert_eq!(keys, table.split_whitespace().collect::<Vec<_>>());
        assert_eq!((check.required, check.filled), (31, 0));
        assert_eq!(check.sections.iter().map(|s| s.required).collect::<Vec<_>>(), [7, 3, 6, 2, 13]);
        let by_platform: Vec<_> =
            check.missing.iter().filter(|m| m.requirement == Requirement::Platform).map(|m| m.path).collect();
        assert_eq!(by_platform, [FieldPath::of(Field::PartnerCustomerId)]);
    }

    #[test]
    fn the_untyped_revision_requires_no_type_fields() {
        let mut draft = Draft::default();
        draft.apply(&Edit::AddPerson { person: person(1), at: 0 });
        let check = check(&draft, &UNTYPED);
        assert_eq!(check.required, 26);
        assert!(check.missing.iter().all(|m| !m.path.unwrap().field().spec().typed_only));
    }

    /// C of the table: state and postcode by the country of the same address, then as the house requires.
    #[rstest]
    #[case::no_country("", &[])]
    #[case::no_country_yet("austral", &[])]
    #[case::both("AU", &["state", "postcode"])]
    #[case::an_area_and_no_postcode("HK", &["state"])]
    #[case::a_postcode_and_no_state("SG", &["postcode"])]
    #[case::neither("IE", &[])]
    #[case::nothing_is_known("QA", &[])]
    fn the_country_requires_parts_of_its_addresses(#[case] country: &str, #[case] parts: &[&str]) {
        let kinds = [
            ("registration_address", Field::RegistrationAddressCountryCode),
            ("residential_address", Field::ResidentialAddressCountryCode),
        ];
        for (kind, field) in kinds {
            let mut draft = Draft::default();
            draft.apply(&Edit::AddPerson { person: person(1), at: 0 });
            let before = check(&draft, &CONTEXT);
            set(&mut draft, field, country);
            let after = check(&draft, &CONTEXT);
            let keys = |check: &crate::check::Check| -> Vec<String> {
                check.by_country.iter().map(|path| path.field().spec().key.to_owned()).collect()
            };
            let expected: Vec<_> = parts.iter().map(|part| format!("{kind}_{part}")).collect();
            assert_eq!(keys(&after), expected);
            let missing: Vec<_> = after.missing.iter().filter(|it| !before.missing.contains(it)).collect();
            assert_eq!(missing.iter().map(|it| it.path.unwrap()).collect::<Vec<_>>(), after.by_country);
            assert!(missing.iter().all(|it| it.requirement == Requirement::House));
            assert_eq!(after.required as usize, before.required as usize + parts.len());
            for path in &after.by_country {
                draft.apply(&Edit::Set { path: *path, text: "x".into() });
            }
            let filled = check(&draft, &CONTEXT);
            assert_eq!(
                (filled.by_country, filled.filled as usize),
                (after.by_country, after.filled as usize + parts.len())
            );
        }
    }

    #[test]
    fn each_person_has_the_country_of_their_own_address() {
        let mut draft = complete();
        draft.apply(&Edit::AddPerson { person: person(2), at: 1 });
        let country = FieldPath::of_person(person(2), Field::ResidentialAddressCountryCode).unwrap();
        draft.apply(&Edit::Set { path: country, text: "Hong Kong".into() });
        let by_country = check(&draft, &CONTEXT).by_country;
        let of = |number, field| FieldPath::of_person(person(number), field).unwrap();
        let expected = [
            FieldPath::of(Field::RegistrationAddressState).unwrap(),
            FieldPath::of(Field::RegistrationAddressPostcode).unwrap(),
            of(1, Field::ResidentialAddressState),
            of(1, Field::ResidentialAddressPostcode),
            of(2, Field::ResidentialAddressState),
        ];
        assert_eq!(by_country, expected);
    }

    #[test]
    fn without_a_person_the_person_is_missing_and_counts_once() {
        let mut draft = complete();
        draft.apply(&Edit::RemovePerson { person: person(1) });
        let check = check(&draft, &CONTEXT);
        let person = Missing { path: None, section: Section::BusinessPersonList, requirement: Requirement::House };
        assert_eq!(check.missing, [person]);
        assert_eq!((check.sections[4].required, check.sections[4].filled), (1, 0));
        assert_eq!(check.persons, []);
    }

    #[test]
    fn each_person_counts_for_themselves() {
        let mut draft = complete();
        draft.apply(&Edit::AddPerson { person: person(2), at: 0 });
        let check = check(&draft, &CONTEXT);
        let counts: Vec<_> = check.persons.iter().map(|p| (p.person, p.required, p.filled)).collect();
        assert_eq!(counts, [(person(2), 13, 0), (person(1), 15, 15)], "Australia requires a state and a postcode");
        assert_eq!((check.required, check.filled), (48, 35));
        assert_eq!(check.missing[0].path.unwrap().person(), Some(person(2)), "in the order of the form");
    }

    #[rstest]
    #[case("", false)]
    #[case(" \t\u{3000}\n", false)]
    #[case("\u{200B}", false)]
    #[case("x", true)]
    fn white_space_fills_nothing(#[case] typed: &str, #[case] filled: bool) {
        let mut draft = complete();
        set(&mut draft, Field::BusinessNameEnglish, typed);
        let missing = check(&draft, &CONTEXT).missing;
        assert_eq!(missing.is_empty(), filled, "{missing:?}");
    }

    #[test]
    fn any_slot_fills_a_list() {
        let mut draft = complete();
        set(&mut draft, Field::BusinessIdentifierDocumentList, "");
        assert_eq!(check(&draft, &CONTEXT).missing[0].path, FieldPath::of(Field::BusinessIdentifierDocumentList));
        let slot = FieldPath::slot(Field::BusinessIdentifierDocumentList, 5).unwrap();
        draft.apply(&Edit::Set { path: slot, text: "file_5".into() });
        assert_eq!(check(&draft, &CONTEXT).missing, []);
    }

    #[test]
    fn a_prefilled_id_starts_nothing() {
        let started = |draft: &Draft| check(draft, &UNTYPED).sections.iter().map(|s| s.started).collect::<Vec<_>>();
        let mut draft = with(&[(Field::PartnerCustomerId, "cd-0190a1b2-0000-7000-8000-000000000000")]);
        assert_eq!(started(&draft), [false; 5]);
        set(&mut draft, Field::BusinessType, "kept, but not in this revision");
        assert_eq!(started(&draft), [false; 5]);
        set(&mut draft, Field::Website, "x");
        set(&mut draft, Field::FirstName, "伟");
        assert_eq!(started(&draft), [true, false, false, false, true]);
    }
}
