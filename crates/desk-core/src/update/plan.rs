//! What is sent of the draft of an update, and what that changes: the review shows it, the submission freezes it.

use desk_domain::application::Blocked;
use desk_domain::bultra;
use desk_domain::check::CheckContext;
use desk_domain::customer::{NoUpdate, Spot, update_body};
use desk_domain::draft::Draft;
use desk_domain::form;
use desk_domain::path::PersonId;
use desk_domain::platform::Kind;
use desk_domain::update_form::{Difference, changes, differences};
use desk_domain::value::text::is_blank;
use serde_json::Value;

use super::Base;
use crate::convert::update::form_path;
use crate::ipc::IpcError;

/// A body, and what it changes.
pub(crate) struct Plan {
    /// What the customer is to be, in the shape of a customer.
    pub body: Value,
    /// What is sent, to the byte: of AxisFI the whole customer, of Bultra what changes (`ContactPatch`).
    pub wire: Vec<u8>,
    /// For each person of the body their place in the base.
    pub places: Vec<Option<u32>>,
    /// The persons of the body in their order.
    pub persons: Vec<PersonId>,
    /// What it changes, by comparing the body with the base.
    pub differences: Vec<Difference>,
}

/// Why there is no body.
pub(crate) enum NoPlan {
    /// The rules say so.
    Blocked(Blocked),
    /// Parts that the platform requires are known to nobody, or would be lost.
    Incomplete(NoUpdate),
}

impl NoPlan {
    /// The code for the page.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Blocked(_) => "draft.blocked",
            Self::Incomplete(_) => "update.incomplete",
        }
    }
}

impl From<NoPlan> for IpcError {
    fn from(no: NoPlan) -> Self {
        Self::of(no.code())
    }
}

impl Plan {
    /// Makes the body of a draft. One that changes nothing is a plan as well, with no differences.
    pub(crate) fn of(
        base: &Base,
        draft: &Draft,
        context: &CheckContext<'_>,
        send_anyway: bool,
    ) -> Result<Self, NoPlan> {
        let changes = changes(draft, &base.made, &base.persons, context, send_anyway).map_err(NoPlan::Blocked)?;
        let body = update_body(&base.made.json, &changes).map_err(NoPlan::Incomplete)?;
        let places = changes.places(&base.made.json);
        let differences = differences(&base.made.json, &body, &places);
        let has_values = |person: &PersonId| {
            let of_person = form::places(draft, context.form).into_iter();
            of_person.filter(|path| path.person() == Some(*person)).any(|path| !is_blank(draft.text(path)))
        };
        // A new person without any value is not sent.
        let mut added = draft.persons.iter().filter(|person| !base.persons.contains(person) && has_values(person));
        let persons = places.iter().filter_map(|place| match place {
            Some(place) => base.persons.get(usize::try_from(*place).ok()?).copied(),
            None => added.next().copied(),
        });
        let persons = persons.collect();
        let wire = match base.reading.kind {
            Kind::Axisfi => body.to_string(),
            Kind::Bultra => bultra::patch(&base.made.json, &body).to_string(),
        };
        Ok(Self { body, wire: wire.into_bytes(), places, persons, differences })
    }

    /// What it says to the person who submits it: what becomes of which value, wherever it stands.
    pub(crate) fn shown(&self, base: &Base) -> Vec<(String, Option<String>, Option<String>)> {
        let key = |found: &Difference| match found.base.as_ref().or(found.body.as_ref()) {
            // A file has no place of its own: the list is a set.
            Some(Spot::Leaf(path)) if path.slot_number().is_some() => {
                path.field().map(|field| field.spec().key.to_owned()).unwrap_or_default()
            }
            _ => form_path(base, self, found).unwrap_or_default(),
        };
        let all = self.differences.iter();
        let mut shown: Vec<_> = all.map(|found| (key(found), found.old.clone(), found.new.clone())).collect();
        shown.sort();
        shown
    }
}
