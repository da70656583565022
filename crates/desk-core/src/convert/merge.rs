//! The draft of an update beside what the platform has now, for the page.

use desk_domain::customer::{Clash, Customer, CustomerPath, Leaf, Side, Spot, Uncertain};
use desk_domain::field::{Field, Section};
use desk_domain::path::PersonId;
use desk_domain::platform::Kind;
use uuid::Uuid;

use crate::clock::instant;
use crate::convert::customer::{Veiled, veiled, veiled_unknown};
use crate::convert::update::{field_of, name, path_of, person_at};
use crate::update::Base;
use crate::update::onto::Beside;
use crate::views::{ClashView, MergeView, PersonAskView, PersonAtView};

/// Both sides. `None` where one of them is no customer.
pub(crate) fn view(draft: Uuid, base: &Base, beside: &Beside) -> Option<MergeView> {
    let read = |of: &Base| Customer::from_json(&of.made.json).ok();
    let sides = Read { base, beside, before: read(base)?, now: read(&beside.newest)? };
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let theirs = beside.merge.uncertain.iter().filter(|asked| asked.side == Side::Theirs);
    Some(MergeView {
        draft: draft.to_string(),
        base: base.reading.id.to_string(),
        base_read_at: instant(base.reading.last_read_at),
        reading: beside.newest.reading.id.to_string(),
        read_at: instant(beside.newest.reading.last_read_at),
        clashes: beside.merge.clashes.iter().filter_map(|clash| sides.clash(clash)).collect(),
        persons: theirs.filter_map(|asked| sides.ask(asked)).collect(),
        taken: count(beside.merge.taken.len()),
        mine: count(beside.merge.mine.len()),
    })
}

/// A clash as a choice names it: the field of the draft, or the person.
pub(crate) fn key(base: &Base, beside: &Beside, clash: &Clash) -> Option<String> {
    let of = |spot: &Option<Spot>, persons: &[PersonId]| spot.as_ref().and_then(|spot| path_of(spot, persons));
    of(&clash.base, &base.persons)
        .or_else(|| of(&clash.mine, &beside.plan.persons))
        .or_else(|| of(&clash.theirs, &beside.newest.persons))
}

/// Where a clash stands in what was sent, for the outcome.
pub(crate) fn sent_path(clash: &Clash) -> Option<String> {
    match clash.mine.as_ref().or(clash.base.as_ref())? {
        Spot::Leaf(path) => Some(path.to_string()),
        Spot::Person(at) => Some(format!("business_person_list/{at}")),
        Spot::Unknown(path) => Some(path.clone()),
    }
}

struct Read<'a> {
    base: &'a Base,
    beside: &'a Beside,
    before: Customer,
    now: Customer,
}

impl Read<'_> {
    fn clash(&self, clash: &Clash) -> Option<ClashView> {
        let spot = clash.base.as_ref().or(clash.mine.as_ref()).or(clash.theirs.as_ref())?;
        let spec = field_of(spot).map(Field::spec);
        let person = match (&clash.base, &clash.theirs) {
            (Some(spot), _) => person_at(spot).map(|at| name(&self.before, at)),
            (None, Some(spot)) => person_at(spot).map(|at| name(&self.now, at)),
            (None, None) => None,
        };
        let kind = self.base.reading.kind;
        let original = veil(kind, clash.base.as_ref(), clash.original.as_deref());
        let theirs = veil(kind, clash.theirs.as_ref(), clash.platform.as_deref());
        let masked = [&original, &theirs].into_iter().flatten().any(|veiled| veiled.masked);
        Some(ClashView {
            path: key(self.base, self.beside, clash)?,
            section: spec.map_or(Section::BusinessPersonList, |spec| spec.section),
            person,
            kind: spec.map(|spec| spec.kind),
            original_path: read_path(clash.base.as_ref(), self.base),
            mine: clash.ours.clone(),
            theirs_path: read_path(clash.theirs.as_ref(), &self.beside.newest),
            masked,
            original: original.map(|veiled| veiled.text),
            theirs: theirs.map(|veiled| veiled.text),
        })
    }

    fn ask(&self, asked: &Uncertain) -> Option<PersonAskView> {
        let at = |place: &u32| PersonAtView {
            place: *place,
            name: name(&self.now, *place),
            id_number: CustomerPath::of_person(*place, Field::IdNumber).and_then(|path| {
                let number = self.now.leaf(path).filter(|number| !number.is_empty())?;
                Some(veiled(self.base.reading.kind, Leaf::Known(path), number).text)
            }),
        };
        Some(PersonAskView {
            person: *self.base.persons.get(usize::try_from(asked.base).ok()?)?,
            name: name(&self.before, asked.base),
            maybe: asked.maybe.iter().map(at).collect(),
        })
    }
}

fn veil(kind: Kind, spot: Option<&Spot>, text: Option<&str>) -> Option<Veiled> {
    match (spot?, text?) {
        (Spot::Leaf(path), text) => Some(veiled(kind, Leaf::Known(*path), text)),
        (Spot::Unknown(path), text) => Some(veiled_unknown(kind, path, text)),
        (Spot::Person(_), _) => None,
    }
}

/// Where a value stands in the reading; `None` for what the reading leaves out.
fn read_path(spot: Option<&Spot>, of: &Base) -> Option<String> {
    match spot? {
        Spot::Leaf(path) => (!of.made.as_sent.contains(path)).then(|| path.to_string()),
        Spot::Unknown(path) => Some(path.clone()),
        Spot::Person(_) => None,
    }
}
