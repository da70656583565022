//! The index that search asks: what it holds of a customer, written with the row or the reading that says it.

use desk_domain::customer::{Customer, CustomerPath};
use desk_domain::field::Field;
use desk_domain::search::{fold, stands_alone};
use rusqlite::{Connection, Result, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::shelves;
use crate::column;
use crate::error::OpenError;
use crate::intact::intact;
use crate::settings;

/// Which version of this file, of `desk_domain::search` and of the shelves made the index.
const VERSION: &str = "1";
const VERSION_SETTING: &str = "search.version";

/// Readings that are looked at, newest first, for what the newest does not say: an answer to a create says little, the
/// reading before or after it says all.
const READINGS: u32 = 8;

/// Parts two values, so that no row of letters goes from one into the other: no text that people write has it.
const BETWEEN: char = '\u{E000}';

/// After every name: where customers without one are sorted.
const NAMELESS: &str = "\u{10FFFD}";

/// The columns of a customer that the index is made of.
pub(super) struct Indexed {
    pub number: i64,
    pub shelf: i64,
    pub connection_id: String,
    pub customer_id: String,
    pub partner_customer_id: Option<String>,
    pub name: String,
    pub local_name: String,
}

impl Indexed {
    pub(super) const COLUMNS: &str = "number, shelf, connection_id, customer_id, partner_customer_id, name, local_name";

    pub(super) fn from_row(row: &rusqlite::Row<'_>) -> Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            shelf: row.get("shelf")?,
            connection_id: row.get("connection_id")?,
            customer_id: row.get("customer_id")?,
            partner_customer_id: row.get("partner_customer_id")?,
            name: row.get("name")?,
            local_name: row.get("local_name")?,
        })
    }
}

/// What lists sort names by.
pub(super) fn name_sort(name: &str, local_name: &str) -> String {
    let folded = [name, local_name].map(fold).into_iter().find(|name| !name.trim().is_empty());
    folded.map_or_else(|| NAMELESS.to_owned(), |name| name.trim().to_owned())
}

/// Writes what the index holds of a customer; `before` is the shelf under which it held something.
pub(super) fn write(tx: &Transaction<'_>, row: &Indexed, before: Option<i64>) -> Result<()> {
    if let Some(shelf) = before {
        let code = shelves::code(shelf, row.number);
        tx.prepare_cached("DELETE FROM customers_parts WHERE rowid = ?1")?.execute([code])?;
        tx.prepare_cached("DELETE FROM customers_words WHERE rowid = ?1")?.execute([code])?;
    }
    let texts = texts(tx, row)?;
    let code = shelves::code(row.shelf, row.number);
    tx.prepare_cached("INSERT INTO customers_parts (rowid, text) VALUES (?1, ?2)")?.execute((code, texts.parts))?;
    tx.prepare_cached("INSERT INTO customers_words (rowid, text) VALUES (?1, ?2)")?.execute((code, texts.words))?;
    Ok(())
}

/// The same after a new reading.
pub(crate) fn after_reading(tx: &Transaction<'_>, connection: Uuid, customer_id: &str) -> Result<()> {
    let sql = format!("SELECT {} FROM customers WHERE connection_id = ?1 AND customer_id = ?2", Indexed::COLUMNS);
    let row = tx.prepare_cached(&sql)?.query_row((column::id(connection), customer_id), Indexed::from_row)?;
    write(tx, &row, Some(row.shelf))
}

/// Makes shelves and index of every customer anew where another version made them, or none did.
pub(crate) fn make(connection: &mut Connection) -> std::result::Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if settings::get(&tx, VERSION_SETTING)?.as_deref() != Some(VERSION) {
        // Damage that reading comes upon must not become an index with holes.
        intact(&tx, || make_all(&tx))?;
        settings::set(&tx, VERSION_SETTING, VERSION)?;
        tx.commit()?;
    }
    Ok(())
}

fn make_all(tx: &Transaction<'_>) -> Result<()> {
    tx.execute_batch(
        "INSERT INTO customers_parts (customers_parts) VALUES ('delete-all');
         INSERT INTO customers_words (customers_words) VALUES ('delete-all');
         DELETE FROM customer_shelves;
         INSERT INTO customer_shelves (connection_id, status_group, customers)
             SELECT connection_id, coalesce(status_group, 'unknown') AS own, count(*) FROM customers GROUP BY 1, 2;
         UPDATE customers SET shelf = (SELECT shelf FROM customer_shelves AS its
             WHERE its.connection_id = customers.connection_id
                 AND its.status_group = coalesce(customers.status_group, 'unknown'));",
    )?;
    // In the order of the row ids, which is the one that the index takes quickly.
    let mut numbers = tx.prepare("SELECT number FROM customers ORDER BY shelf, number")?;
    let numbers: Vec<i64> = numbers.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    let one = format!("SELECT {} FROM customers WHERE number = ?1", Indexed::COLUMNS);
    for number in numbers {
        let row = tx.prepare_cached(&one)?.query_row([number], Indexed::from_row)?;
        tx.prepare_cached("UPDATE customers SET name_sort = ?2 WHERE number = ?1")?
            .execute((number, name_sort(&row.name, &row.local_name)))?;
        write(tx, &row, None)?;
    }
    tx.execute_batch(
        "INSERT INTO customers_parts (customers_parts) VALUES ('optimize');
         INSERT INTO customers_words (customers_words) VALUES ('optimize');",
    )
}

/// The texts of a customer in the two indexes.
#[derive(Default)]
struct Texts {
    parts: String,
    words: String,
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

fn texts(tx: &Transaction<'_>, row: &Indexed) -> Result<Texts> {
    let mut texts = Texts::default();
    texts.name(&row.name);
    texts.name(&row.local_name);
    texts.id(&row.customer_id);
    texts.id(row.partner_customer_id.as_deref().unwrap_or_default());
    // What a reading does not say an earlier one may have said: missing is never cleared.
    let mut unsaid: Vec<Said> = SAID.to_vec();
    let mut statement = tx.prepare_cached(
        "SELECT raw FROM readings WHERE connection_id = ?1 AND customer_id = ?2 ORDER BY seq DESC LIMIT ?3",
    )?;
    let mut readings = statement.query((&row.connection_id, &row.customer_id, READINGS))?;
    while let Some(reading) = readings.next()? {
        let Ok(customer) = Customer::from_text(reading.get_ref(0)?.as_str()?) else { continue };
        unsaid.retain(|said| !said(&customer, &mut texts));
        if unsaid.is_empty() {
            break;
        }
    }
    Ok(texts)
}

/// Takes one thing out of a reading; false where the reading does not say it.
type Said = fn(&Customer, &mut Texts) -> bool;

const SAID: [Said; 4] = [
    |customer, texts| ids(customer, Field::BusinessIdentifierNumber, texts),
    |customer, texts| ids(customer, Field::ContactEmail, texts),
    |customer, texts| ids(customer, Field::IdNumber, texts),
    persons,
];

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
