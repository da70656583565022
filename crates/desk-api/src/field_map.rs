//! The platform's spelling of a field becomes ours, by the submission's own map of positions (DECISIONS 3).

use desk_domain::bultra;
use desk_domain::field::{FIELDS, FieldSpec, Section};
use desk_domain::form::Form;
use desk_domain::path::{FieldPath, section_key};

use crate::wire::axisfi::WirePlaces;

/// The field that a platform means by `business_person_list[1].identification.id_number`,
/// `/business_person_list/1/identification/id_number`, `body.business_person_list.1.id_number`,
/// `business_details[website]`, `businessDetails.website`, or by a bare name. `None` where it names no field of ours, or
/// a field of a person without saying whose, unless there is one person only.
#[must_use]
pub fn field_path(spelling: &str, places: &WirePlaces) -> Option<FieldPath> {
    let steps = steps(spelling);
    // Every key of the contract stands for one field, so the last one decides; only another section before it makes that doubtful.
    let (at, spec) = steps.iter().enumerate().rev().find_map(|(at, step)| Some((at, by_key(step)?)))?;
    let (before, after) = (steps.get(..at)?, steps.get(at + 1..)?);
    let own_section = section_key(spec.section);
    if Section::ALL.map(section_key).into_iter().any(|other| other != own_section && before.iter().any(|s| s == other))
    {
        return None;
    }
    let number = |step: &String| step.parse::<usize>().ok();
    if spec.section == Section::BusinessPersonList {
        let person = match before.iter().find_map(number) {
            Some(index) => places.persons.get(index),
            None => places.persons.first().filter(|_| places.persons.len() == 1),
        };
        FieldPath::of_person(*person?, spec.field)
    } else if spec.list {
        let index = after.iter().find_map(number).unwrap_or(0);
        let slot = places.document_slots.get(index).copied().or_else(|| u16::try_from(index).ok())?;
        FieldPath::slot(spec.field, slot)
    } else {
        FieldPath::of(spec.field)
    }
}

/// The same by the names of the platform whose form it is.
#[must_use]
pub fn field_of(form: Form, spelling: &str, places: &WirePlaces) -> Option<FieldPath> {
    match form {
        Form::Whole(_) => field_path(spelling, places),
        Form::Contact => contact_path(spelling),
    }
}

/// Records of Bultra inside another one: what is said of theirs is said of no field of the form.
const OTHER_RECORDS: &[&str] = &["individuals", "accounts"];

/// The field that Bultra means by `email`, `address.postal_code`, `/address/line1`, `body.address[line1]` or
/// `individual.address.postalCode`: of all runs of steps that name a field the last and longest.
fn contact_path(spelling: &str) -> Option<FieldPath> {
    let steps = steps(spelling);
    if steps.iter().any(|step| OTHER_RECORDS.contains(&step.as_str())) {
        return None;
    }
    let ends = (1..=steps.len()).rev();
    let mut runs = ends.flat_map(|end| (0..end).map(move |start| (start, end)));
    runs.find_map(|(start, end)| bultra::form_field(&steps.get(start..end)?.join(".")))
}

fn steps(spelling: &str) -> Vec<String> {
    let steps = spelling.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
    steps.filter(|step| !step.is_empty()).map(snake_case).collect()
}

fn by_key(step: &str) -> Option<&'static FieldSpec> {
    FIELDS.iter().find(|spec| spec.key == step)
}

/// `businessDetails`, `BusinessDetails` and `business-details` as `business_details`.
fn snake_case(step: &str) -> String {
    let mut snake = String::with_capacity(step.len() + 4);
    let mut after_lower = false;
    for c in step.chars() {
        if c == '-' {
            snake.push('_');
        } else if c.is_uppercase() {
            if after_lower {
                snake.push('_');
            }
            snake.extend(c.to_lowercase());
        } else {
            snake.push(c);
        }
        after_lower = c.is_lowercase() || c.is_ascii_digit();
    }
    snake
}

