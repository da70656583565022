//! The texts of the form of an update, and which of them the user touched.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::application::PersonIndex;
use crate::customer::Customer;
use crate::draft::Draft;
use crate::field::{Field, FieldKind};
use crate::path::{FieldPath, PersonId};
use crate::value::CivilDate;
use crate::value::text::is_blank;

/// What the form of an update shows before anything is typed: every known leaf of the base that holds something, dates as
/// `YYYY-MM-DD`, all else as it came. `persons` are the ids of the base's persons in their order; whoever has none is not
/// in the form. Entries of a list stand in the slots of their places.
#[must_use]
pub fn prefill(base: &Value, persons: &[PersonId]) -> Draft {
    let customer = Customer::read(base);
    let index = PersonIndex::new(persons.to_vec());
    let text = |path: FieldPath, came: &str| match path.field().spec().kind {
        FieldKind::Date => CivilDate::from_wire(came).map_or_else(|| came.to_owned(), |date| date.to_string()),
        _ => came.to_owned(),
    };
    let texts = customer.leaves.iter().filter(|(_, came)| !is_blank(came));
    let known = usize::try_from(customer.persons).unwrap_or(usize::MAX).min(persons.len());
    Draft {
        texts: texts.filter_map(|(at, came)| index.field_path(*at).map(|path| (path, text(path, came)))).collect(),
        persons: persons[..known].to_vec(),
    }
}

/// The fields of a draft whose text is not as it was read; no text is a blank one. What was removed with its person is not
/// among them, and our id never is: an update does not carry it.
#[must_use]
pub fn touched(draft: &Draft, prefill: &Draft) -> BTreeSet<FieldPath> {
    let there = |path: &FieldPath| path.person().is_none_or(|person| draft.persons.contains(&person));
    let differs = |path: &FieldPath| {
        let (now, read) = (draft.text(*path), prefill.text(*path));
        now != read && !(is_blank(now) && is_blank(read))
    };
    draft
        .texts
        .keys()
        .chain(prefill.texts.keys())
        .filter(|path| path.field() != Field::PartnerCustomerId && there(path) && differs(path))
        .copied()
        .collect()
}
