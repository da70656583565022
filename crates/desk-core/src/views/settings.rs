//! Settings beyond the window's own, and what the program is made of.

views! {
    /// The settings screen.
    struct SettingsView {
        /// The proxy that every call goes through, as typed; none without one.
        pub proxy: Option<String>,
        /// Certificate authorities trusted beside the system's.
        pub authorities: Vec<AuthorityView>,
        /// The data folder.
        pub folder: String,
        /// The login name of the system.
        pub actor: String,
    }

    /// One certificate authority.
    struct AuthorityView {
        /// Its subject's common name, or the whole subject where it has none.
        pub name: String,
        /// Its last day.
        pub expires_at: String,
        /// SHA-256 of the certificate, hexadecimal, in pairs parted by colons.
        pub fingerprint: String,
    }

    /// How the platforms are reached. What is absent stays. Errors at `proxy` and `authorities_pem`.
    struct NetworkSave {
        /// `http://` or `https://` URL of a proxy; the empty text for none.
        pub proxy: Option<String>,
        /// PEM text of certificates, added to those that are there.
        pub authorities_pem: Option<String>,
        /// The fingerprint of an authority that is not trusted any more.
        pub remove_authority: Option<String>,
    }

    /// What the program is made of.
    struct AboutView {
        /// The program's version.
        pub version: String,
        /// Its parts whose version support asks for: Tauri, the web view, SQLite, SQLCipher.
        pub parts: Vec<PartView>,
        /// The libraries in it, of Rust and of the page, by name.
        pub packages: Vec<PackageView>,
        /// The data that the rules read, of others.
        pub data: Vec<DataFileView>,
        /// The lists of fields, the house's own among them.
        pub lists: Vec<ListFileView>,
        /// Where the house puts its own lists, each in a file of the name that the list has here. They are read at the start.
        pub lists_folder: String,
    }

    /// Data that the rules read, of others.
    struct DataFileView {
        /// What it is called.
        pub name: String,
        /// Its version or date, as its maker gives it.
        pub version: String,
        /// Its licence as an SPDX expression.
        pub licence: String,
        /// Where it, and its licence, can be read: `https://…`, which the page shows as text.
        pub source: String,
    }

    /// The list of a field.
    struct ListFileView {
        /// The key of the field on the wire, like `role_type`.
        pub key: String,
        /// The name of its file.
        pub file: String,
        /// How many entries it has.
        pub entries: u32,
        /// It is the house's own.
        pub own: bool,
        /// There is a file of the house that could not be read, or that says nothing: the built-in list stays in its place.
        pub unreadable: bool,
    }

    /// A part of the program.
    struct PartView {
        /// Its own name.
        pub name: String,
        /// Its version.
        pub version: String,
    }

    /// A library in the program.
    struct PackageView {
        /// Its name.
        pub name: String,
        /// Its version.
        pub version: String,
        /// Its licence as an SPDX expression.
        pub licence: String,
    }

    /// Asks for the licence of a library.
    struct LicenceRef {
        /// Its name.
        pub name: String,
        /// Its version.
        pub version: String,
    }

    /// The licence of a library.
    struct LicenceView {
        /// The texts that came with it, with the notices they ask to keep.
        pub texts: Vec<String>,
    }
}