#[cfg(test)]
mod tests {
    use desk_domain::path::PersonId;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    const FIRST: PersonId = PersonId(Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0001));
    const SECOND: PersonId = PersonId(Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0002));

    fn two_persons() -> WirePlaces {
        WirePlaces { persons: vec![FIRST, SECOND], document_slots: vec![0, 3] }
    }

    #[rstest]
    #[case::brackets("business_person_list[1].identification.id_number", "P2/identification/id_number")]
    #[case::dots("business_person_list.1.identification.id_number", "P2/identification/id_number")]
    #[case::pointer("/business_person_list/0/basic_info/birth_date", "P1/basic_info/birth_date")]
    #[case::fragment_pointer("#/business_person_list/0/basic_info/birth_date", "P1/basic_info/birth_date")]
    #[case::json_path("$.business_person_list[0].basic_info.birth_date", "P1/basic_info/birth_date")]
    #[case::quoted("business_person_list[0]['basic_info']['birth_date']", "P1/basic_info/birth_date")]
    #[case::rails("business_person_list[1][identification][id_number]", "P2/identification/id_number")]
    #[case::without_the_group("business_person_list[1].id_number", "P2/identification/id_number")]
    #[case::camel_case(
        "businessPersonList[1].residentialAddress.residentialAddressLine1",
        "P2/residential_address/residential_address_line1"
    )]
    #[case::body_first("body.business_details.website", "business_details/website")]
    #[case::pascal_case("BusinessDetails.Website", "business_details/website")]
    #[case::kebab_case("business-details.business-name", "business_details/business_name")]
    #[case::bare("contact_email", "primary_contact/contact_email")]
    #[case::words_behind("business_details.website.format", "business_details/website")]
    #[case::our_id("partner_customer_id", "partner_customer_id")]
    #[case::our_id_in_camel_case("partnerCustomerId", "partner_customer_id")]
    #[case::document_by_its_slot(
        "business_details.business_identifier_document_list[1]",
        "business_details/business_identifier_document_list/3"
    )]
    #[case::all_documents("business_identifier_document_list", "business_details/business_identifier_document_list/0")]
    fn a_spelling_finds_its_field(#[case] spelling: &str, #[case] path: &str) {
        let path = path.replace("P1", &format!("business_person_list/{}", FIRST.0));
        let path = path.replace("P2", &format!("business_person_list/{}", SECOND.0));
        assert_eq!(field_path(spelling, &two_persons()).map(|found| found.to_string()), Some(path));
    }

    #[rstest]
    #[case::empty("")]
    #[case::unknown("shoe_size")]
    #[case::section_alone("business_details")]
    #[case::person_alone("business_person_list[0]")]
    #[case::no_such_person("business_person_list[2].identification.id_number")]
    #[case::of_another_section("account_usage.contact_email")]
    #[case::whose("id_number")]
    #[case::negative("business_person_list[-1].identification.id_number")]
    #[case::huge("business_person_list[99999999999999999999].identification.id_number")]
    fn a_spelling_that_names_no_field_finds_none(#[case] spelling: &str) {
        assert_eq!(field_path(spelling, &two_persons()), None);
    }

    #[test]
    fn with_one_person_only_nobody_has_to_say_whose() {
        let places = WirePlaces { persons: vec![FIRST], document_slots: vec![] };
        let found = field_path("id_number", &places).and_then(FieldPath::person);
        assert_eq!(found, Some(FIRST));
    }

    #[test]
    fn every_field_is_found_by_the_spelling_of_its_own_body() {
        for spec in FIELDS {
            let (spelling, whose) = match spec.section {
                Section::BusinessPersonList => {
                    (format!("business_person_list[1].{}.{}", spec.group, spec.key), Some(SECOND))
                }
                _ => (format!("section.{}", spec.key), None),
            };
            let found = field_path(&spelling, &two_persons());
            assert_eq!(found.map(|path| (path.field(), path.person())), Some((spec.field, whose)), "{spelling}");
        }
    }

    #[rstest]
    #[case::bare("email", "primary_contact/contact_email")]
    #[case::phone("phone", "primary_contact/contact_phone")]
    #[case::dots("address.line1", "registration_address/registration_address_line1")]
    #[case::pointer("/address/city", "registration_address/registration_address_city")]
    #[case::brackets("address[state]", "registration_address/registration_address_state")]
    #[case::body_first("body.address.postal_code", "registration_address/registration_address_postcode")]
    #[case::camel_case("individual.address.postalCode", "registration_address/registration_address_postcode")]
    #[case::country("address.country", "registration_address/registration_address_country_code")]
    #[case::words_behind("email.format", "primary_contact/contact_email")]
    fn a_spelling_of_bultra_finds_its_field(#[case] spelling: &str, #[case] path: &str) {
        let found = field_of(Form::Contact, spelling, &WirePlaces::default());
        assert_eq!(found.map(|found| found.to_string()).as_deref(), Some(path));
    }

    #[rstest]
    #[case::empty("")]
    #[case::unknown("shoe_size")]
    #[case::of_an_account("accounts[0].email")]
    #[case::of_an_individual("individuals[1].address.line1")]
    fn a_spelling_of_no_field_of_the_contact_form_finds_none(#[case] spelling: &str) {
        assert_eq!(field_of(Form::Contact, spelling, &WirePlaces::default()), None);
    }

    #[test]
    fn the_whole_form_keeps_its_own_names() {
        let form = Form::Whole(desk_domain::platform::Revision::Typed);
        let found = field_of(form, "contact_email", &two_persons());
        assert_eq!(found, field_path("contact_email", &two_persons()));
        assert!(found.is_some());
    }
}
