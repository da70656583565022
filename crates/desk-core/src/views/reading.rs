//! The readings of a customer and what changed between two of them, masked.

use desk_domain::field::{FieldKind, Section};
use desk_domain::status::Status;

views! {
    /// What changed of a customer between two readings.
    struct ChangedView {
        /// How many values, those included that this program does not know.
        pub fields: u32,
        /// Since this reading.
        pub reading: String,
        /// When that was last read.
        pub since: String,
        /// The paths of the changed values in the newest reading; those that it lacks are counted only.
        pub paths: Vec<String>,
    }

    /// The readings of a customer.
    struct ReadingListView {
        /// Newest first.
        pub readings: Vec<ReadingView>,
    }

    /// One reading: an answer that differs from the one before it.
    struct ReadingView {
        /// Its id.
        pub id: String,
        /// When this answer first came.
        pub first_read_at: String,
        /// When the same answer last came.
        pub last_read_at: String,
        /// The status it says.
        pub status: Option<Status>,
        /// How many values differ from the reading before; none for the first.
        pub changes: Option<u32>,
    }

    /// Which two readings to put side by side.
    struct ReadingCompare {
        /// The connection.
        pub connection: String,
        /// The platform's id.
        pub customer_id: String,
        /// The one before; none for the one that was last looked at, else the one before `after`.
        pub before: Option<String>,
        /// The one after; none for the newest.
        pub after: Option<String>,
        /// Values that are the same, too.
        pub all: bool,
    }

    /// Two readings side by side, masked as the record is.
    struct ComparisonView {
        /// The one before.
        pub before: ReadingView,
        /// The one after.
        pub after: ReadingView,
        /// In the order of the form, then what this program does not know.
        pub rows: Vec<ComparisonRowView>,
        /// The persons of either, matched by who they are (DECISIONS 9).
        pub persons: Vec<ComparedPersonView>,
        /// How many values differ.
        pub changed: u32,
        /// How many are the same.
        pub same: u32,
    }

    /// One value in two readings.
    struct ComparisonRowView {
        /// Its path in the reading before, where that has it: for `customer_reveal`.
        pub before_path: Option<String>,
        /// Its path in the reading after, where that has it.
        pub after_path: Option<String>,
        /// Its section; none for what this program does not know and for ids, status and time of creation.
        pub section: Option<Section>,
        /// For persons: their place in `persons`.
        pub person: Option<u32>,
        /// What it holds; none for what this program does not know.
        pub kind: Option<FieldKind>,
        /// What it was, masked where `masked`; none where the reading lacks it or has it empty.
        pub before: Option<String>,
        /// What it is.
        pub after: Option<String>,
        /// Both can be shown with `customer_reveal`.
        pub masked: bool,
        /// What became of it.
        pub change: ChangeKind,
    }

    /// What became of a value.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum ChangeKind {
        /// It was not there, or empty.
        Added,
        /// It is not there any more, or empty.
        Removed,
        /// It is another.
        Changed,
        /// It is the same after normalising.
        Same,
        /// One of the answers leaves out the section, person's group or whole list that it belongs to: nothing was said.
        NotSaid,
    }

    /// A person of two readings.
    struct ComparedPersonView {
        /// The names in English.
        pub name: String,
        /// In local script.
        pub local_name: String,
        /// The place in the reading before.
        pub before: Option<u32>,
        /// The place in the reading after.
        pub after: Option<u32>,
    }

    /// Somebody has looked at the changes of a customer up to a reading.
    struct CustomerSeen {
        /// The connection.
        pub connection: String,
        /// The platform's id.
        pub customer_id: String,
        /// The newest reading that was looked at.
        pub reading: String,
    }
}
