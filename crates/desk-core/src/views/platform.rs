//! What some platforms have beside a customer: a list of their own, accounts, individuals.

views! {
    /// A customer by name.
    struct CustomerNameView {
        /// The platform's id.
        pub customer_id: String,
        /// Its name; empty where none is known.
        pub name: String,
    }

    /// An account of a customer.
    struct AccountView {
        /// The platform's id.
        pub id: String,
        /// ISO 4217, as it came.
        pub currency: Option<String>,
        /// As it came.
        pub status: Option<String>,
    }

    /// An individual of a customer.
    struct IndividualView {
        /// The platform's id.
        pub individual_id: String,
        /// The id under which it is opened: `<customer>/individuals/<individual>`.
        pub customer_id: String,
        /// Its name; empty where none is known.
        pub name: String,
        /// The platform's word, as it came.
        pub role: Option<String>,
        /// `ownership_percentage` with every digit.
        pub ownership_percentage: Option<String>,
        /// When it was read; none where it never was.
        pub read_at: Option<String>,
        /// The customer names it; else it was asked for by its id.
        pub named: bool,
        /// The draft of an update of it.
        pub update: Option<String>,
    }

    /// The list of a platform, or the part of it that two filters leave.
    struct PlatformListRef {
        /// The connection.
        pub connection: String,
        /// Only what the platform calls so.
        pub party: Option<String>,
        /// Only those with this status.
        pub status: Option<String>,
    }

    /// How far the list of a platform was read.
    struct PlatformListView {
        /// The connection.
        pub connection: String,
        /// The filter.
        pub party: Option<String>,
        /// The filter.
        pub status: Option<String>,
        /// How many rows were read since it began.
        pub rows: u32,
        /// The platform has more, or nothing was read yet.
        pub has_more: bool,
        /// When the newest page was read; none before the first.
        pub read_at: Option<String>,
        /// When it was read to its end.
        pub complete_at: Option<String>,
        /// Customers of this connection that are known from the list alone: their names are not known.
        pub unread: u32,
    }
}
