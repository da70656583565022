//! [`Policy`]: what whoever looks after this computer decides for its users (DECISIONS 7). Read once, at the opening.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use desk_domain::value::CountryCode;
use desk_store::activity;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::desk::Desk;
use crate::trail::Entry;

/// Where the system keeps what its administrator decides.
#[cfg(target_os = "macos")]
const PLACE: &str = "/Library/Application Support/customer-desk/policy.toml";
/// Not what `%ProgramData%` says: any user may set a variable of their own.
#[cfg(windows)]
const PLACE: &str = r"C:\ProgramData\customer-desk\policy.toml";
/// Where the system keeps what its administrator decides.
#[cfg(not(any(target_os = "macos", windows)))]
const PLACE: &str = "/etc/customer-desk/policy.toml";

/// Longer than any policy.
const MOST_BYTES: u64 = 64 * 1024;

/// What a policy may say. A key that this version does not know makes a file that is not understood: an administrator's
/// rule is not passed over because of a slip of the pen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Showing a masked value needs a reason, which the trail keeps.
    pub reveal_needs_reason: bool,
    /// Least age of a person in years, where it is not the program's own.
    #[serde(deserialize_with = "years")]
    pub minimum_age: Option<u32>,
    /// Countries that the house does no business in.
    #[serde(deserialize_with = "countries")]
    pub closed_countries: Vec<CountryCode>,
}

impl Policy {
    /// What holds where there is a policy that nobody can read.
    const STRICT: Self = Self { reveal_needs_reason: true, minimum_age: None, closed_countries: Vec::new() };
}

/// More years than a person has.
const MOST_YEARS: u32 = 120;

fn years<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let years = u32::deserialize(deserializer)?;
    if years > MOST_YEARS { Err(D::Error::custom("too many years")) } else { Ok(Some(years)) }
}

/// ISO 3166-1 codes, or names that the form knows.
fn countries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CountryCode>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let country = |text: &String| CountryCode::parse(text).map_err(|_| D::Error::custom("no such country"));
    texts.iter().map(country).collect()
}

/// Where the policy stands, and who must own it to be obeyed.
#[derive(Debug, Clone)]
pub struct PolicyFile {
    path: PathBuf,
    #[cfg(unix)]
    owner: u32,
}

impl PolicyFile {
    /// The system's place, and the system's administrator.
    #[must_use]
    pub fn of_the_system() -> Self {
        Self {
            path: PathBuf::from(PLACE),
            #[cfg(unix)]
            owner: 0,
        }
    }

    /// Another place, and whoever has this user id.
    #[cfg(unix)]
    #[must_use]
    pub fn owned_by(path: PathBuf, owner: u32) -> Self {
        Self { path, owner }
    }

    /// Why the file is not read, by whose it is. One of the administrator that others may write may say anything, but that
    /// there are rules: nobody else puts a file of theirs there.
    #[cfg(unix)]
    fn fault(&self, file: &std::fs::Metadata) -> Option<Found> {
        use std::os::unix::fs::MetadataExt;
        const WRITABLE_BY_OTHERS: u32 = 0o022;
        if file.uid() != self.owner {
            return Some(Found::NotTrusted);
        }
        (file.mode() & WRITABLE_BY_OTHERS != 0).then_some(Found::Unreadable)
    }

    /// The folder belongs to the administrators, and what is in it too.
    #[cfg(not(unix))]
    fn fault(&self, _: &std::fs::Metadata) -> Option<Found> {
        None
    }

    fn read(&self) -> Found {
        match text(&self.path, |file| self.fault(file)) {
            Ok(Ok(text)) => toml::from_str(&text).map_or(Found::Unreadable, Found::Policy),
            Ok(Err(fault)) => fault,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Policy(Policy::default()),
            Err(_) => Found::Unreadable,
        }
    }
}

/// What stands at the place of a policy.
enum Found {
    /// A policy, or none, which leaves the defaults.
    Policy(Policy),
    /// A file of somebody else.
    NotTrusted,
    /// One that is not understood, may not be read, or may be written by others.
    Unreadable,
}

/// The policy, and what the trail must hear of it.
pub(crate) fn read(desk: &Desk) -> (Policy, Option<Entry>) {
    let Some(file) = desk.policy_file() else { return (Policy::default(), None) };
    let (policy, fault) = match file.read() {
        Found::Policy(policy) => return (policy, None),
        Found::NotTrusted => (Policy::default(), "policy.not_obeyed"),
        Found::Unreadable => (Policy::STRICT, "policy.unreadable"),
    };
    let path = file.path.to_string_lossy();
    (policy, Some(Entry::new(desk, "program.policy", activity::PROGRAM.to_owned(), &path, fault)))
}

/// The text of a file, or why it is not read. What is asked of the file is asked of the one that is read.
fn text(path: &Path, fault: impl Fn(&std::fs::Metadata) -> Option<Found>) -> io::Result<Result<String, Found>> {
    // A pipe would keep the program from opening until somebody writes into it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let file = File::open(path)?;
    if let Some(fault) = fault(&file.metadata()?) {
        return Ok(Err(fault));
    }
    let mut text = String::new();
    if file.take(MOST_BYTES + 1).read_to_string(&mut text)? as u64 > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(Ok(text))
}
