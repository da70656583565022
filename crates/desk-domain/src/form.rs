//! The places of a form in its order: which fields a platform's form has, and where a draft's texts stand.

use crate::draft::Draft;
use crate::field::{FIELDS, Field, FieldKind, FieldSpec, Masking, Requirement, Section};
use crate::path::FieldPath;
use crate::platform::Revision;

/// What the form of a connection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Every field of a revision of AxisFI.
    Whole(Revision),
    /// What a platform lets change of a customer that it has made itself: the contact and the address (Bultra, page 004).
    Contact,
}

impl Form {
    /// How a value of a field is masked. Of a contact the address is that of a person, be it the customer: personal, as a
    /// person's of AxisFI is.
    #[must_use]
    pub fn masking(self, field: Field) -> Masking {
        let spec = field.spec();
        match self {
            Self::Contact if spec.section == Section::RegistrationAddress && spec.kind != FieldKind::Country => {
                Masking::Whole
            }
            Self::Whole(_) | Self::Contact => spec.masking,
        }
    }

    /// Whether the form has persons.
    pub(crate) fn has_persons(self) -> bool {
        FIELDS.iter().any(|spec| spec.section == Section::BusinessPersonList && carries(self, spec))
    }
}

/// Who requires a field of a form. A contact is changed, never cleared: `ContactPatch` has no word for that (page 004). Of an
/// address, which goes out whole, state and postcode alone may be left out.
#[must_use]
pub fn requirement(form: Form, spec: &FieldSpec) -> Requirement {
    match (form, spec.field) {
        (Form::Whole(_), _) => spec.requirement,
        (
            Form::Contact,
            Field::ContactEmail
            | Field::ContactPhone
            | Field::RegistrationAddressLine1
            | Field::RegistrationAddressCity
            | Field::RegistrationAddressCountryCode,
        ) => Requirement::Platform,
        (Form::Contact, _) => Requirement::Optional,
    }
}

/// Whether a form has a field; texts of others are kept and not sent (DECISIONS 1).
#[must_use]
pub fn carries(form: Form, spec: &FieldSpec) -> bool {
    match form {
        Form::Whole(revision) => !spec.typed_only || revision == Revision::Typed,
        Form::Contact => {
            spec.section == Section::RegistrationAddress
                || matches!(spec.field, Field::ContactPhone | Field::ContactEmail)
        }
    }
}

/// Every place of a draft's form in order, persons in their order; of a list slot 0 and each slot that holds something.
/// Places that the form does not have are left out.
#[must_use]
pub fn places(draft: &Draft, form: Form) -> Vec<FieldPath> {
    all_places(draft).filter(|path| carries(form, path.field().spec())).collect()
}

/// Places that hold a text which is kept and not sent, because the form has no such field.
#[must_use]
pub fn not_sent(draft: &Draft, form: Form) -> Vec<FieldPath> {
    all_places(draft)
        .filter(|path| !carries(form, path.field().spec()) && !crate::value::text::is_blank(draft.text(*path)))
        .collect()
}

