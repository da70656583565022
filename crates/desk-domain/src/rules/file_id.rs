//! File ids: one file in two places of the business or of one person is an error, between two of them a warning.

use std::collections::BTreeMap;

use super::{Found, Sheet};
use crate::path::FieldPath;
use crate::value::{Fault, FileId, Value};

pub(super) fn rules(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    let mut seen: BTreeMap<&FileId, Vec<FieldPath>> = BTreeMap::new();
    for entry in &sheet.entries {
        let Ok(Value::FileId(id)) = &entry.understood else { continue };
        let earlier = seen.entry(id).or_default();
        let counts = |other: &&FieldPath| found.counts(entry.path) || found.counts(**other);
        let mut others = earlier.iter().filter(counts);
        let same_owner = others.clone().find(|path| path.person() == entry.path.person());
        let fault = |other: &FieldPath| Fault::new("file_id.repeated").with("other", other.field().spec().key);
        match (same_owner.copied(), others.next().copied()) {
            (Some(other), _) => found.error_beside(entry.path, other, fault(&other)),
            (None, Some(other)) => found.warning_beside(entry.path, other, fault(&other)),
            (None, None) => {}
        }
        earlier.push(entry.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Edit;
    use crate::field::Field;
    use crate::problem::Severity;
    use crate::tests::sample::{person, problems_of, with};

    #[test]
    fn front_and_back_are_different_files() {
        let draft = with(&[(Field::IdDocumentFrontFileId, "file_1"), (Field::IdDocumentBackFileId, " file_1 ")]);
        let problems = problems_of(&draft);
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].path.field(), problems[0].severity), (Field::IdDocumentBackFileId, Severity::Error));
        assert_eq!(problems[0].params["other"], "id_document_front_file_id");
    }

    #[test]
    fn a_file_of_the_list_stands_there_once() {
        let mut draft = with(&[(Field::BusinessIdentifierDocumentList, "file_1")]);
        let slot = FieldPath::slot(Field::BusinessIdentifierDocumentList, 3).unwrap();
        draft.apply(&Edit::Set { path: slot, text: "file_1".into() });
        let problems = problems_of(&draft);
        assert_eq!((problems.len(), problems[0].path, problems[0].severity), (1, slot, Severity::Error));
    }

    #[test]
    fn a_file_shared_by_two_owners_is_a_warning() {
        let mut draft = with(&[(Field::BusinessIdentifierDocumentList, "f"), (Field::IdDocumentFrontFileId, "g")]);
        draft.apply(&Edit::AddPerson { person: person(2), at: 1 });
        for (field, text) in [(Field::IdDocumentFrontFileId, "g"), (Field::IdDocumentBackFileId, "f")] {
            let path = FieldPath::of_person(person(2), field).unwrap();
            draft.apply(&Edit::Set { path, text: text.into() });
        }
        let problems = problems_of(&draft);
        assert_eq!(problems.len(), 2);
        assert!(problems.iter().all(|p| p.severity == Severity::Warning && p.path.person() == Some(person(2))));
    }
}
