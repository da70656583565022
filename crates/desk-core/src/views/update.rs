//! Updates: a draft made of a reading, what exactly it changes, and what the platform changed meanwhile (DECISIONS 8, 9, 14).

use desk_domain::field::{FieldKind, Section};
use desk_domain::path::{FieldPath, PersonId};

views! {
    /// What an update is about, in the editor.
    struct UpdateView {
        /// The platform's id.
        pub customer_id: String,
        /// The business name in English as read; may be empty.
        pub name: String,
        /// In local script.
        pub local_name: String,
        /// The reading it is made of.
        pub reading: String,
        /// When that was last read.
        pub read_at: String,
        /// Personal values that are as they were read, masked. Typing replaces one; `draft_reveal` shows it to be changed,
        /// `draft_keep` brings it back.
        pub untouched: Vec<UntouchedView>,
        /// Fields that the reading leaves out: they are as they were last sent by us.
        #[cfg_attr(feature = "ts", ts(type = "string[]"))]
        pub as_sent: Vec<FieldPath>,
        /// Parts that nobody knows, neither the reading nor what was sent: what is not filled in here is lost, and some the
        /// platform requires.
        pub missing: Vec<UpdateMissingView>,
        /// Fields that are not as they were read.
        #[cfg_attr(feature = "ts", ts(type = "string[]"))]
        pub changes: Vec<FieldPath>,
        /// When a newer reading came that says something else: it is compared before anything is sent.
        pub newer: Option<String>,
    }

    /// A personal value that is as it was read.
    struct UntouchedView {
        /// The field.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub path: FieldPath,
        /// The value, masked.
        pub masked: String,
    }

    /// A part of a customer that nobody knows.
    struct UpdateMissingView {
        /// The section.
        pub section: Section,
        /// The person, for a part of theirs.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        pub person: Option<PersonId>,
        /// The part of the person: `basic_info`, `residential_address`, `identification`; empty for a whole section.
        pub group: String,
    }

    /// What an update changes, and nothing else: made of the body that would be sent and the reading it is made of.
    struct UpdateReviewView {
        /// In the order of the form.
        pub changes: Vec<ChangeView>,
        /// How many values go back as they came, those included that this program does not know.
        pub untouched: u32,
        /// Why there is no body: `update.nothing`, `update.incomplete`.
        pub problem: Option<String>,
    }

    /// One change.
    struct ChangeView {
        /// The field of the form; a whole person that is added or removed has `business_person_list`, `/` and the id.
        pub path: String,
        /// Its section.
        pub section: Section,
        /// The names of the person it is about, in English, else in local script.
        pub person: Option<String>,
        /// What it holds; none for a whole person.
        pub kind: Option<FieldKind>,
        /// As it was read, masked where `masked`; none where it was not there.
        pub old: Option<String>,
        /// Where it stands in the reading, for `customer_reveal`; none where it was sent by us and not read.
        pub old_path: Option<String>,
        /// The old value can be shown with `customer_reveal`.
        pub masked: bool,
        /// What is sent, in the platform's spelling; none for what is cleared or removed.
        pub new: Option<String>,
    }

    /// Asks for both sides of the draft of an update.
    struct UpdateMerge {
        /// The draft.
        pub draft: String,
        /// Who persons are who were asked for before, in the reading of that answer: more may clash then. None at first.
        #[serde(default)]
        pub persons: Vec<PersonMatch>,
    }

    /// The draft of an update beside what the platform has now.
    struct MergeView {
        /// The draft.
        pub draft: String,
        /// The reading it is made of, and when that was last read.
        pub base: String,
        /// When that was last read.
        pub base_read_at: String,
        /// The newest reading; the same as `base` where nothing has changed.
        pub reading: String,
        /// When that was read.
        pub read_at: String,
        /// What both sides changed, each otherwise: nothing is sent until each is chosen.
        pub clashes: Vec<ClashView>,
        /// Persons of the draft of whom it is not certain who they are in the newest reading: to be said first. Those who
        /// were said are none of these any more.
        pub persons: Vec<PersonAskView>,
        /// How many values only the platform changed: they stay as it has them now.
        pub taken: u32,
        /// How many values only the draft changes.
        pub mine: u32,
    }

    /// A value that both sides changed, each otherwise.
    struct ClashView {
        /// The field of the draft, to name it in a choice; of a whole person as in `ChangeView`.
        pub path: String,
        /// Its section.
        pub section: Section,
        /// The names of the person it is about.
        pub person: Option<String>,
        /// What it holds; none for a whole person that one side changed and the other removed.
        pub kind: Option<FieldKind>,
        /// As it was read, masked where `masked`; none where it was not there.
        pub original: Option<String>,
        /// Where it stands in the base, for `customer_reveal`.
        pub original_path: Option<String>,
        /// What the draft has; none where it clears it or removes the person.
        pub mine: Option<String>,
        /// What the platform has, masked where `masked`; none where it is not there any more.
        pub theirs: Option<String>,
        /// Where it stands in the newest reading.
        pub theirs_path: Option<String>,
        /// The original's and the platform's can be shown with `customer_reveal`.
        pub masked: bool,
    }

    /// A person of the draft who may be another one now.
    struct PersonAskView {
        /// The person.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub person: PersonId,
        /// The names.
        pub name: String,
        /// Persons of the newest reading who are nobody else of the draft: their places there and their names.
        pub maybe: Vec<PersonAtView>,
    }

    /// A person of a reading.
    struct PersonAtView {
        /// The place in the answer, from 0.
        pub place: u32,
        /// The names.
        pub name: String,
        /// The end of the id number, masked.
        pub id_number: Option<String>,
    }

    /// What a person decides about what both sides changed. The draft is then made of the newest reading.
    struct UpdateSettle {
        /// The draft.
        pub draft: String,
        /// The newest reading when it was decided; another one refuses with `update.changed`.
        pub reading: String,
        /// One for each clash; those that are missing refuse with `update.clash`.
        pub choices: Vec<MergeChoice>,
        /// Who the persons are who were asked for.
        pub persons: Vec<PersonMatch>,
        /// Why, where it shows masked values of somebody whom the platform has no more, and the policy of this computer
        /// wants to know; else `reveal.reason`.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// Which side of a clash goes on.
    struct MergeChoice {
        /// As in `ClashView`.
        pub path: String,
        /// The draft's value, else the platform's.
        pub mine: bool,
    }

    /// Who a person of the draft is in the newest reading.
    struct PersonMatch {
        /// The person.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub person: PersonId,
        /// The place there; none for nobody: the platform has removed them.
        pub place: Option<u32>,
    }
}
