//! How an object of a contract is read and written: a leaf of the type that the contract gives it becomes a field, and
//! all else stays in `extra`, exact to the digit.
//!
//! Not derived: `#[serde(flatten)]` would refuse a whole answer for one leaf of another type, and a refused answer to a
//! create is an unknown outcome.

use serde_json::{Map, Number, Value};

/// A type that a key of the contract may hold.
pub(super) trait Leaf: Sized {
    /// The value as this type, or the value back where it does not fit.
    fn from_value(value: Value) -> Result<Self, Value>;
}

impl Leaf for String {
    fn from_value(value: Value) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        }
    }
}

impl Leaf for Number {
    fn from_value(value: Value) -> Result<Self, Value> {
        match value {
            Value::Number(number) => Ok(number),
            other => Err(other),
        }
    }
}

impl<T: Leaf + Into<Value>> Leaf for Vec<T> {
    fn from_value(value: Value) -> Result<Self, Value> {
        let Value::Array(items) = value else { return Err(value) };
        let mut fitting = Self::with_capacity(items.len());
        let mut rest = items.into_iter();
        for item in rest.by_ref() {
            match T::from_value(item) {
                Ok(item) => fitting.push(item),
                // One item of another type keeps the whole list as it came, so that positions stay true.
                Err(item) => {
                    let before = fitting.into_iter().map(Into::into);
                    return Err(Value::Array(before.chain([item]).chain(rest).collect()));
                }
            }
        }
        Ok(fitting)
    }
}

/// Takes a key out of the object where its value fits, and leaves it where it stands otherwise.
pub(super) fn take<T: Leaf>(object: &mut Map<String, Value>, key: &str) -> Option<T> {
    let slot = object.get_mut(key)?;
    match T::from_value(slot.take()) {
        Ok(value) => {
            object.shift_remove(key);
            Some(value)
        }
        Err(value) => {
            *slot = value;
            None
        }
    }
}

/// Declares an object of the contract: every key optional, and `extra` for what the contract does not name.
macro_rules! section {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])* $key:ident: $ty:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $(
                #[doc = concat!("`", stringify!($key), "`.")]
                $(#[doc = $doc])*
                pub $key: Option<$ty>,
            )*
            /// What the contract does not name, and what it names with another type; written back as it came.
            pub extra: serde_json::Map<String, serde_json::Value>,
        }

        impl $name {
            /// The keys that the contract gives this object, in its order.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($key)),*];

            /// Reads an object. Never fails: what does not fit stays in `extra`.
            #[must_use]
            pub fn from_object(mut object: serde_json::Map<String, serde_json::Value>) -> Self {
                Self { $($key: $crate::wire::section::take(&mut object, stringify!($key)),)* extra: object }
            }

            /// Writes the object: the contract's keys in its order, then `extra`. Absent keys are left out.
            #[must_use]
            pub fn into_object(self) -> serde_json::Map<String, serde_json::Value> {
                let mut object = serde_json::Map::new();
                $(if let Some(value) = self.$key { object.insert(stringify!($key).to_owned(), value.into()); })*
                object.extend(self.extra);
                object
            }

            /// The contract's keys whose value is there with another type than the contract's.
            pub fn misfits(&self) -> impl Iterator<Item = &'static str> + '_ {
                Self::KEYS.iter().copied().filter(|key| self.extra.contains_key(*key))
            }
        }

        impl $crate::wire::section::Leaf for $name {
            fn from_value(value: serde_json::Value) -> Result<Self, serde_json::Value> {
                match value {
                    serde_json::Value::Object(object) => Ok(Self::from_object(object)),
                    other => Err(other),
                }
            }
        }

        impl From<$name> for serde_json::Value {
            fn from(section: $name) -> Self {
                Self::Object(section.into_object())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $(if let Some(value) = &self.$key { map.serialize_entry(stringify!($key), value)?; })*
                for (key, value) in &self.extra {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde_json::Map::deserialize(deserializer).map(Self::from_object)
            }
        }
    };
}
pub(super) use section;
