//! [`PersonIndex`]: from the places of a body back to the fields of its draft (DECISIONS 3).

use serde::{Deserialize, Serialize};

use crate::customer::CustomerPath;
use crate::field::{FIELDS, Section};
use crate::path::{FieldPath, PersonId, section_key};

/// Which person of a draft stood at which place of `business_person_list` when it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonIndex(Vec<PersonId>);

impl PersonIndex {
    /// The persons in their order on the wire.
    #[must_use]
    pub fn new(persons: Vec<PersonId>) -> Self {
        Self(persons)
    }

    /// The person at a place, from 0.
    #[must_use]
    pub fn person(&self, index: usize) -> Option<PersonId> {
        self.0.get(index).copied()
    }

    /// The field of the draft that was sent at a path.
    #[must_use]
    pub fn field_path(&self, path: CustomerPath) -> Option<FieldPath> {
        let field = path.field()?;
        match (path.person(), path.slot_number()) {
            (Some(index), _) => FieldPath::of_person(self.person(usize::try_from(index).ok()?)?, field),
            (None, Some(slot)) => FieldPath::slot(field, u16::try_from(slot).ok()?),
            (None, None) => FieldPath::of(field),
        }
    }

    /// The field that a platform names in an error. No page says how it does, so every usual spelling is read:
    /// `business_person_list[1].basic_info.birth_date`, `/business_person_list/1/basic_info/birth_date`,
    /// `primary_contact.contact_email`, `contact_email`. `None` where it is not certain which field is meant.
    #[must_use]
    pub fn find(&self, named: &str) -> Option<FieldPath> {
        let steps: Vec<&str> =
            named.split(['.', '/', '[', ']', '"', '\'', '$', '#', ' ']).filter(|step| !step.is_empty()).collect();
        let at = steps.iter().rposition(|step| step.parse::<u32>().is_err())?;
        let spec = FIELDS.iter().find(|spec| spec.key == steps[at])?;
        let own_section = section_key(spec.section);
        let elsewhere = Section::ALL.map(section_key).into_iter().any(|key| key != own_section && steps.contains(&key));
        if elsewhere {
            return None;
        }
        if spec.section != Section::BusinessPersonList {
            let slot = steps.get(at + 1).and_then(|step| step.parse().ok()).unwrap_or(0);
            return FieldPath::slot(spec.field, slot).or_else(|| FieldPath::of(spec.field));
        }
        let index = steps[..at].iter().find_map(|step| step.parse::<usize>().ok());
        let person = match (index, self.0.as_slice()) {
            (Some(index), _) => self.person(index)?,
            (None, [only]) => *only,
            (None, _) => return None,
        };
        FieldPath::of_person(person, spec.field)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::tests::sample::person;

    const A: &str = "business_person_list/0190a1b2-0000-7000-8000-000000000001";
    const B: &str = "business_person_list/0190a1b2-0000-7000-8000-000000000002";

    #[rstest]
    #[case("business_person_list[1].basic_info.birth_date", Some(format!("{B}/basic_info/birth_date")))]
    #[case("business_person_list[0].birth_date", Some(format!("{A}/basic_info/birth_date")))]
    #[case("/business_person_list/1/identification/id_number", Some(format!("{B}/identification/id_number")))]
    #[case("$['business_person_list'][1]['identification']['id_type']", Some(format!("{B}/identification/id_type")))]
    #[case("primary_contact.contact_email", Some("primary_contact/contact_email".into()))]
    #[case("contact_email", Some("primary_contact/contact_email".into()))]
    #[case("body.partner_customer_id", Some("partner_customer_id".into()))]
    #[case("business_details.business_identifier_document_list[2]", Some("business_details/business_identifier_document_list/2".into()))]
    #[case("business_identifier_document_list", Some("business_details/business_identifier_document_list/0".into()))]
    #[case::beyond_the_list("business_person_list[2].basic_info.birth_date", None)]
    #[case::which_person("birth_date", None)]
    #[case::other_section("account_usage.contact_email", None)]
    #[case::no_field("business_details", None)]
    #[case::nothing("", None)]
    fn what_a_platform_names(#[case] named: &str, #[case] path: Option<String>) {
        let index = PersonIndex::new(vec![person(1), person(2)]);
        assert_eq!(index.find(named).map(|path| path.to_string()), path);
    }

    #[test]
    fn an_only_person_is_meant_without_an_index() {
        let index = PersonIndex::new(vec![person(2)]);
        assert_eq!(index.find("birth_date").unwrap().to_string(), format!("{B}/basic_info/birth_date"));
    }

    #[test]
    fn places_of_the_body_lead_back_to_the_draft() {
        let index = PersonIndex::new(vec![person(1), person(2)]);
        let back = |path: &str| index.field_path(path.parse().unwrap()).map(|path| path.to_string());
        assert_eq!(
            back("business_person_list/1/identification/id_number"),
            Some(format!("{B}/identification/id_number"))
        );
        assert_eq!(back("partner_customer_id"), Some("partner_customer_id".into()));
        assert_eq!(back("business_person_list/2/identification/id_number"), None);
        assert_eq!(back("status"), None);
    }
}
