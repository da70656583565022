//! Typed values: each is made by one constructor, and trusted afterwards because its type says so.
//!
//! One file a type. Every `parse` takes what a user typed, accepts every spelling of UX B5, and gives the value or the
//! [`Fault`] that the page puts into words. [`text`] is what all of them read through.

mod amount;
mod country;
mod currency;
mod date;
mod email;
mod never;
mod partner_customer_id;
pub(crate) mod pasted;
mod phone;
pub mod text;
mod website;

pub use amount::{DecimalAmount, same_number};
pub use country::CountryCode;
pub use currency::CurrencyCode;
pub use date::{CivilDate, DateOrder};
pub use email::{EMAIL_MAX_CHARS, EmailAddress};
pub use never::is_never;
pub use partner_customer_id::{PARTNER_CUSTOMER_ID_MAX_CHARS, PARTNER_CUSTOMER_ID_MIN_CHARS, PartnerCustomerId};
pub use phone::{E164, PHONE_MAX_DIGITS, PHONE_MIN_DIGITS, calling_code, extension, warm};
pub use text::{FileId, PlainText};
pub use website::WebsiteUrl;

use crate::problem::Params;

/// Why a text is no value of the type asked for: a code of [`crate::codes`], and what its words need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: &'static str,
    /// What the words need.
    pub params: Params,
}

impl Fault {
    pub(crate) fn new(code: &'static str) -> Self {
        Self { code, params: Params::new() }
    }

    pub(crate) fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.params.insert(key.to_owned(), value.to_string());
        self
    }

    pub(crate) fn without(mut self, key: &str) -> Self {
        self.params.remove(key);
        self
    }
}

/// A value of a field, typed and normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Our id for the customer.
    PartnerCustomerId(PartnerCustomerId),
    /// Texts, names, and choices out of open lists.
    Text(PlainText),
    /// A country.
    Country(CountryCode),
    /// A currency.
    Currency(CurrencyCode),
    /// An amount.
    Amount(DecimalAmount),
    /// A calendar date.
    Date(CivilDate),
    /// A phone number.
    Phone(E164),
    /// An email address.
    Email(EmailAddress),
    /// A web address.
    Website(WebsiteUrl),
    /// An id that a file upload gave.
    FileId(FileId),
    /// "None", "permanent", "长期": there is no last day. It fills its field and is not sent.
    Never,
}

impl Value {
    /// Whether it stands on the wire at all.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        !matches!(self, Self::Never)
    }

    /// What stands on the wire, as text: a date as `YYYY-MM-DDT00:00:00Z`, an amount as its digits; nothing of what is not
    /// sent.
    #[must_use]
    pub fn wire_text(&self) -> String {
        match self {
            Self::PartnerCustomerId(id) => id.as_str().to_owned(),
            Self::Text(text) => text.as_str().to_owned(),
            Self::Country(country) => country.code().to_owned(),
            Self::Currency(currency) => currency.code().to_owned(),
            Self::Amount(amount) => amount.as_str().to_owned(),
            Self::Date(date) => date.to_wire(),
            Self::Phone(phone) => phone.as_str().to_owned(),
            Self::Email(email) => email.as_str().to_owned(),
            Self::Website(website) => website.as_str().to_owned(),
            Self::FileId(id) => id.as_str().to_owned(),
            Self::Never => String::new(),
        }
    }

    /// What stands on the wire: a JSON number for an amount, with its digits as typed, a string for all else; `null` of what
    /// is not sent.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Never => serde_json::Value::Null,
            Self::Amount(amount) => serde_json::Value::Number(amount.to_number()),
            other => serde_json::Value::String(other.wire_text()),
        }
    }
}

/// A value that is a text inside: its reader, its spelling on the wire, its `Display`.
macro_rules! text_value {
    ($ty:ident) => {
        impl $ty {
            /// The text as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use text_value;
