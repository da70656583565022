//! Customers, masked.

use desk_domain::field::{FieldKind, Section};
use desk_domain::status::{Status, StatusGroup};

use crate::views::ConnectionView;

views! {
    /// Names a customer.
    struct CustomerRef {
        /// The connection.
        pub connection: String,
        /// The platform's id.
        pub customer_id: String,
    }

    /// Begins a new application with what a customer is known to be: the whole record is shown unmasked.
    struct CustomerCopy {
        /// The connection.
        pub connection: String,
        /// The platform's id.
        pub customer_id: String,
        /// Why, where the policy of this computer wants to know (`AppView.policy`).
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// Ask the platform for a customer by one of its ids.
    struct CustomerLookup {
        /// The connection.
        pub connection: String,
        /// Which id.
        pub by: LookupBy,
        /// The id as typed.
        pub value: String,
    }

    /// The two ids of a customer.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum LookupBy {
        /// The platform's.
        CustomerId,
        /// Ours.
        PartnerCustomerId,
    }

    /// Which customers of the current environment to list.
    struct CustomerListRequest {
        /// Words of a name, an id, a number or an email address; the empty text for all.
        pub query: String,
        /// Only those of this status group. What needs attention is also what changed on the platform and was not looked at.
        pub group: Option<StatusGroup>,
        /// In which order.
        pub sort: CustomerSort,
        /// The other way round: Z before A, oldest first.
        pub reversed: bool,
        /// How many rows to pass over.
        pub offset: u32,
        /// At most so many rows, 200 at most.
        pub limit: u32,
    }

    /// The order of a list of customers.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum CustomerSort {
        /// The one read last first.
        ReadAt,
        /// By name in English.
        Name,
        /// By country, then name.
        Country,
        /// By the platform's word, then name.
        Status,
    }

    /// Customers that this computer knows in the current environment.
    struct CustomerListView {
        /// One row a customer.
        pub customers: Vec<CustomerRowView>,
        /// How many match, on all pages.
        pub total: u32,
        /// How many match the query in each status group, empty groups left out, whatever `group` was asked for. One that
        /// changed counts in its own group and in the one that needs attention.
        pub groups: Vec<GroupCount>,
        /// How many the environment has.
        pub all: u32,
    }

    /// How many customers a status group has.
    struct GroupCount {
        /// The group.
        pub group: StatusGroup,
        /// How many.
        pub count: u32,
    }

    /// The newest answer about a customer, line by line, masked as the record is.
    struct CustomerRawView {
        /// When it was read.
        pub read_at: String,
        /// SHA-256 of the answer as it came, hexadecimal.
        pub sha256: String,
        /// Every object, list and leaf, in the order of the answer.
        pub lines: Vec<RawLineView>,
    }

    /// One line of an answer.
    struct RawLineView {
        /// Its path: `business_person_list/0/identification/id_number`; empty for the whole.
        pub path: String,
        /// How deep it lies, from 0.
        pub depth: u32,
        /// Its key, or its place in a list.
        pub key: String,
        /// What it is.
        pub kind: RawKind,
        /// A leaf's value as JSON writes it, without the quotes of a text; masked where `masked`. How many lines an object
        /// or a list holds, else.
        pub text: String,
        /// It can be shown with `customer_reveal`.
        pub masked: bool,
    }

    /// The kinds of JSON values (RFC 8259).
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum RawKind {
        /// An object.
        Object,
        /// A list.
        Array,
        /// A text.
        String,
        /// A number, with every digit as it came.
        Number,
        /// True or false.
        Boolean,
        /// Null.
        Null,
    }

    /// One customer in a list.
    struct CustomerRowView {
        /// Its connection.
        pub connection: String,
        /// The platform's id.
        pub customer_id: String,
        /// Ours.
        pub partner_customer_id: Option<String>,
        /// The business name in English.
        pub name: String,
        /// In local script.
        pub local_name: String,
        /// ISO 3166-1 alpha-2, where known.
        pub country: Option<String>,
        /// As last read.
        pub status: Option<Status>,
        /// When it was read.
        pub read_at: String,
        /// When a change came that nobody here has looked at.
        pub changed_at: Option<String>,
    }

    /// A customer as last read, masked.
    struct CustomerView {
        /// Its connection.
        pub connection: ConnectionView,
        /// The platform's id.
        pub customer_id: String,
        /// Ours.
        pub partner_customer_id: Option<String>,
        /// The business name in English; empty where no reading says it.
        pub name: String,
        /// In local script.
        pub local_name: String,
        /// As last read.
        pub status: Option<Status>,
        /// The platform's `created_at` as it came.
        pub created_at: Option<String>,
        /// When this reading was made.
        pub read_at: String,
        /// How many readings are kept.
        pub readings: u32,
        /// The sections of the form, in order, with what the reading says.
        pub sections: Vec<CustomerSectionView>,
        /// Leaves that this program does not know, masked.
        pub unknown: Vec<CustomerLeafView>,
        /// Statuses seen, newest first.
        pub history: Vec<StatusSeen>,
        /// What was shown by this user today.
        pub shown: Vec<ShownView>,
        /// What changed since somebody here last looked at the changes; none where nothing did.
        pub changed: Option<ChangedView>,
        /// The draft of an update that is being written or on its way.
        pub update: Option<String>,
        /// When the program asks for it again by itself; none where it does not (DECISIONS 13).
        pub ask_at: Option<String>,
    }

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

    /// A status, and the reading that first had it.
    struct StatusSeen {
        /// The status.
        pub status: Status,
        /// When it was first read.
        pub at: String,
    }

    /// A masked value that was shown.
    struct ShownView {
        /// Its path in the answer.
        pub path: String,
        /// When.
        pub at: String,
    }

    /// A section of a customer.
    struct CustomerSectionView {
        /// The section.
        pub section: Section,
        /// For persons: their place in the answer, from 0.
        pub person: Option<u32>,
        /// The answer has this section.
        pub said: bool,
        /// Its fields in the order of the form, known ones only; a field that the answer lacks has no value.
        pub leaves: Vec<CustomerLeafView>,
    }

    /// One value of a customer.
    struct CustomerLeafView {
        /// Its path in the answer: `business_person_list/0/identification/id_number`.
        pub path: String,
        /// What it holds; `None` for a leaf this program does not know.
        pub kind: Option<FieldKind>,
        /// The value, masked where `masked`; `None` where the answer lacks it.
        pub value: Option<String>,
        /// It can be shown with `customer_reveal`.
        pub masked: bool,
    }

    /// Show one masked value. The trail keeps who asked for what.
    struct CustomerReveal {
        /// The connection.
        pub connection: String,
        /// The platform's id.
        pub customer_id: String,
        /// The path of the value.
        pub path: String,
        /// In which reading; none for the newest.
        #[serde(default)]
        pub reading: Option<String>,
        /// Why, where the policy of this computer wants to know (`AppView.policy`).
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// A value that was masked.
    struct RevealedView {
        /// The path.
        pub path: String,
        /// The value.
        pub value: String,
        /// After how many seconds the page hides it again.
        pub hides_after_s: u32,
    }
}
