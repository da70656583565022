//! Drafts and the editor.

use desk_domain::check::Check;
use desk_domain::draft::Edit;
use desk_domain::field::{FieldKind, Requirement, Section};
use desk_domain::path::FieldPath;

use crate::views::{ConnectionView, DeliveryPurpose, DeliveryView, OutcomeView, UpdateView};

views! {
    /// Which drafts of the current environment to list.
    struct DraftListRequest {
        /// Words of a name, an id, a number or an email address; the empty text for all.
        pub query: String,
        /// Only those of this group; all groups in their order without.
        pub group: Option<DraftGroup>,
        /// Deleted ones instead of those in use.
        pub deleted: bool,
        /// How many rows to pass over.
        pub offset: u32,
        /// At most so many rows, 200 at most.
        pub limit: u32,
    }

    /// What a draft needs (VISUAL.md, the table of screens).
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum DraftGroup {
        /// Rejected, paused, in conflict, or with an outcome that nobody knows.
        NeedsYou,
        /// Being written.
        BeingWritten,
        /// Sending, waiting to be sent.
        OnTheWay,
        /// Accepted today, by this computer's calendar.
        SentToday,
        /// Accepted before.
        SentBefore,
    }

    /// Drafts of the current environment: by group, then the one saved last first, of deleted ones the one deleted last.
    struct DraftListView {
        /// One row a draft.
        pub drafts: Vec<DraftRowView>,
        /// How many match, on all pages.
        pub total: u32,
        /// How many match the query in each group, empty groups left out, whatever `group` was asked for.
        pub groups: Vec<DraftGroupCount>,
        /// How many drafts were deleted and can be brought back.
        pub deleted: u32,
    }

    /// How many drafts a group has.
    struct DraftGroupCount {
        /// The group.
        pub group: DraftGroup,
        /// How many.
        pub count: u32,
    }

    /// One draft in a list.
    struct DraftRowView {
        /// Its id.
        pub id: String,
        /// Its connection.
        pub connection: String,
        /// The business name in English, may be empty.
        pub name: String,
        /// The business name in local script, may be empty.
        pub local_name: String,
        /// A new customer, or another state of one.
        pub purpose: DeliveryPurpose,
        /// What became of it.
        pub state: DraftState,
        /// Required fields, and how many are filled.
        pub required: u32,
        /// How many of them are filled.
        pub filled: u32,
        /// Problems that block; of a rejected draft also the fields that the platform named.
        pub errors: u32,
        /// Problems that need a tick.
        pub warnings: u32,
        /// The group it stands in.
        pub group: DraftGroup,
        /// Where its submission stands and what comes next, while it is not at its end.
        pub delivery: Option<DeliveryView>,
        /// Sections that are not complete, in the order of the form.
        pub sections: Vec<Section>,
        /// Fields that the platform named when it rejected the draft and that were not changed since, in the order of the
        /// form.
        #[cfg_attr(feature = "ts", ts(type = "string[]"))]
        pub rejected: Vec<FieldPath>,
        /// The platform's id, once it was accepted; of an update from the beginning.
        pub customer_id: Option<String>,
        /// When it was last saved.
        pub saved_at: String,
        /// When it was deleted; it is kept for 30 days.
        pub deleted_at: Option<String>,
    }

    /// What became of a draft.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum DraftState {
        /// Being written.
        Editing,
        /// Waits to be sent: read-only, until it is taken out of the queue.
        Queued,
        /// A submission is under way.
        Sending,
        /// Waits until its connection works: read-only, until it is taken out of the queue.
        Paused,
        /// The platform accepted it: read-only.
        Accepted,
        /// The platform rejected it: editable.
        Rejected,
        /// Nobody knows yet whether the platform has it: read-only.
        Unknown,
        /// The platform holds something else under its id: read-only.
        Conflict,
    }

    /// Names a draft.
    struct DraftRef {
        /// Its id.
        pub draft: String,
    }

    /// A draft as the editor needs it.
    struct DraftView {
        /// Its id (UUID v7).
        pub id: String,
        /// Its connection.
        pub connection: ConnectionView,
        /// What became of it.
        pub state: DraftState,
        /// The number of its newest edit; 0 without one.
        pub seq: u64,
        /// When it was last saved.
        pub saved_at: String,
        /// What is typed. Of an update also what was read, without personal values that are as they were read: those are
        /// in `update.untouched`, masked.
        pub texts: Vec<FieldText>,
        /// Persons in the order of the form.
        pub persons: Vec<String>,
        /// The field the user was in, to go back there.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub position: Option<FieldPath>,
        /// Something was submitted under its partner_customer_id, which stays from then on (DECISIONS 5).
        pub id_frozen: bool,
        /// The program ended without closing this draft: it was restored.
        pub restored: bool,
        /// The fields of the form for this revision, in order.
        pub fields: Vec<FieldView>,
        /// What the rules say.
        pub check: Check,
        /// What became of the newest submission, if any.
        pub outcome: Option<OutcomeView>,
        /// Where it stands and what comes next, while it is not at its end.
        pub delivery: Option<DeliveryView>,
        /// Fields that were changed after that submission was made: what the platform said of them is past.
        #[cfg_attr(feature = "ts", ts(type = "string[]"))]
        pub changed: Vec<FieldPath>,
        /// Of an update: of what. None for a new customer.
        pub update: Option<UpdateView>,
    }

    /// One field of the form. Paths of persons stand with `*` for the person's id.
    struct FieldView {
        /// Its path; a person's has `*` for the id, as in `business_person_list`, `*`, `identification`, `id_number`.
        pub path: String,
        /// Its section.
        pub section: Section,
        /// What it holds.
        pub kind: FieldKind,
        /// Who requires it.
        pub requirement: Requirement,
    }

    /// A text of a draft.
    struct FieldText {
        /// Its place.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub path: FieldPath,
        /// The text as typed.
        pub text: String,
    }

    /// Edits to keep. They are on the disk when the answer comes.
    struct DraftSave {
        /// The draft.
        pub draft: String,
        /// In the order they were made; may be empty, to keep the position only.
        pub edits: Vec<Edit>,
        /// The field the user is in.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub position: Option<FieldPath>,
        /// The editor is being left in order: nothing to restore.
        pub closing: bool,
    }

    /// The edits are kept.
    struct DraftSavedView {
        /// The number of the newest edit.
        pub seq: u64,
        /// When.
        pub saved_at: String,
        /// What the rules say now.
        pub check: Check,
        /// Of an update: its fields that are not as they were read.
        #[cfg_attr(feature = "ts", ts(type = "string[]"))]
        pub changes: Vec<FieldPath>,
    }

    /// Names a field of a draft.
    struct DraftField {
        /// The draft.
        pub draft: String,
        /// The field.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub path: FieldPath,
        /// For `draft_reveal`: why, where the policy of this computer wants to know (`AppView.policy`).
        #[serde(default)]
        pub reason: Option<String>,
    }
}
