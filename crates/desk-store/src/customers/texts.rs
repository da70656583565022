//! What search finds a customer by: out of its row, its readings, and those of its individuals.

use desk_domain::bultra::{self, NamedIndividual, Target};
use desk_domain::customer::{Customer, CustomerPath};
use desk_domain::field::Field;
use desk_domain::platform::Kind;
use desk_domain::search::{fold, stands_alone};
use rusqlite::{Result, Row, Transaction};
use serde_json::Value;

use super::index::Indexed;
use crate::column::coded;

/// Readings that are looked at, newest first, for what the newest does not say: an answer to a create says little, the
/// reading before or after it says all.
const READINGS: u32 = 8;

/// Parts two values, so that no row of letters goes from one into the other: no text that people write has it.
const BETWEEN: char = '\u{E000}';

/// The texts of a customer in the two indexes.
#[derive(Default)]
pub(super) struct Texts {
    pub parts: String,
    pub words: String,
}

impl Texts {
    /// Names are found by beginnings of one or two letters as well; of other values that would be noise.
    fn name(&mut self, text: &str) {
        let folded = fold(text);
        self.part(&folded);
        self.words.push_str(&parted(&folded));
        self.words.extend([' ', BETWEEN, ' ']);
    }

    fn id(&mut self, text: &str) {
        if !text.is_ascii() {
            return self.name(text);
        }
        let folded = fold(text);
        self.part(&folded);
        let bare = bare(&folded);
        if bare != folded {
            self.part(&bare);
        }
    }

    fn part(&mut self, folded: &str) {
        self.parts.extend(folded.chars().map(|char| if stands_alone(char) { ' ' } else { char }));
        self.parts.push('\n');
    }
}

/// A folded text as words with a space between them: letters that stand alone and signs beyond ASCII are words.
pub(super) fn parted(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len() * 2);
    for char in folded.chars() {
        if stands_alone(char) || (!char.is_ascii() && !char.is_alphanumeric() && char != BETWEEN) {
            words.extend([' ', char, ' ']);
        } else {
            words.push(if char.is_alphanumeric() { char } else { ' ' });
        }
    }
    words
}

/// A number without what groups its digits.
pub(super) fn bare(folded: &str) -> String {
    folded.chars().filter(|char| !matches!(char, ' ' | '-' | '.' | '/')).collect()
}

/// The texts of a customer as it is now.
pub(super) fn texts(tx: &Transaction<'_>, row: &Indexed) -> Result<Texts> {
    let mut texts = Texts::default();
    texts.name(&row.name);
    texts.name(&row.local_name);
    texts.id(&row.customer_id);
    texts.id(row.partner_customer_id.as_deref().unwrap_or_default());
    let mut unsaid = SAID.to_vec();
    if let Some(email) = &row.email {
        texts.id(email);
    } else {
        unsaid.push(EMAIL);
    }
    of_readings(tx, (&row.connection_id, &row.customer_id), unsaid, &mut texts)?;
    let mut individuals = tx.prepare_cached(INDIVIDUALS)?;
    let mut individuals = individuals.query((&row.connection_id, &row.customer_id))?;
    while let Some(individual) = individuals.next()? {
        let id = individual.get_ref(0)?.as_str()?;
        texts.id(Target::of(id).individual.unwrap_or(id));
        let mut unsaid = SAID.to_vec();
        unsaid.push(EMAIL);
        of_readings(tx, (&row.connection_id, id), unsaid, &mut texts)?;
    }
    Ok(texts)
}

pub(super) const INDIVIDUALS: &str = "SELECT customer_id FROM customers INDEXED BY customers_individuals
    WHERE individual_of IS NOT NULL AND connection_id = ?1 AND individual_of = ?2 ORDER BY number";

/// One answer, with what it has beside the fields.
struct Answer {
    customer: Customer,
    /// `None` where the platform has no individuals to name.
    named: Option<Vec<NamedIndividual>>,
}

impl Answer {
    /// `None` where it is no answer about a customer.
    fn of_row(row: &Row<'_>) -> Result<Option<Self>> {
        let kind = coded(row, "kind", Kind::from_code)?;
        let Ok(answer) = serde_json::from_str::<Value>(row.get_ref("raw")?.as_str()?) else { return Ok(None) };
        let named = kind.capabilities().individuals.then(|| bultra::about(&answer).individuals);
        Ok(Customer::of(kind, &answer).ok().map(|customer| Self { customer, named }))
    }
}

/// Takes out of the newest readings of a customer or an individual what they say. What a reading does not say an earlier
/// one may have said: missing is never cleared.
fn of_readings(tx: &Transaction<'_>, of: (&str, &str), mut unsaid: Vec<Said>, texts: &mut Texts) -> Result<()> {
    // Not `LIMIT ?`: a statement with one is prepared anew for every value that is bound (expr.c, sqlite3ExprIsInteger).
    let mut statement = tx.prepare_cached(&format!(
        "SELECT raw, kind FROM readings_by_kind
         WHERE connection_id = ?1 AND customer_id = ?2 ORDER BY seq DESC LIMIT {READINGS}",
    ))?;
    let mut readings = statement.query(of)?;
    while let Some(reading) = readings.next()? {
        let Some(answer) = Answer::of_row(reading)? else { continue };
        unsaid.retain(|said| !said(&answer, texts));
        if unsaid.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Takes one thing out of an answer; false where the answer does not say it.
type Said = fn(&Answer, &mut Texts) -> bool;

/// All but the email address, which a row may have.
const SAID: [Said; 4] = [
    |answer, texts| ids(&answer.customer, Field::BusinessIdentifierNumber, texts),
    |answer, texts| ids(&answer.customer, Field::IdNumber, texts),
    |answer, texts| persons(&answer.customer, texts),
    named,
];

const EMAIL: Said = |answer, texts| ids(&answer.customer, Field::ContactEmail, texts);

/// The individuals that a customer names, which nobody has read yet.
fn named(answer: &Answer, texts: &mut Texts) -> bool {
    let Some(named) = &answer.named else { return true };
    for individual in named {
        texts.name(&individual.name);
        texts.id(&individual.id);
    }
    !named.is_empty()
}

fn ids(customer: &Customer, field: Field, texts: &mut Texts) -> bool {
    let mut said = false;
    for (_, text) in customer.leaves.iter().filter(|(path, _)| path.field() == Some(field)) {
        texts.id(text);
        said = true;
    }
    said
}

/// Each person's names, the ones in local script as they are written together.
fn persons(customer: &Customer, texts: &mut Texts) -> bool {
    let mut said = false;
    for person in 0..customer.persons {
        let name = |field| CustomerPath::of_person(person, field).and_then(|path| customer.leaf(path));
        for (one, other) in [(Field::FirstNameEnglish, Field::LastNameEnglish), (Field::LastName, Field::FirstName)] {
            let (one, other) = (name(one), name(other));
            said |= one.is_some() || other.is_some();
            let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
            let space = if one.ends_with(stands_alone) { "" } else { " " };
            texts.name(&format!("{one}{space}{other}"));
        }
    }
    said
}
