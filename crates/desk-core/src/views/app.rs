//! The whole program, its settings and jobs.

pub use desk_domain::value::DateOrder;

use crate::ipc::Message;
use crate::views::{ConnectionView, OutboxCounts};

views! {
    /// Nothing.
    struct Empty {}

    /// The state of the whole program: what the strip, the rail and the first screen need.
    struct AppView {
        /// Whether the store is open.
        pub phase: Phase,
        /// The program's version.
        pub version: String,
        /// The login name of the system (DECISIONS 7).
        pub actor: String,
        /// All connections that are not archived, in the order they were made. Empty until the store is open.
        pub connections: Vec<ConnectionView>,
        /// The connection whose environment the window shows.
        pub current_connection: Option<String>,
        /// `system`, `light` or `dark`.
        pub theme: Theme,
        /// The heights of rows and controls.
        pub density: Density,
        /// How a numeric date is read.
        pub date_order: DateOrder,
        /// The language of the words. One so far.
        pub language: Language,
        /// The size of everything, in per cent: 50 to 300.
        pub zoom_percent: u16,
        /// The first screen that explains the program was not closed yet.
        pub welcome: bool,
        /// What is known of the network, from the calls that were made.
        pub network: NetworkView,
        /// Open drafts in the current environment.
        pub drafts: u32,
        /// How many of them are on their way, unknown or in conflict.
        pub outbox: OutboxCounts,
        /// What becomes of a submission that cannot reach the platform.
        pub when_offline: WhenOffline,
        /// This is the first time this data folder is used.
        pub first_start: bool,
        /// The system says it where a customer changes, without naming anybody.
        pub notify: bool,
        /// Customers of the current environment that changed on the platform and that nobody here has looked at.
        pub changed_customers: u32,
        /// What the policy of this computer says (DECISIONS 7).
        pub policy: PolicyView,
    }

    /// What the policy of this computer says.
    #[derive(Copy)]
    struct PolicyView {
        /// Showing a masked value needs a reason, which the trail keeps.
        pub reveal_reason: bool,
    }

    /// Whether the program can work, and if not, what stands in the way.
    #[serde(tag = "state", rename_all = "snake_case")]
    enum Phase {
        /// The keyring or the database is being opened.
        Starting,
        /// Everything is open.
        Ready,
        /// Something stands in the way; no byte was changed. `reason.code` is one of `keyring.missing`, `keyring.locked`,
        /// `keyring.slow`, `keyring.key_lost`, `keyring.key_wrong`, `database.newer` { found, known },
        /// `database.damaged`, `database.unwritable`.
        Blocked {
            /// The code and its parameters.
            reason: Message,
            /// The data folder, for the sentence that says where the data lies.
            folder: String,
        },
    }

    /// The colours of the window.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum Theme {
        /// As the system.
        System,
        /// Light.
        Light,
        /// Dark.
        Dark,
    }

    /// The heights of rows and controls.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum Density {
        /// Rows of 32 px.
        Compact,
        /// Rows of 40 px.
        Comfortable,
    }

    /// What becomes of a submission that cannot reach the platform.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum WhenOffline {
        /// The user is asked each time.
        Ask,
        /// It waits, and is sent when the platform is reached.
        Wait,
        /// It goes back to the form.
        Back,
    }

    /// The language of the words.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum Language {
        /// English.
        En,
    }

    /// Settings to change; what is absent stays.
    struct SettingsSave {
        /// The colours.
        pub theme: Option<Theme>,
        /// The heights of rows and controls.
        pub density: Option<Density>,
        /// How a numeric date is read.
        pub date_order: Option<DateOrder>,
        /// The language of the words.
        pub language: Option<Language>,
        /// The size of everything, in per cent; taken to the nearest of 50 to 300.
        pub zoom_percent: Option<u16>,
        /// Whether the first screen that explains the program shows again.
        pub welcome: Option<bool>,
        /// The connection whose environment the window shows.
        pub current_connection: Option<String>,
        /// What becomes of a submission that cannot reach the platform.
        pub when_offline: Option<WhenOffline>,
        /// Whether the system says it where a customer changes.
        pub notify: Option<bool>,
    }

    /// The network as the last calls found it.
    struct NetworkView {
        /// The last call of the current connection reached its host, or none was made.
        pub online: bool,
        /// Since when it is not reached.
        pub offline_since: Option<String>,
    }

    /// The open lists of the platform and the codes of the standards.
    struct CodeListsView {
        /// Countries of ISO 3166-1; the page has their names.
        pub countries: Vec<CountryEntry>,
        /// Currencies of ISO 4217; the page has their names.
        pub currencies: Vec<String>,
        /// The lists of fields, by the field's key.
        pub lists: Vec<CodeListView>,
    }

    /// A country.
    struct CountryEntry {
        /// ISO 3166-1 alpha-2.
        pub code: String,
        /// Other words that find it: `Holland`, `UK`, `Deutschland`, the three letters of the code.
        pub aliases: Vec<String>,
    }

    /// The list of a field.
    struct CodeListView {
        /// The key of the field on the wire, like `role_type`.
        pub key: String,
        /// Its lines, in its order.
        pub entries: Vec<CodeEntry>,
        /// It stands in the data folder, in the place of the built-in one.
        pub own: bool,
    }

    /// A line of a list.
    struct CodeEntry {
        /// What is kept and sent.
        pub value: String,
        /// What it is called, where the value says too little.
        pub label: Option<String>,
        /// Other words that find it.
        pub aliases: Vec<String>,
    }

    /// The window was asked to close, and this is what the page did about it.
    struct AppClose {
        /// Everything typed is on the disk. Otherwise the window stays, and the page has said why.
        pub kept: bool,
    }

    /// Names a job.
    struct JobRef {
        /// Its id.
        pub job: String,
    }

    /// A job was started.
    struct JobView {
        /// Its id, for `job_cancel`.
        pub job: String,
    }
}
