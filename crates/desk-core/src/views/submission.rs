//! Review, and what became of a submission.

use desk_domain::path::FieldPath;
use desk_domain::status::Status;

use crate::ipc::{ApiErrorView, Message};
use crate::views::{DraftView, FieldText, NetworkView, UpdateReviewView};

views! {
    /// What would be sent, and what stands in the way.
    struct ReviewView {
        /// The draft as it is.
        pub draft: DraftView,
        /// The value of each field that would be sent, in the platform's spelling, in the order of the form; nothing of an
        /// update, whose changes are in `update`.
        pub sends: Vec<FieldText>,
        /// Texts that are kept but not sent, because the connection's revision has no such field.
        #[cfg_attr(feature = "ts", ts(type = "Array<string>"))]
        pub not_sent: Vec<FieldPath>,
        /// Blocks whatever is ticked: errors of the rules, or a field that the platform requires.
        pub blocked: bool,
        /// Wants "send anyway": the house requires fields that are empty.
        pub house_missing: bool,
        /// The last look at the network (also in `AppView`).
        pub network: NetworkView,
        /// Files of this draft that the platform does not have yet: it cannot be sent before.
        pub uploads: u32,
        /// Of an update: what exactly changes. None for a new customer.
        pub update: Option<UpdateReviewView>,
    }

    /// Send a draft.
    struct DraftSubmit {
        /// The draft.
        pub draft: String,
        /// The number of the newest edit that the user saw on the review; another number refuses.
        pub seq: u64,
        /// Send without what only the house requires.
        pub send_anyway: bool,
        /// The warnings that were ticked, as `path code`.
        pub confirmed: Vec<String>,
        /// It may wait for the network and be sent later. Without it, and without the setting, a platform that is not
        /// reached ends as `not_sent`.
        pub may_wait: bool,
    }

    /// What became of a submission (DECISIONS 12).
    #[serde(tag = "outcome", rename_all = "snake_case")]
    enum OutcomeView {
        /// The platform has it.
        Accepted {
            /// The platform's id.
            customer_id: String,
            /// Ours.
            partner_customer_id: String,
            /// As answered.
            status: Option<Status>,
            /// When.
            at: String,
            /// What the platform had when it was read again after an update; none before it was.
            #[serde(default)]
            read_back: Option<ReadBackView>,
        },
        /// The platform refused it; the draft is open again.
        Rejected {
            /// What it said.
            error: ApiErrorView,
            /// What it said of fields that this draft has.
            fields: Vec<PlatformSaid>,
            /// When.
            at: String,
        },
        /// Nobody knows: it is not sent again before a look-up. `reason.code` as in `IpcError`, or `lookup.missed`.
        Unknown {
            /// Why it is not known.
            reason: Message,
            /// What the platform answered, where it did.
            error: Option<ApiErrorView>,
            /// When.
            at: String,
        },
        /// The platform holds another customer under the same partner_customer_id.
        Conflict {
            /// The platform's id.
            customer_id: Option<String>,
            /// Paths whose values differ.
            differs: Vec<String>,
            /// What the platform answered, where it refused instead of showing what it has.
            #[serde(default)]
            error: Option<ApiErrorView>,
            /// When.
            at: String,
        },
        /// It waits in the queue, and is sent without anybody doing anything.
        Waiting {
            /// Why: `network.*`, `rate.limited`, `lookup.absent`, `queue.turn` behind others, `queue.paused` behind
            /// one that is paused.
            reason: Message,
            /// What the platform answered, where it did (429).
            error: Option<ApiErrorView>,
            /// Not sent before.
            next_at: Option<String>,
            /// When.
            at: String,
        },
        /// The platform refuses the connection's keys, or they are not there: it waits until the connection works.
        Paused {
            /// Why: `auth.refused`, `auth.forbidden`, `credentials.missing`, `keyring.*`, `queue.tired`.
            reason: Message,
            /// What the platform answered, where it did (401, 403).
            error: Option<ApiErrorView>,
            /// When.
            at: String,
        },
        /// It never left this computer; the draft is open.
        NotSent {
            /// Why: `network.*`, `tls.*`, `cancelled`.
            reason: Message,
            /// What the platform answered, where it did.
            error: Option<ApiErrorView>,
            /// When.
            at: String,
        },
    }

    /// A customer read again after an update (DECISIONS 8).
    struct ReadBackView {
        /// When.
        pub at: String,
        /// Paths in what was sent whose values the platform has otherwise: it kept its own, or made another of ours.
        pub differs: Vec<String>,
    }

    /// The platform's words about a field.
    struct PlatformSaid {
        /// The field of the draft.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub path: FieldPath,
        /// The platform's words.
        pub message: String,
    }
}
