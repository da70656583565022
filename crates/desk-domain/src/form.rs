//! The places of a form in its order: which fields a revision has, and where a draft's texts stand.

use crate::draft::Draft;
use crate::field::{FIELDS, FieldSpec, Section};
use crate::path::FieldPath;
use crate::platform::Revision;

/// Whether a revision has a field; texts of others are kept and not sent (DECISIONS 1).
#[must_use]
pub fn carries(revision: Revision, spec: &FieldSpec) -> bool {
    !spec.typed_only || revision == Revision::Typed
}

/// Every place of a draft's form in order, persons in their order; of a list slot 0 and each slot that holds something.
/// Places that the revision does not have are left out.
#[must_use]
pub fn places(draft: &Draft, revision: Revision) -> Vec<FieldPath> {
    all_places(draft).filter(|path| carries(revision, path.field().spec())).collect()
}

/// Places that hold a text which is kept and not sent, because the revision has no such field.
#[must_use]
pub fn not_sent(draft: &Draft, revision: Revision) -> Vec<FieldPath> {
    all_places(draft)
        .filter(|path| !carries(revision, path.field().spec()) && !crate::value::text::is_blank(draft.text(*path)))
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
