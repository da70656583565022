//! What is sent of a draft that came onto a newer base is what the merge of the two says.

use proptest::prelude::*;

use super::*;
use crate::customer::{Clash, CustomerPath, Side, Sides, Spot, merge, update_body};
use crate::field::{FIELDS, FieldKind, Section};
use crate::path::section_key;
use crate::tests::sample::CONTEXT;

/// How many texts a field takes, none among them.
const TEXTS: usize = 4;

/// A text that the rules take.
fn text(field: Field, who: u128, pick: usize) -> String {
    use FieldKind::{Amount, Country, Currency, Date, Email, FileId, Phone, Website};
    let date = |year: usize| format!("{year}-03-0{pick}");
    match (field.spec().kind, field) {
        _ if pick == 0 => String::new(),
        (Date, Field::BusinessIdentifierStartDate | Field::IdIssueDate) => date(2005),
        (Date, _) => date(2031),
        // Regions of Australia, which are any text in countries that no address data knows: whoever changed which, they fit.
        (Country, Field::RegistrationAddressCountryCode | Field::ResidentialAddressCountryCode) => {
            ["AU", "QA", "AO"][pick - 1].to_owned()
        }
        (_, Field::RegistrationAddressState | Field::ResidentialAddressState) => {
            ["NSW", "VIC", "QLD"][pick - 1].to_owned()
        }
        (_, Field::RegistrationAddressPostcode | Field::ResidentialAddressPostcode) => format!("{pick}000"),
        (Country, _) => ["AU", "CN", "NZ"][pick - 1].to_owned(),
        (Currency, _) => ["USD", "EUR", "NZD"][pick - 1].to_owned(),
        (Amount, _) => format!("{pick}2"),
        (Phone, _) => format!("+6125550123{pick}"),
        (Email, _) => format!("a{pick}@b.example"),
        (Website, _) => format!("https://a{pick}.example"),
        (FileId, _) => format!("{field:?}{who}{pick}"),
        _ => format!("t{pick}"),
    }
}

/// Fields that say who somebody is stay: who is uncertain is asked for first.
fn field(at: usize) -> Field {
    match FIELDS[at % FIELDS.len()].field {
        Field::FirstNameEnglish | Field::LastNameEnglish | Field::BirthDate | Field::IdNumber => Field::FirstName,
        Field::IdIssuingCountryCode | Field::PartnerCustomerId => Field::Website,
        field => field,
    }
}

fn draft(edits: &[(usize, u128, usize)], removed: Option<u128>, turned: bool, added: bool) -> Draft {
    let mut draft = form();
    if added {
        draft.apply(&Edit::AddPerson { person: person(3), at: 0 });
        for (at, text) in [
            ("basic_info/birth_date", "1971-01-01"),
            ("identification/id_number", "E3"),
            ("identification/id_issuing_country_code", "CN"),
        ] {
            draft.apply(&Edit::Set { path: path(&format!("business_person_list/3/{at}")), text: text.to_owned() });
        }
    }
    for (at, who, text) in edits {
        let path = FieldPath::of(field(*at)).or_else(|| FieldPath::of_person(person(*who), field(*at))).unwrap();
        let slot = FieldPath::slot(path.field(), u16::try_from(*who).unwrap()).unwrap_or(path);
        draft.apply(&Edit::Set { path: slot, text: self::text(field(*at), *who, *text) });
    }
    if let Some(number) = removed {
        draft.apply(&Edit::RemovePerson { person: person(number) });
    }
    if turned {
        draft.apply(&Edit::MovePerson { person: person(2), at: 0 });
    }
    draft
}

/// The platform's changes of the customer.
fn changed(
    edits: &[(usize, u128, usize)],
    removed: Option<usize>,
    turned: bool,
    added: bool,
    left_out: Option<usize>,
) -> Value {
    let mut now = reading();
    for (at, who, text) in edits {
        let spec = field(*at).spec();
        let section = section_key(spec.section);
        let holder = match spec.section {
            Section::BusinessPersonList => &mut now[section][usize::try_from(*who).unwrap() % 2][spec.group],
            _ => &mut now[section],
        };
        match (spec.list, spec.kind, self::text(spec.field, *who, *text).as_str()) {
            (_, _, "") => drop(holder.as_object_mut().unwrap().shift_remove(spec.key)),
            (true, _, text) => holder[spec.key] = json!([text, "f2"]),
            (_, FieldKind::Amount, _) => {
                holder[spec.key] = serde_json::from_str(&self::text(spec.field, *who, *text)).unwrap();
            }
            (_, _, text) => holder[spec.key] = json!(text),
        }
    }
    now["business_person_list"][0]["pep"] = json!([2]);
    let persons = now["business_person_list"].as_array_mut().unwrap();
    if let Some(at) = removed {
        persons.remove(at);
    }
    if turned {
        persons.reverse();
    }
    if added {
        persons.insert(0, json!({ "basic_info": { "birth_date": "1972-02-02", "first_name": "客" }, "residential_address": { "residential_address_city": "Perth" },
            "identification": { "id_number": "E4", "id_issuing_country_code": "CN" }, "note": 1 }));
    }
    if let Some(at) = left_out {
        let key = ["account_usage", "primary_contact", "tier", "business_person_list"][at];
        now.as_object_mut().unwrap().shift_remove(key);
    }
    now
}

