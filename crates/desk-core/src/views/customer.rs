//! Customers, masked.

use desk_domain::field::{FieldKind, Section};
use desk_domain::status::{Status, StatusGroup};

use crate::views::{AccountView, ChangedView, ConnectionView, CustomerNameView, IndividualView};

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
        /// The id as typed; of an individual that of its customer, or `<customer>/individuals/<individual>`.
        pub value: String,
        /// The platform's id of an individual of that customer, where one is asked for.
        #[serde(default)]
        pub individual: Option<String>,
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
        /// Only those of this connection.
        #[serde(default)]
        pub connection: Option<String>,
        /// Only those that the platform calls so: INDIVIDUAL, CORPORATION.
        #[serde(default)]
        pub party: Option<String>,
        /// Only those with this word of the platform's, be it with the suffix `_L2F`.
        #[serde(default)]
        pub status: Option<String>,
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
        /// When it was read; where it was never read, when the platform's list named it.
        pub read_at: String,
        /// When a change came that nobody here has looked at.
        pub changed_at: Option<String>,
        /// The platform's word for what it is: INDIVIDUAL, CORPORATION or another.
        pub party: Option<String>,
        /// The email address that the platform's list says, masked; where no name is known.
        pub email: Option<String>,
        /// It is known from the platform's list alone: opening it reads it.
        pub unread: bool,
        /// A whole reading of the platform's list did not name it any more.
        pub unlisted_at: Option<String>,
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
        /// The platform's word for what it is: INDIVIDUAL, CORPORATION or another.
        pub party: Option<String>,
        /// The platform's `updated_at` as it came.
        pub updated_at: Option<String>,
        /// Of an individual: its customer.
        pub individual_of: Option<CustomerNameView>,
        /// What is said of it beside the fields: `role`, `ownership_percentage`.
        pub facts: Vec<CustomerLeafView>,
        /// Its accounts.
        pub accounts: Vec<AccountView>,
        /// The individuals that the customer names, and those that were asked for by their id.
        pub individuals: Vec<IndividualView>,
        /// A whole reading of the platform's list did not name it any more.
        pub unlisted_at: Option<String>,
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
