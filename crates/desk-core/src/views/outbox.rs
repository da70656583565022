//! What waits, is unknown or in conflict, and what the program will do next (ARCHITECTURE "The outbox").

use desk_domain::field::FieldKind;
use desk_domain::field::Section;

use crate::ipc::{ApiErrorView, Message};
use crate::views::ConnectionView;

views! {
    /// How many submissions of the current environment are in each state that is not an end.
    #[derive(Copy)]
    struct OutboxCounts {
        /// Queued or being sent.
        pub waiting: u32,
        /// Paused, because the platform refuses the connection's keys.
        pub paused: u32,
        /// Nobody knows whether the platform has it.
        pub unknown: u32,
        /// The platform holds something else; a person decides.
        pub conflict: u32,
    }

    /// Everything of the current environment that is not at its end: conflicts first, then unknown, then the queue in the
    /// order it will be sent.
    struct OutboxView {
        /// One row a submission.
        pub rows: Vec<OutboxRowView>,
    }

    /// One submission that is not at its end.
    struct OutboxRowView {
        /// Its draft.
        pub draft: String,
        /// Its connection.
        pub connection: ConnectionView,
        /// The business name in English, may be empty.
        pub name: String,
        /// In local script, may be empty.
        pub local_name: String,
        /// Ours.
        pub partner_customer_id: String,
        /// What it is, and what comes next.
        pub delivery: DeliveryView,
    }

    /// Where a submission stands, and what the program will do about it.
    struct DeliveryView {
        /// Create or update.
        pub purpose: DeliveryPurpose,
        /// Where it stands.
        pub state: DeliveryState,
        /// What comes next.
        pub next: NextStep,
        /// When, where a time is known: not before it.
        pub next_at: Option<String>,
        /// When it was made.
        pub since: String,
        /// When it was last sent; none where it never was.
        pub sent_at: Option<String>,
        /// Look-ups since it was last sent.
        pub lookups: u32,
        /// Look-ups in a row that did not find it and prove something.
        pub misses: u32,
        /// How many of those it takes until it is sent again.
        pub misses_needed: u32,
        /// How often it was sent again after it was proven that the platform does not have it.
        pub absences: u32,
        /// Why it stands there: the code of what went wrong last, as in `OutcomeView`.
        pub reason: Option<Message>,
        /// What the platform answered, where it did. In lists its status, code and trace id alone: the words of an
        /// answer may be long, and may repeat what was sent.
        pub error: Option<ApiErrorView>,
    }

    /// What a submission makes of the platform.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum DeliveryPurpose {
        /// A new customer.
        Create,
        /// Another state of a customer.
        Update,
    }

    /// Where a submission stands.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum DeliveryState {
        /// Waits to be sent.
        Queued,
        /// Is being sent.
        Sending,
        /// Waits until the connection works.
        Paused,
        /// Nobody knows.
        Unknown,
        /// The platform has something else.
        Conflict,
    }

    /// What the program does next by itself.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum NextStep {
        /// Sends it now; nothing is in its way.
        Send,
        /// Tries to reach the platform again at `next_at`, and as soon as anything reaches it.
        TryAgain,
        /// Sends it at `next_at`, as the platform asked.
        SendAfterLimit,
        /// Sends it after those before it.
        SendInTurn,
        /// Sends it again, the same body under the same id: the platform proved not to have it.
        SendAgain,
        /// Waits for the answer.
        Answer,
        /// Looks it up at `next_at`; that it is not found then proves nothing yet.
        LookUp,
        /// Looks it up at `next_at`; a miss counts.
        LookUpForProof,
        /// Nothing until the connection works or a person asks.
        Connection,
        /// Nothing: a person decides.
        Decision,
    }

    /// Both sides of a conflict. What the user typed is not masked; what was read is, as in a record.
    struct ConflictView {
        /// The draft.
        pub draft: String,
        /// Its connection.
        pub connection: ConnectionView,
        /// The business name in English, may be empty.
        pub name: String,
        /// Create or update.
        pub purpose: DeliveryPurpose,
        /// Ours.
        pub partner_customer_id: String,
        /// The platform's id, where it said one.
        pub customer_id: Option<String>,
        /// When the platform's side was read; none where the platform has no such customer any more.
        pub read_at: Option<String>,
        /// What the platform answered where it refused to say more.
        pub error: Option<ApiErrorView>,
        /// Values that were sent and that the platform has otherwise, in the order of the form. Of an update only those
        /// that it changes.
        pub rows: Vec<ConflictRowView>,
        /// How many values that both sides have are the same.
        pub same: u32,
    }

    /// A value that both sides have otherwise.
    struct ConflictRowView {
        /// Its path in the platform's answer, for `customer_reveal`; in ours where the platform lacks it.
        pub path: String,
        /// Its section.
        pub section: Section,
        /// For persons: their place in what was sent, from 0.
        pub person: Option<u32>,
        /// What it holds.
        pub kind: Option<FieldKind>,
        /// What was sent.
        pub ours: String,
        /// What the platform has, masked where `masked`; none where it has it empty or not at all.
        pub theirs: Option<String>,
        /// It can be shown with `customer_reveal`.
        pub masked: bool,
    }

    /// What a person decides about a conflict.
    struct ConflictSettle {
        /// The draft.
        pub draft: String,
        /// What becomes of it.
        pub take: ConflictChoice,
    }

    /// What becomes of a conflict.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum ConflictChoice {
        /// What the platform has is this customer: the draft counts as accepted, and the record is the platform's.
        Theirs,
        /// It is another customer: the draft opens again, under a new partner_customer_id. Creates only.
        NewId,
        /// The draft opens again, to be put beside what the platform has now (`update_merge`). Updates only.
        Open,
    }

    /// Take a submission out of the queue, or stop waiting for its answer.
    struct OutboxRef {
        /// The draft.
        pub draft: String,
    }
}
