//! Brings the draft of an update onto what the platform has by now: three ways, by field (DECISIONS 9).

use std::collections::BTreeMap;

use desk_domain::check::CheckContext;
use desk_domain::customer::{Merge, Sides, merge};
use desk_domain::draft::{Draft, Edit};
use desk_domain::path::PersonId;
use desk_domain::update_form::{Theirs, persons_of_theirs, rebase};
use desk_store::documents;
use desk_store::drafts;
use desk_store::readings;
use desk_store::{Connection, SqlResult, Transaction};
use uuid::Uuid;

use super::Base;
use super::plan::{NoPlan, Plan};
use crate::desk::new_id;
use crate::views::PersonMatch;

/// A draft beside the newest reading.
pub(crate) struct Beside {
    /// What the draft sends.
    pub plan: Plan,
    /// What the newest reading is, with what it lacks as last sent; its persons have the ids of the draft's.
    pub newest: Base,
    /// The three of them.
    pub merge: Merge,
}

impl Beside {
    /// Compares them. `matches` says who persons of the base are in the newest reading, where a person decided. `None`
    /// where the newest reading is no customer.
    pub(crate) fn read(
        db: &Connection,
        base: &Base,
        draft: &Draft,
        context: &CheckContext<'_>,
        matches: &[(u32, Option<u32>)],
        now: i64,
    ) -> SqlResult<Result<Option<Self>, NoPlan>> {
        let plan = match Plan::of(base, draft, context, true) {
            Ok(plan) => plan,
            Err(no) => return Ok(Err(no)),
        };
        let (connection, customer_id) = (base.reading.connection_id, &base.reading.customer_id);
        let Some(reading) = readings::newest(db, connection, customer_id)? else { return Ok(Ok(None)) };
        let Some(made) = super::made_of(db, &reading, now)? else { return Ok(Ok(None)) };
        let sides =
            Sides { base: &base.made.json, mine: &plan.body, theirs: &made.json, persons: Some(&plan.places), matches };
        let merge = merge(&sides);
        let persons = persons_of_theirs(&merge, &base.persons, &plan.persons, || PersonId(new_id()));
        let Some(newest) = Base::new(db, reading, Some(persons), now)? else { return Ok(Ok(None)) };
        Ok(Ok(Some(Self { plan, newest, merge })))
    }

    /// What both sides changed, and persons of whom it is not certain who they are.
    pub(crate) fn open_questions(&self) -> usize {
        self.merge.clashes.len() + self.merge.uncertain.len()
    }

    /// The edits that make the draft one of the newest reading.
    pub(crate) fn edits(&self, base: &Base, draft: &Draft, theirs: &Theirs) -> Vec<Edit> {
        rebase(draft, &base.prefilled, &self.newest.prefilled, theirs)
    }

    /// Makes the draft one of the newest reading by these edits, after which it is `moved`. Its files go where their ids
    /// stand then; none of them may still be on its way.
    pub(crate) fn keep(
        &self,
        tx: &Transaction<'_>,
        draft: Uuid,
        edits: &[Edit],
        moved: &Draft,
        now: i64,
    ) -> SqlResult<()> {
        drafts::save_edits(tx, draft, new_id(), edits, now)?;
        drafts::rebase(tx, draft, self.newest.reading.id, &self.newest.persons, now)?;
        documents::moved(tx, draft, moved)
    }
}

/// Who the persons of the base are in the newest reading. `None` where a person is none of the base's, or is named twice.
pub(crate) fn matches(base: &Base, persons: &[PersonMatch]) -> Option<Vec<(u32, Option<u32>)>> {
    let place = |person: PersonId| {
        let at = base.persons.iter().position(|known| *known == person)?;
        u32::try_from(at).ok()
    };
    let found: BTreeMap<_, _> =
        persons.iter().map(|said| Some((place(said.person)?, said.place))).collect::<Option<_>>()?;
    (found.len() == persons.len()).then(|| found.into_iter().collect())
}

/// What became of a draft that was to be brought onto the newest reading.
pub(crate) enum Onto {
    /// It stays as it is.
    Same,
    /// It was made one of the newest reading: so many values of the platform's were taken over.
    Moved { taken: usize },
    /// So many questions are for a person.
    Clash { count: usize, paths: Vec<String> },
    /// It was made one of the newest reading, and what was shown would not be what is sent: the platform has come to some
    /// of it by itself.
    Changed,
}

/// Brings a draft onto the newest reading, where nothing clashes. It stays as it is where the same that was `frozen` of it
/// would go out, to the byte: that is still the same attempt.
pub(crate) fn bring(
    tx: &Transaction<'_>,
    id: Uuid,
    base: &Base,
    draft: &Draft,
    context: &CheckContext<'_>,
    frozen: Option<&[u8]>,
    now: i64,
) -> SqlResult<Result<Onto, NoPlan>> {
    let beside = match Beside::read(tx, base, draft, context, &[], now)? {
        Ok(Some(beside)) => beside,
        Ok(None) => return Ok(Ok(Onto::Same)),
        Err(no) => return Ok(Err(no)),
    };
    if beside.newest.reading.id == base.reading.id && beside.newest.made.json == base.made.json {
        return Ok(Ok(Onto::Same));
    }
    if beside.open_questions() > 0 {
        let paths = beside.merge.clashes.iter().filter_map(crate::convert::merge::sent_path).collect();
        return Ok(Ok(Onto::Clash { count: beside.open_questions(), paths }));
    }
    let edits = beside.edits(base, draft, &Theirs::default());
    let mut moved = draft.clone();
    edits.iter().for_each(|edit| moved.apply(edit));
    let plan = match Plan::of(&beside.newest, &moved, context, true) {
        Ok(plan) => plan,
        Err(no) => return Ok(Err(no)),
    };
    let same = plan.shown(&beside.newest) == beside.plan.shown(base);
    if same && frozen.is_some_and(|frozen| plan.wire == frozen) {
        return Ok(Ok(Onto::Same));
    }
    beside.keep(tx, id, &edits, &moved, now)?;
    Ok(Ok(if same { Onto::Moved { taken: beside.merge.taken.len() } } else { Onto::Changed }))
}
