//! Drafts for the page, and the draft a verb works with.

use desk_domain::check::{Check, CheckContext};
use desk_domain::draft::Draft;
use desk_domain::field::{FIELDS, Field, FieldSpec, Section};
use desk_domain::form::{Form, carries, requirement};
use desk_domain::path::{FieldPath, section_key};
use desk_domain::problem::Problem;
use desk_store::connections::{self, ConnectionRow};
use desk_store::drafts::{self, DraftRow, Purpose};
use desk_store::submissions::{self, SubmissionRow};
use desk_store::{Connection, SqlResult, draft_edits};

use crate::clock::instant;
use crate::convert::delivery::{Delivery, is_behind, is_settled};
use crate::convert::{connection, outcome, update};
use crate::desk::Desk;
use crate::duplicates;
use crate::ipc::IpcError;
use crate::update::{Base, check_draft};
use crate::views::{DraftState, DraftView, FieldView};

/// A draft with what belongs to it.
pub(crate) struct Whole {
    pub row: DraftRow,
    pub connection: ConnectionRow,
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

impl Whole {
    /// A draft with what belongs to it.
    pub(crate) fn of(db: &Connection, row: DraftRow, connection: ConnectionRow) -> SqlResult<Self> {
        let (submission, changed) = newest_submission(db, &row)?;
        let behind = is_behind(db, submission.as_ref())?;
        let base = Base::read(db, &row)?;
        let duplicates = duplicates::of(db, &row, base.as_ref(), &connection)?;
        Ok(Self { row, connection, submission, behind, changed, base, duplicates })
    }

    /// Reads a draft by the id the page sent.
    ///
    /// # Errors
    /// `draft.gone`, or the store's.
    pub(crate) async fn read(desk: &Desk, id: &str) -> Result<Self, IpcError> {
        let id = super::id(id, "draft.gone")?;
        let read = desk.read(move |db| {
            let Some(row) = drafts::get(db, id)?.filter(|row| row.deleted_at.is_none()) else { return Ok(None) };
            let Some(connection) = connections::get(db, row.connection_id)? else { return Ok(None) };
            Self::of(db, row, connection).map(Some)
        });
        read.await?.ok_or_else(|| IpcError::of("draft.gone"))
    }

    /// What the rules need to know.
    pub(crate) fn context(&self, desk: &Desk) -> Result<CheckContext<'static>, IpcError> {
        Ok(CheckContext {
            today: desk.clock().today(),
            form: self.connection.form(),
            date_order: desk.date_order(),
            house: desk.house(),
        })
    }

    /// What the rules say.
    pub(crate) fn check(&self, desk: &Desk) -> Result<Check, IpcError> {
        Ok(check_draft(self.base.as_ref(), &self.row.texts, &self.duplicates, &self.context(desk)?))
    }

    /// The draft as the editor needs it.
    pub(crate) fn view(&self, desk: &Desk, restored: bool) -> Result<DraftView, IpcError> {
        let submission = self.submission.as_ref().filter(|row| !is_settled(row, self.row.state));
        Ok(DraftView {
            id: self.row.id.to_string(),
            connection: connection::view(&self.connection),
            state: state(self.row.state),
            seq: u64::try_from(self.row.seq).unwrap_or_default(),
            saved_at: instant(self.row.saved_at),
            texts: update::texts(self.base.as_ref(), &self.row.texts),
            persons: self.row.texts.persons.iter().map(|person| person.0.to_string()).collect(),
            position: self.row.position.filter(|path| is_there(&self.row.texts, *path)),
            // An update does not carry our id.
            id_frozen: self.submission.is_some() || self.row.purpose != Purpose::New,
            restored,
            fields: fields(self.connection.form()),
            check: self.check(desk)?,
            outcome: submission.and_then(outcome::view),
            delivery: submission.cloned().and_then(|row| Delivery { row, behind: self.behind }.view(desk)),
            changed: self.changed.clone(),
            update: self.base.as_ref().map(|base| update::view(base, &self.row.texts)),
        })
    }
}

/// The newest submission of a draft, and the fields that were changed after it was made: what a platform said of them was
/// about another text.
pub(crate) fn newest_submission(db: &Connection, row: &DraftRow) -> SqlResult<(Option<SubmissionRow>, Vec<FieldPath>)> {
    let Some(submission) = submissions::newest_for_draft(db, row.id)? else { return Ok((None, Vec::new())) };
    let changed = if submission.draft_seq < row.seq {
        draft_edits::changed_since(db, row.id, submission.draft_seq)?
    } else {
        Vec::new()
    };
    Ok((Some(submission), changed))
}

/// Whether the form has this place: the person may have been removed after the user was there.
fn is_there(draft: &Draft, path: FieldPath) -> bool {
    path.person().is_none_or(|person| draft.persons.contains(&person))
}

/// The text of a field outside the persons.
pub(crate) fn text_of(row: &DraftRow, field: Field) -> String {
    FieldPath::of(field).map(|path| row.texts.text(path).to_owned()).unwrap_or_default()
}

/// What became of a draft, for the page.
pub(crate) fn state(state: drafts::DraftState) -> DraftState {
    match state {
        drafts::DraftState::Editing => DraftState::Editing,
        drafts::DraftState::Queued => DraftState::Queued,
        drafts::DraftState::Sending => DraftState::Sending,
        drafts::DraftState::Paused => DraftState::Paused,
        drafts::DraftState::Accepted => DraftState::Accepted,
        drafts::DraftState::Rejected => DraftState::Rejected,
        drafts::DraftState::Unknown => DraftState::Unknown,
        drafts::DraftState::Conflict => DraftState::Conflict,
    }
}

/// Whether a draft may be edited and sent.
pub(crate) fn is_open(state: drafts::DraftState) -> bool {
    matches!(state, drafts::DraftState::Editing | drafts::DraftState::Rejected)
}

fn fields(form: Form) -> Vec<FieldView> {
    FIELDS.iter().filter(|spec| carries(form, spec)).map(|spec| field(form, spec)).collect()
}

fn field(form: Form, spec: &FieldSpec) -> FieldView {
    let path = match (spec.field, spec.section) {
        (Field::PartnerCustomerId, _) => spec.key.to_owned(),
        (_, Section::BusinessPersonList) => format!("{}/*/{}/{}", section_key(spec.section), spec.group, spec.key),
        // A list's slots come after this path.
        (_, section) => format!("{}/{}", section_key(section), spec.key),
    };
    FieldView { path, section: spec.section, kind: spec.kind, requirement: requirement(form, spec) }
}
