//! What this computer decides about the rules: lists of its own beside the data, and the ages and countries of its policy.
//! Read once, at the opening.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use desk_domain::field::Field;
use desk_domain::house::{House, MINIMUM_AGE_YEARS};
use desk_domain::lists::{LISTS, List};
use desk_store::activity;

use crate::desk::Desk;
use crate::policy::Policy;
use crate::trail::Entry;

/// The folder of the house's own lists, in the data folder.
const FOLDER: &str = "lists";

/// Longer than any list that people look through.
const MOST_BYTES: u64 = 1024 * 1024;

/// What was found.
pub(crate) struct Found {
    pub house: House,
    /// Lists that are there and cannot be read, or say nothing: the built-in ones stay in their place.
    pub unreadable: Vec<Field>,
    /// What the trail must hear of those.
    pub entries: Vec<Entry>,
}

/// Where a house puts its own lists, each in a file of the built-in one's name.
pub(crate) fn lists_folder(desk: &Desk) -> PathBuf {
    desk.folder().join(FOLDER)
}

/// Reads the lists, and takes from the policy what it says of the rules.
pub(crate) fn read(desk: &Desk, policy: &Policy) -> Found {
    let mut found = Found {
        house: House {
            lists: Vec::new(),
            minimum_age_years: policy.minimum_age.unwrap_or(MINIMUM_AGE_YEARS),
            closed_countries: policy.closed_countries.clone(),
        },
        unreadable: Vec::new(),
        entries: Vec::new(),
    };
    let folder = lists_folder(desk);
    for (field, file, _) in LISTS {
        let path = folder.join(file);
        match list(&path) {
            Ok(list) => found.house.lists.push((*field, list)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => {
                found.unreadable.push(*field);
                // The whole path would hold the name of who uses this computer.
                let entry = Entry::new(desk, "program.list", activity::PROGRAM.to_owned(), file, "list.unreadable");
                found.entries.push(entry);
            }
        }
    }
    found
}

/// The list in a file: UTF-8, with or without a byte order mark.
fn list(path: &Path) -> io::Result<List> {
    // A pipe would keep the program from opening until somebody writes into it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut text = String::new();
    if File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)? as u64 > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let list = List::parse(text.strip_prefix('\u{FEFF}').unwrap_or(&text));
    // An empty list would call every text another one.
    if list.entries().is_empty() { Err(io::ErrorKind::InvalidData.into()) } else { Ok(list) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn read_of(bytes: &[u8]) -> io::Result<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("role_type.txt");
        std::fs::write(&path, bytes).unwrap();
        Ok(list(&path)?.entries().iter().map(|entry| entry.value.clone()).collect())
    }

    #[rstest]
    #[case::plain("Partner\nOwner | Owner of all | boss\n".as_bytes())]
    #[case::with_a_mark("\u{FEFF}Partner\nOwner\n".as_bytes())]
    #[case::of_windows("\u{FEFF}# Ours\r\n\r\nPartner\r\nOwner\r\n".as_bytes())]
    fn a_list_is_read_as_editors_write_it(#[case] bytes: &[u8]) {
        assert_eq!(read_of(bytes).unwrap(), ["Partner", "Owner"]);
    }

    #[rstest]
    #[case::not_utf_8(b"Partner\nPropri\xe9taire\n".to_vec())]
    #[case::utf_16(b"\xff\xfeP\0a\0".to_vec())]
    #[case::empty(Vec::new())]
    #[case::comments_alone(b"# nothing yet\n".to_vec())]
    #[case::too_long(vec![b'x'; usize::try_from(MOST_BYTES).unwrap() + 1])]
    fn what_is_no_list_is_an_error_and_not_a_list_that_is_missing(#[case] bytes: Vec<u8>) {
        assert_eq!(read_of(&bytes).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_folder_of_that_name_is_no_list_and_none_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(list(folder.path()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(list(&folder.path().join("none.txt")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
