//! From columns to types and back. What a column holds is checked here once, and trusted afterwards.

use std::error::Error as StdError;
use std::str::FromStr;

use rusqlite::types::Type;
use rusqlite::{Error, Result, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// A stored text that is no value of its type.
#[derive(Debug, thiserror::Error)]
#[error("a stored text is of another version")]
struct OtherVersion;

fn unreadable(error: impl StdError + Send + Sync + 'static) -> Error {
    // The column's name is in the statement; its number would need a second look-up for nobody's use.
    Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
}

/// A text column as a type that parses.
pub(crate) fn parsed<T>(row: &Row<'_>, name: &str) -> Result<T>
where
    T: FromStr<Err: StdError + Send + Sync + 'static>,
{
    row.get_ref(name)?.as_str()?.parse().map_err(unreadable)
}

/// The same where null is allowed.
pub(crate) fn maybe_parsed<T>(row: &Row<'_>, name: &str) -> Result<Option<T>>
where
    T: FromStr<Err: StdError + Send + Sync + 'static>,
{
    row.get_ref(name)?.as_str_or_null()?.map(|text| text.parse().map_err(unreadable)).transpose()
}

/// A text column as one of a list of codes.
pub(crate) fn coded<T>(row: &Row<'_>, name: &str, from_code: fn(&str) -> Option<T>) -> Result<T> {
    from_code(row.get_ref(name)?.as_str()?).ok_or_else(|| unreadable(OtherVersion))
}

/// The same where null is allowed.
pub(crate) fn maybe_coded<T>(row: &Row<'_>, name: &str, from_code: fn(&str) -> Option<T>) -> Result<Option<T>> {
    let text = row.get_ref(name)?.as_str_or_null()?;
    text.map(|text| from_code(text).ok_or_else(|| unreadable(OtherVersion))).transpose()
}

/// A JSON column.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, name: &str) -> Result<T> {
    from_json(row.get_ref(name)?.as_str()?)
}

/// JSON out of a text of the store.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(unreadable)
}

/// JSON for a text of the store.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::ToSqlConversionFailure(Box::new(error)))
}

/// Ids as a JSON list, for `IN (SELECT value FROM json_each(?))`.
pub(crate) fn id_list(ids: &[Uuid]) -> Result<String> {
    to_json(&ids)
}

/// An id as the store writes it: lower case with hyphens.
pub(crate) fn id(id: Uuid) -> String {
    id.hyphenated().to_string()
}

/// A change of one row that must exist.
pub(crate) fn one_row(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::QueryReturnedNoRows) }
}

/// A row that is not there is `None`.
pub(crate) fn optional<T>(result: Result<T>) -> Result<Option<T>> {
    rusqlite::OptionalExtension::optional(result)
}

/// Codes of an enum as they are stored.
macro_rules! stored_codes {
    ($ty:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $ty {
            /// The code as it is stored.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The value behind a stored code; `None` for a code of another version.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use stored_codes;