fn all_places(draft: &Draft) -> impl Iterator<Item = FieldPath> {
    let of_business = FIELDS.iter().filter_map(|spec| FieldPath::of(spec.field)).flat_map(|first| {
        // Of all paths of one field only the slots differ, so the map holds them side by side and in order.
        let more =
            draft.texts.range(first..).map(|(path, _)| *path).take_while(move |path| path.field() == first.field());
        std::iter::once(first).chain(more.filter(move |path| *path != first))
    });
    let of_persons = draft.persons.iter().flat_map(|person| {
        FIELDS
            .iter()
            .filter(|spec| spec.section == Section::BusinessPersonList)
            .filter_map(|spec| FieldPath::of_person(*person, spec.field))
    });
    of_business.chain(of_persons)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::bultra::patch;
    use crate::check::{Check, CheckContext, check};
    use crate::customer::{Base, CustomerPath, update_body};
    use crate::draft::Edit;
    use crate::tests::sample::{CONTEXT, complete, path, set, with};
    use crate::update_form::{changes, check_update, parts, prefill};

    const CONTACT: CheckContext<'static> = CheckContext { form: Form::Contact, ..CONTEXT };

    #[test]
    fn the_address_of_a_contact_is_personal() {
        let masked = |form: Form| -> Vec<(&str, Masking)> {
            let fields = FIELDS.iter().filter(|spec| spec.section == Section::RegistrationAddress);
            fields.map(|spec| (spec.key, form.masking(spec.field))).collect()
        };
        let of_contact = [
            ("registration_address_country_code", Masking::Plain),
            ("registration_address_line1", Masking::Whole),
            ("registration_address_city", Masking::Whole),
            ("registration_address_state", Masking::Whole),
            ("registration_address_postcode", Masking::Whole),
        ];
        assert_eq!(masked(Form::Contact), of_contact);
        assert!(masked(Form::Whole(Revision::Typed)).iter().all(|(_, masking)| *masking == Masking::Plain));
        for spec in FIELDS.iter().filter(|spec| spec.section != Section::RegistrationAddress) {
            assert_eq!(Form::Contact.masking(spec.field), spec.masking, "{}", spec.key);
            let at = CustomerPath::of(spec.field).or(CustomerPath::of_person(0, spec.field)).unwrap();
            assert_eq!(at.masking_in(Form::Whole(Revision::Untyped)), spec.masking);
        }
        let line1 = CustomerPath::of(Field::RegistrationAddressLine1).unwrap();
        assert_eq!(line1.masking_in(Form::Contact), Masking::Whole);
        assert_eq!(CustomerPath::CREATED_AT.masking_in(Form::Contact), Masking::Plain);
    }

    #[test]
    fn what_a_contact_requires() {
        let required: Vec<_> = FIELDS
            .iter()
            .filter(|spec| requirement(Form::Contact, spec) != Requirement::Optional)
            .map(|spec| (spec.key, requirement(Form::Contact, spec)))
            .collect();
        let keys = [
            "registration_address_country_code",
            "registration_address_line1",
            "registration_address_city",
            "contact_phone",
            "contact_email",
        ];
        assert_eq!(required, keys.map(|key| (key, Requirement::Platform)));
        for spec in FIELDS {
            assert_eq!(requirement(Form::Whole(Revision::Typed), spec), spec.requirement);
        }
    }

    /// Whatever a draft holds of other sections, a contact counts and says nothing of it; nor does it want a person.
    #[test]
    fn a_contact_is_judged_alone() {
        let mut draft = complete();
        for field in [Field::EstimatedMonthlyRevenueAmount, Field::BusinessIdentifierStartDate, Field::Website] {
            set(&mut draft, field, "nonsense \u{202E}");
        }
        let of = |draft: &Draft| check(draft, &CONTACT);
        let Check { problems, missing, sections, .. } = of(&draft);
        assert_eq!((problems, missing), (vec![], vec![]));
        assert_eq!(sections.iter().map(|section| section.required).collect::<Vec<_>>(), [0, 3, 0, 2, 0]);
        let empty = of(&Draft::default());
        assert_eq!((empty.required, empty.filled, empty.missing.len()), (5, 0, 5));
        assert!(empty.missing.iter().all(|missing| missing.path.is_some()), "no person is required");
        let wrong = of(&with(&[(Field::ContactEmail, "accounts"), (Field::ContactPhone, "5550 1234")]));
        let codes: Vec<_> = wrong.problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(codes, ["phone.country_code", "email.format"], "the rules are the same as ever");
    }

    /// An address goes out whole: a half one would stand where another may be, be it one that nobody here knows.
    #[test]
    fn an_address_that_is_touched_is_wanted_whole() {
        const LINE1: Field = Field::RegistrationAddressLine1;
        const CITY: Field = Field::RegistrationAddressCity;
        const STATE: Field = Field::RegistrationAddressState;
        const COUNTRY: Field = Field::RegistrationAddressCountryCode;
        let sparse = json!({
            "business_details": {}, "registration_address": { "line9": "1 Pier" }, "primary_contact": { "contact_email": "a@b.example" }
        });
        let base = Base { json: sparse, as_sent: BTreeSet::new(), missing: Vec::new() };
        let form = prefill(&base.json, &[]);
        type Case<'a> = (&'a [(Field, &'a str)], &'a [Field]);
        let cases: [Case<'_>; 7] = [
            (&[(LINE1, "1 Pier")], &[COUNTRY, CITY]),
            (&[(LINE1, "1 Pier"), (CITY, "Perth")], &[COUNTRY]),
            (&[(LINE1, "1 Pier"), (CITY, "Perth"), (COUNTRY, "AU")], &[]),
            (&[(STATE, "WA")], &[COUNTRY, LINE1, CITY]),
            (&[(LINE1, " ")], &[]),
            (&[(Field::ContactPhone, "+1 415 555 0100")], &[]),
            (&[(Field::Website, "not of this form")], &[]),
        ];
        for (texts, expected) in cases {
            let mut draft = form.clone();
            for (field, text) in texts {
                draft.apply(&Edit::Set { path: path(*field), text: (*text).into() });
            }
            let check = check_update(&draft, &form, &parts(&base.missing, &[]), &CONTACT);
            let missing: Vec<_> = check.missing.iter().map(|it| it.path.unwrap()).collect();
            assert_eq!(missing, expected.iter().map(|field| path(*field)).collect::<Vec<_>>(), "{texts:?}");
            let made = changes(&draft, &base, &[], &CONTACT, true);
            assert_eq!(made.err().map_or(0, |blocked| blocked.platform_missing.len()), expected.len(), "{texts:?}");
        }
        let whole = CheckContext { form: Form::Whole(Revision::Typed), ..CONTEXT };
        let mut draft = form.clone();
        draft.apply(&Edit::Set { path: path(LINE1), text: "1 Pier".into() });
        assert_eq!(check_update(&draft, &form, &[], &whole).missing, [], "AxisFI says which part it means");
    }

    /// An update of a contact, from the form to the body.
    #[test]
    fn a_contact_cannot_be_cleared_where_it_was_there() {
        let base = Base {
            json: json!({
                "business_details": {},
                "registration_address": { "registration_address_line1": "1 Pier", "registration_address_state": "CA",
                                          "registration_address_country_code": "us" },
                "primary_contact": { "contact_email": "a@b.example" }
            }),
            as_sent: BTreeSet::new(),
            missing: Vec::new(),
        };
        let form = prefill(&base.json, &[]);
        let of = |draft: &Draft| check_update(draft, &form, &parts(&base.missing, &[]), &CONTACT);
        let untouched = of(&form);
        assert_eq!((untouched.required, untouched.filled), (3, 3), "what the platform never had is not missing");
        assert_eq!((untouched.problems, untouched.missing), (vec![], vec![]));
        let typed = |texts: &[(Field, &str)]| {
            let mut draft = form.clone();
            for (field, text) in texts {
                draft.apply(&Edit::Set { path: path(*field), text: (*text).into() });
            }
            draft
        };
        for field in [Field::ContactEmail, Field::RegistrationAddressLine1, Field::RegistrationAddressCountryCode] {
            let draft = typed(&[(field, " ")]);
            let missing: Vec<_> = of(&draft).missing.into_iter().map(|it| (it.path.unwrap(), it.requirement)).collect();
            assert_eq!(missing, [(path(field), Requirement::Platform)]);
            let blocked = changes(&draft, &base, &[], &CONTACT, true).unwrap_err();
            assert_eq!(blocked.platform_missing.len(), 1, "no tick sends without it");
        }
        let draft = typed(&[
            (Field::RegistrationAddressState, ""),
            (Field::RegistrationAddressCountryCode, "Australia"),
            (Field::RegistrationAddressCity, "Perth"),
            (Field::ContactPhone, "+1 415 555 0100"),
            (Field::Website, "not of this form"),
        ]);
        let body = update_body(&base.json, &changes(&draft, &base, &[], &CONTACT, false).unwrap()).unwrap();
        let expected = json!({
            "phone": "+14155550100", "address": { "line1": "1 Pier", "country": "AU", "city": "Perth" }
        });
        assert_eq!(patch(&base.json, &body), expected);
    }
}
