//! Customers, masked.

use desk_domain::field::{FieldKind, Section};
use desk_domain::status::Status;

use crate::views::ConnectionView;

views! {
    /// Names a customer.
    struct CustomerRef {
        /// The connection.
        pub connection: String,
        /// The platform's id.
        pub customer_id: String,
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

    /// Customers that this computer knows in the current environment, newest reading first.
    struct CustomerListView {
        /// One row a customer.
        pub customers: Vec<CustomerRowView>,
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