/// A body with persons and files in an order of their own, and values spelled in one way.
fn plain(body: &Value) -> Vec<String> {
    let number = |person: u32| body["business_person_list"][person as usize]["identification"]["id_number"].clone();
    let mut leaves = Vec::new();
    crate::customer::walk(body, &mut Vec::new(), &mut |steps, json| {
        let spelled = crate::customer::spell(steps);
        let known = spelled.parse::<CustomerPath>().ok();
        let top = spelled.split('/').next().unwrap();
        if crate::customer::NOT_SENT.contains(&top)
            || (known.is_some() && json.is_null())
            || json == &json!({})
            || json == &json!([])
        {
            return;
        }
        let text = json.as_str().map_or_else(|| json.to_string(), |text| text.trim().to_owned());
        let text = match known.and_then(CustomerPath::kind) {
            Some(FieldKind::Date) => text.chars().take(10).collect(),
            _ => text,
        };
        let steps: Vec<&str> = spelled.split('/').collect();
        let key = match (known.and_then(CustomerPath::slot_number), steps.as_slice()) {
            (Some(_), [section, key, _]) => format!("{section}/{key}"),
            (_, ["business_person_list", at, rest @ ..]) => {
                format!("{} {}", number(at.parse().unwrap()), rest.join("/"))
            }
            _ => spelled.clone(),
        };
        leaves.push(format!("{key} = {text}"));
    });
    leaves.sort();
    leaves
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_rebased_draft_sends_what_the_merge_says(
        mine in prop::collection::vec((0..FIELDS.len(), 1..3_u128, 0..TEXTS), 0..6), my_removed in prop::option::weighted(0.2, 1..3_u128),
        theirs in prop::collection::vec((0..FIELDS.len(), 0..2_u128, 0..TEXTS), 0..6), their_removed in prop::option::weighted(0.2, 0..2_usize),
        turned in any::<(bool, bool)>(), added in any::<(bool, bool)>(), left_out in prop::option::weighted(0.3, 0..4_usize),
        choices in prop::collection::vec(any::<bool>(), 12),
    ) {
        let draft = draft(&mine, my_removed, turned.0, added.0);
        let base = base();
        let Ok(sent) = changes(&draft, &base, &ids(), &CONTEXT, true) else { return Ok(()) };
        let Ok(body) = update_body(&base.json, &sent) else { return Ok(()) };
        let places = sent.places(&base.json);
        // What the platform leaves out is as it was sent; here all of it was.
        let newest = Base::of(&changed(&theirs, their_removed, turned.1, added.1, left_out), Some(&reading())).unwrap();
        let mut filled = newest.json.clone();
        filled["tier"] = Value::Null;
        let sides = Sides { base: &base.json, mine: &body, theirs: &filled, persons: Some(&places), matches: &[] };
        let merge = merge(&sides);
        prop_assert_eq!(&merge.uncertain, &vec![]);

        let of_body: Vec<PersonId> = {
            let mut new = draft.persons.iter().filter(|id| !ids().contains(id));
            places.iter().map(|place| place.map_or_else(|| *new.next().unwrap(), |at| ids()[at as usize])).collect()
        };
        let persons = persons_of_theirs(&merge, &ids(), &of_body, || person(8));
        let side = |at: usize| if choices[at % choices.len()] { Side::Mine } else { Side::Theirs };
        let mut chosen = Theirs::default();
        for (_, clash) in merge.clashes.iter().enumerate().filter(|(at, _)| side(*at) == Side::Theirs) {
            let Clash { base: was, mine, .. } = clash;
            let index = |ids: &[PersonId]| crate::application::PersonIndex::new(ids.to_vec());
            match (mine, was) {
                (_, Some(Spot::Person(at))) => drop(chosen.persons.insert(ids()[*at as usize])),
                (Some(Spot::Leaf(path)), _) => drop(chosen.fields.insert(index(&of_body).field_path(*path).unwrap())),
                (None, Some(Spot::Leaf(path))) => drop(chosen.fields.insert(index(&ids()).field_path(*path).unwrap())),
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let choices: Vec<_> = (0..merge.clashes.len()).map(side).collect();
        let settled = merge.settle(&sides, &choices).unwrap();

        let new = Base { json: filled.clone(), ..newest };
        let mut on = draft.clone();
        rebase(&draft, &form(), &prefill(&new.json, &persons), &chosen).iter().for_each(|edit| on.apply(edit));
        let again = changes(&on, &new, &persons, &CONTEXT, true);
        let Ok(again) = again else {
            // Who is added again is judged as a new person is.
            prop_assert!(on.persons.iter().any(|id| ids().contains(id) && !persons.contains(id)), "{:?}", again);
            return Ok(());
        };
        let Ok(body) = update_body(&new.json, &again) else { return Ok(()) };
        // Somebody whom the platform removed is added again as the form has them.
        let without_pep = |lines: Vec<String>| -> Vec<String> { lines.into_iter().filter(|line| !line.contains("pep")).collect() };
        prop_assert_eq!(without_pep(plain(&body)), without_pep(plain(&settled)));
    }
}
