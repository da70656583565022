//! Drafts in lists: by what they need, a page at a time. Counting and searching read no more of a draft than they have to.

use rusqlite::types::ToSql;
use rusqlite::{Connection, Result, Row, named_params};
use uuid::Uuid;

use crate::column::{id_list, parsed};
use crate::drafts::{DraftRow, from_row};

/// What a draft needs, in the order of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum DraftGroup {
    /// Rejected, paused, in conflict, or with an outcome that nobody knows.
    NeedsYou,
    /// Being written.
    BeingWritten,
    /// Waits, or is on its way.
    OnTheWay,
    /// Accepted at or after [`DraftFilter::today_from`].
    SentToday,
    /// Accepted before.
    SentBefore,
}

impl DraftGroup {
    /// All of them, in order: their places are the numbers that [`LISTED`] gives.
    const ALL: [Self; 5] = [Self::NeedsYou, Self::BeingWritten, Self::OnTheWay, Self::SentToday, Self::SentBefore];

    fn of_row(row: &Row<'_>) -> Result<Self> {
        let place: u8 = row.get("place")?;
        Self::ALL.get(usize::from(place)).copied().ok_or(rusqlite::Error::IntegralValueOutOfRange(0, 0))
    }
}

/// Which drafts a list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFilter {
    /// Those of these connections.
    pub connections: Vec<Uuid>,
    /// Without: those in use. With a time: those deleted after it.
    pub deleted_after: Option<i64>,
    /// When today began.
    pub today_from: i64,
    /// Only these, where given: what [`matching`] found.
    pub only: Option<Vec<Uuid>>,
}

/// The drafts of a filter, each with its place among the groups. The time of acceptance is that of the submission.
const LISTED: &str = "
    WITH listed AS (
        SELECT d.id, coalesce(d.deleted_at, d.saved_at) AS moment,
            CASE WHEN d.state IN ('rejected', 'paused', 'conflict', 'unknown') THEN 0
                 WHEN d.state = 'editing' THEN 1
                 WHEN d.state <> 'accepted' THEN 2
                 WHEN coalesce((SELECT max(s.changed_at) FROM submissions s
                                WHERE s.draft_id = d.id AND s.state = 'accepted'), d.saved_at) >= :today THEN 3
                 ELSE 4 END AS place
        FROM drafts d
        WHERE d.connection_id IN (SELECT value FROM json_each(:connections))
            AND CASE WHEN :deleted IS NULL THEN d.deleted_at IS NULL ELSE d.deleted_at > :deleted END
            AND (:only IS NULL OR d.id IN (SELECT value FROM json_each(:only))))";

/// How many drafts each group has, in the order of the groups; groups without any are left out.
///
/// # Errors
/// SQLite's.
pub fn counts(db: &Connection, filter: &DraftFilter) -> Result<Vec<(DraftGroup, u32)>> {
    let sql = format!("{LISTED} SELECT place, count(*) AS count FROM listed GROUP BY place ORDER BY place");
    let mut statement = db.prepare_cached(&sql)?;
    let params = Params::of(filter)?;
    let rows =
        statement.query_map(params.named().as_slice(), |row| Ok((DraftGroup::of_row(row)?, row.get("count")?)))?;
    rows.collect()
}

/// One page: by group, then the one saved last first, of deleted ones the one deleted last.
///
/// # Errors
/// SQLite's.
pub fn page(
    db: &Connection,
    filter: &DraftFilter,
    group: Option<DraftGroup>,
    offset: u32,
    limit: u32,
) -> Result<Vec<(DraftGroup, DraftRow)>> {
    // Only the ids are sorted: the texts of a page's rows are read, and of no other.
    let sql = format!(
        "{LISTED}, page AS (SELECT * FROM listed WHERE :place IS NULL OR place = :place
             ORDER BY place, moment DESC, id DESC LIMIT :limit OFFSET :offset)
         SELECT drafts.*, page.place FROM page JOIN drafts ON drafts.id = page.id
         ORDER BY page.place, page.moment DESC, page.id DESC"
    );
    let place = group.map(|group| group as u8);
    let params = Params::of(filter)?;
    let mut named = params.named();
    let page: &[(&str, &dyn ToSql)] = named_params! { ":place": place, ":limit": limit, ":offset": offset };
    named.extend_from_slice(page);
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_map(named.as_slice(), |row| Ok((DraftGroup::of_row(row)?, from_row(row)?)))?.collect()
}

/// The drafts of a filter that `matches` says yes to, asked with what a draft is known by, one a line: both names,
/// partner_customer_id, number of the business, email address, the platform's id; of an update also the names of its
/// customer, which its form need not have.
///
/// # Errors
/// SQLite's.
pub fn matching(db: &Connection, filter: &DraftFilter, mut matches: impl FnMut(&str) -> bool) -> Result<Vec<Uuid>> {
    let sql = format!(
        "{LISTED} SELECT d.id, concat_ws(char(10),
             json_extract(d.texts, '$.\"business_details/business_name_english\"'),
             json_extract(d.texts, '$.\"business_details/business_name\"'),
             d.partner_customer_id,
             json_extract(d.texts, '$.\"business_details/business_identifier_number\"'),
             json_extract(d.texts, '$.\"primary_contact/contact_email\"'),
             d.customer_id, c.name, c.local_name,
             (SELECT max(s.customer_id) FROM submissions s WHERE s.draft_id = d.id AND s.state = 'accepted')) AS known_by
         FROM listed JOIN drafts d ON d.id = listed.id
         LEFT JOIN customers c ON c.connection_id = d.connection_id AND c.customer_id = d.customer_id"
    );
    let params = Params::of(filter)?;
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params.named().as_slice())?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if matches(row.get_ref("known_by")?.as_str()?) {
            found.push(parsed(row, "id")?);
        }
    }
    Ok(found)
}

/// The parameters of [`LISTED`].
struct Params {
    connections: String,
    only: Option<String>,
    deleted: Option<i64>,
    today: i64,
}

impl Params {
    fn of(filter: &DraftFilter) -> Result<Self> {
        Ok(Self {
            connections: id_list(&filter.connections)?,
            only: filter.only.as_deref().map(id_list).transpose()?,
            deleted: filter.deleted_after,
            today: filter.today_from,
        })
    }

    fn named(&self) -> Vec<(&str, &dyn ToSql)> {
        vec![
            (":connections", &self.connections),
            (":only", &self.only),
            (":deleted", &self.deleted),
            (":today", &self.today),
        ]
    }
}
