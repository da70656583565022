//! A draft as a row of a list: what it needs, and why.

use desk_domain::check::CheckContext;
use desk_domain::field::Field;
use desk_domain::form::places;
use desk_domain::path::FieldPath;
use desk_domain::problem::{Problem, Severity};
use desk_store::draft_lists;
use desk_store::drafts::{DraftRow, DraftState, Purpose};
use desk_store::submissions::SubmissionRow;

use crate::clock::instant;
use crate::convert::delivery::{Delivery, is_settled};
use crate::convert::draft::{state, text_of};
use crate::convert::outcome;
use crate::desk::Desk;
use crate::update::{Base, check_draft};
use crate::views::{DeliveryPurpose, DraftGroup, DraftRowView, OutcomeView};

/// A draft of a page of a list, with what belongs to it.
pub(crate) struct Listed {
    pub group: draft_lists::DraftGroup,
    pub row: DraftRow,
    pub submission: Option<SubmissionRow>,
    /// Another submission of its connection stands before its own.
    pub behind: bool,
    /// Fields that were changed after the submission was made.
    pub changed: Vec<FieldPath>,
    /// Of an update: what it is made of.
    pub base: Option<Base>,
    /// Who else has its numbers.
    pub duplicates: Vec<Problem>,
}

impl Listed {
    /// The row as the page gets it.
    pub(crate) fn view(&self, desk: &Desk, context: &CheckContext<'_>) -> DraftRowView {
        let row = &self.row;
        let (name, local_name) = self.names();
        let found = check_draft(self.base.as_ref(), &row.texts, &self.duplicates, context);
        let of = |severity| found.problems.iter().filter(move |problem| problem.severity == severity);
        let rejected = self.rejected(context);
        // A field that both complain of is one problem to whoever mends it.
        let named_only = rejected.iter().filter(|path| of(Severity::Error).all(|problem| problem.path != **path));
        let incomplete = found.sections.iter().filter(|section| {
            section.filled < section.required
                || of(Severity::Error).any(|problem| problem.path.field().spec().section == section.section)
                || rejected.iter().any(|path| path.field().spec().section == section.section)
        });
        DraftRowView {
            id: row.id.to_string(),
            connection: row.connection_id.to_string(),
            name,
            local_name,
            purpose: match row.purpose {
                Purpose::New => DeliveryPurpose::Create,
                Purpose::Update { .. } => DeliveryPurpose::Update,
            },
            state: state(row.state),
            required: found.required,
            filled: found.filled,
            errors: count(of(Severity::Error).count() + named_only.count()),
            warnings: count(of(Severity::Warning).count()),
            group: group(self.group),
            delivery: self
                .submission
                .clone()
                .filter(|row| !is_settled(row, self.row.state))
                .and_then(|row| Delivery { row, behind: self.behind }.listed(desk)),
            sections: incomplete.map(|section| section.section).collect(),
            rejected,
            customer_id: self.customer_id(),
            saved_at: instant(row.saved_at),
            deleted_at: row.deleted_at.map(instant),
        }
    }

    /// The fields that the platform named, as the outcome has them, without those that say something else by now.
    fn rejected(&self, context: &CheckContext<'_>) -> Vec<FieldPath> {
        let newest = self.submission.as_ref().filter(|_| self.row.state == DraftState::Rejected);
        let Some(OutcomeView::Rejected { fields, .. }) = newest.and_then(outcome::view) else { return Vec::new() };
        let named = |path: &FieldPath| fields.iter().any(|said| said.path == *path) && !self.changed.contains(path);
        places(&self.row.texts, context.form).into_iter().filter(named).collect()
    }

    /// As they are typed; where the form has none, those of the customer.
    fn names(&self) -> (String, String) {
        let typed = [Field::BusinessNameEnglish, Field::BusinessName].map(|field| text_of(&self.row, field));
        match (&self.base, typed) {
            (Some(base), [name, local_name]) if name.is_empty() && local_name.is_empty() => base.names.clone(),
            (_, [name, local_name]) => (name, local_name),
        }
    }

    fn customer_id(&self) -> Option<String> {
        if let Purpose::Update { customer_id, .. } = &self.row.purpose {
            return Some(customer_id.clone());
        }
        let accepted = self.submission.as_ref().filter(|_| self.row.state == DraftState::Accepted);
        accepted.and_then(|submission| submission.customer_id.clone())
    }
}

/// A group of the store for the page.
pub(crate) fn group(group: draft_lists::DraftGroup) -> DraftGroup {
    match group {
        draft_lists::DraftGroup::NeedsYou => DraftGroup::NeedsYou,
        draft_lists::DraftGroup::BeingWritten => DraftGroup::BeingWritten,
        draft_lists::DraftGroup::OnTheWay => DraftGroup::OnTheWay,
        draft_lists::DraftGroup::SentToday => DraftGroup::SentToday,
        draft_lists::DraftGroup::SentBefore => DraftGroup::SentBefore,
    }
}

/// The same the other way.
pub(crate) fn stored_group(group: DraftGroup) -> draft_lists::DraftGroup {
    match group {
        DraftGroup::NeedsYou => draft_lists::DraftGroup::NeedsYou,
        DraftGroup::BeingWritten => draft_lists::DraftGroup::BeingWritten,
        DraftGroup::OnTheWay => draft_lists::DraftGroup::OnTheWay,
        DraftGroup::SentToday => draft_lists::DraftGroup::SentToday,
        DraftGroup::SentBefore => draft_lists::DraftGroup::SentBefore,
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
