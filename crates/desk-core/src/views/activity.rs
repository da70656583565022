//! The trail, for the page.

use desk_domain::platform::Environment;

views! {
    /// Which part of the trail: rows of the current environment and those of no environment, newest first.
    struct ActivityListRequest {
        /// Only rows below this number; none for the newest.
        pub before: Option<u32>,
        /// Only what was done to such things.
        pub kind: Option<ActivityObjectKind>,
        /// Only what concerns names, ids, actors or actions with this text.
        pub query: String,
        /// At most so many rows, 200 at most.
        pub limit: u32,
    }

    /// Rows of the trail.
    struct ActivityListView {
        /// Newest first.
        pub rows: Vec<ActivityRowView>,
        /// There may be older ones.
        pub more: bool,
        /// Where they begin: `before` of the next question. A search looks through its share of rows and may come back with
        /// fewer than asked for, even none, and more to look through.
        pub next: Option<u32>,
    }

    /// What something was done to.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum ActivityObjectKind {
        /// A customer.
        Customer,
        /// A draft.
        Draft,
        /// A connection.
        Connection,
        /// The program itself.
        Program,
    }

    /// One thing done or seen.
    struct ActivityRowView {
        /// Its number in the trail.
        pub seq: u32,
        /// When.
        pub at: String,
        /// The login name of who did it.
        pub actor: String,
        /// What was done: a code such as `draft.submit`; the page has the words.
        pub action: String,
        /// What it was done to.
        pub kind: ActivityObjectKind,
        /// Its id: the platform's of a customer, ours of the others.
        pub id: String,
        /// The business name in English or the name of the connection, where it is known.
        pub name: String,
        /// The connection it belongs to.
        pub connection: Option<String>,
        /// What that connection is called.
        pub connection_name: Option<String>,
        /// Where.
        pub environment: Option<Environment>,
        /// The part of the object: the path of a shown value, an id. Never a value.
        pub detail: String,
        /// Why a value was shown, in the words of who asked.
        pub reason: Option<String>,
        /// The reading that a shown value is of, where that was not the newest.
        pub reading: Option<String>,
        /// `ok`, or the code of an error.
        pub result: String,
    }

    /// Whether the trail is as it was written.
    struct ActivityCheckView {
        /// How many rows there are.
        pub rows: u32,
        /// The first row that was changed or is missing.
        pub broken_at: Option<u32>,
        /// The keyring remembers this row as the last one of an earlier day, and the trail ends before it or has another
        /// there: its end was cut off, or an older copy was put in its place (DECISIONS 16).
        pub cut_after: Option<u32>,
    }
}
