//! What must be true at the end of a run. The platform's own table is the judge, beside it the program's database, read
//! past the program.

use std::path::Path;

use desk_sandbox::{RequestRecord, Sandbox};
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use crate::process::Trouble;
use crate::torture::case::Purpose;
use crate::torture::other::MARK;
use crate::torture::template::Template;

/// What an update changes: paths of the wire and texts.
pub const CHANGES: [(&str, &str); 2] = [
    ("registration_address/registration_address_city", "Fremantle"),
    ("registration_address/registration_address_postcode", "6160"),
];

/// What is left of a run.
pub struct Scene<'a> {
    /// What it began with.
    pub template: &'a Template,
    /// Its data folder, closed.
    pub folder: &'a Path,
    /// Its platform.
    pub sandbox: &'a Sandbox,
    /// The draft that was sent.
    pub draft: &'a str,
    /// The state that the user is shown.
    pub shown: &'a str,
    /// How often another host was asked.
    pub elsewhere: usize,
}

/// What is found there.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The state that the user is shown.
    pub shown: String,
    /// The platform's ids of all rows under our id.
    pub rows: Vec<String>,
    /// Writes that reached the platform since the run began.
    pub posts: usize,
    /// How many different bodies they had, and whether one is not the frozen one.
    pub bodies_differ: bool,
    /// How often it was proven that the platform does not have it.
    pub absences: i64,
    /// The states of the draft's submissions in the database, oldest first.
    pub submissions: Vec<String>,
    /// The platform's id in the database.
    pub customer_id: Option<String>,
    /// Whether the platform holds what the update asked for.
    pub holds_ours: bool,
    /// How often another host was asked.
    pub elsewhere: usize,
}

/// Reads what is there.
///
/// # Errors
/// The database cannot be read.
pub fn facts(scene: &Scene<'_>) -> Result<Facts, Trouble> {
    let database = open(scene.folder, scene.template)?;
    let sql = "SELECT state, absences, customer_id, body FROM submissions WHERE draft_id = ?1 ORDER BY created_at, id";
    let mut statement = database.prepare(sql)?;
    let read = statement.query_map([scene.draft], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let read: Vec<(String, i64, Option<String>, Vec<u8>)> = read.collect::<Result<_, _>>()?;
    let ours = |row: &desk_sandbox::CustomerRow| row.partner_customer_id == scene.template.partner_customer_id;
    let rows: Vec<_> = scene.sandbox.rows().into_iter().filter(ours).collect();
    let requests = scene.sandbox.requests();
    let posts: Vec<_> = requests.iter().filter(|request| is_ours(request)).collect();
    let frozen = |body: &str| read.iter().any(|(.., frozen)| frozen == body.as_bytes());
    let leaf = |customer: &Value, path: &str| path.split('/').try_fold(customer, |at, key| at.get(key)).cloned();
    let holds_ours = |row: &desk_sandbox::CustomerRow| {
        CHANGES.iter().all(|(path, text)| leaf(&row.customer, path) == Some(Value::from(*text)))
    };
    Ok(Facts {
        shown: scene.shown.to_owned(),
        holds_ours: rows.iter().any(holds_ours),
        rows: rows.into_iter().map(|row| row.customer_id).collect(),
        posts: posts.len(),
        bodies_differ: posts.iter().any(|post| !frozen(&post.body)),
        absences: read.iter().map(|(_, absences, ..)| absences).sum(),
        customer_id: read.last().and_then(|(_, _, id, _)| id.clone()),
        submissions: read.into_iter().map(|(state, ..)| state).collect(),
        elsewhere: scene.elsewhere,
    })
}

fn is_ours(request: &RequestRecord) -> bool {
    // 401: of a program that is not of this run.
    request.method == "POST" && request.header(MARK).is_none() && request.status != Some(401)
}

/// What is not as promised.
#[must_use]
pub fn failures(purpose: Purpose, facts: &Facts, gives_up: bool) -> Vec<String> {
    let mut failures = Vec::new();
    let mut must = |is: bool, text: String| {
        if !is {
            failures.push(text);
        }
    };
    let Facts { shown, rows, posts, absences, submissions, .. } = facts;
    match (purpose, shown.as_str()) {
        (Purpose::Create, "accepted") => {
            must(rows.len() == 1, format!("accepted, and the platform has {} rows", rows.len()));
            let known = facts.customer_id.as_ref().is_some_and(|id| rows.contains(id));
            must(known, format!("accepted as {:?}, and the platform has {rows:?}", facts.customer_id));
        }
        (Purpose::Create, "editing") => {
            must(gives_up, String::from("lost: the draft is open again, and nobody took it out"));
            must(rows.is_empty(), format!("taken out, and the platform has {} rows", rows.len()));
        }
        (Purpose::Update, "accepted") => {
            must(facts.holds_ours, String::from("accepted, and the platform holds something else"));
        }
        // A person sees both sides and decides.
        (Purpose::Update, "conflict") => {}
        (Purpose::Update, _) if gives_up => must(!facts.holds_ours, String::from("taken out, and the platform has it")),
        (_, shown) => must(false, format!("it ends as {shown}")),
    }
    let most = usize::try_from(*absences).unwrap_or_default() + 1;
    must(*posts <= most, format!("{posts} posts after {absences} absences"));
    must(!facts.bodies_differ, String::from("a post is not the frozen body"));
    must(facts.elsewhere == 0, format!("another host was asked {} times", facts.elsewhere));
    let ended = |state: &String| ["accepted", "rejected", "conflict", "not_sent"].contains(&state.as_str());
    must(!submissions.is_empty() && submissions.iter().all(ended), format!("in the database: {submissions:?}"));
    failures
}

/// The newest draft of a folder that is not the template's: read past the program, which may have ended.
///
/// # Errors
/// The database cannot be read.
pub fn newest_draft(folder: &Path, template: &Template) -> Result<Option<String>, Trouble> {
    let database = open(folder, template)?;
    let sql = "SELECT draft_id FROM submissions WHERE draft_id <> ?1 ORDER BY created_at DESC, id DESC LIMIT 1";
    Ok(database.query_row(sql, [&template.draft], |row| row.get(0)).optional()?)
}

/// Whether a look-up has missed that counts.
///
/// # Errors
/// The database cannot be read.
pub fn has_missed(folder: &Path, template: &Template) -> Result<bool, Trouble> {
    let sql = "SELECT EXISTS (SELECT 1 FROM submissions WHERE state = 'unknown' AND misses > 0)";
    Ok(open(folder, template)?.query_row(sql, [], |row| row.get(0))?)
}

fn open(folder: &Path, template: &Template) -> Result<Connection, Trouble> {
    let database = Connection::open(folder.join("desk.db"))?;
    database.pragma_update(None, "key", format!("x'{}'", template.key))?;
    Ok(database)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn good() -> Facts {
        Facts {
            shown: String::from("accepted"),
            rows: vec![String::from("cus_1")],
            posts: 1,
            bodies_differ: false,
            absences: 0,
            submissions: vec![String::from("accepted")],
            customer_id: Some(String::from("cus_1")),
            holds_ours: true,
            elsewhere: 0,
        }
    }

    #[rstest]
    #[case::a_second_row(|facts: &mut Facts| facts.rows.push(String::from("cus_2")), "2 rows")]
    #[case::no_row(|facts: &mut Facts| facts.rows.clear(), "0 rows")]
    #[case::another_row(|facts: &mut Facts| facts.rows = vec![String::from("cus_3")], "cus_3")]
    #[case::lost(|facts: &mut Facts| facts.shown = String::from("editing"), "lost")]
    #[case::stuck(|facts: &mut Facts| facts.shown = String::from("unknown"), "ends as unknown")]
    #[case::left_sending(|facts: &mut Facts| facts.submissions = vec![String::from("sending")], "sending")]
    #[case::too_many_posts(|facts: &mut Facts| facts.posts = 2, "2 posts after 0")]
    #[case::another_body(|facts: &mut Facts| facts.bodies_differ = true, "frozen body")]
    #[case::another_host(|facts: &mut Facts| facts.elsewhere = 1, "another host")]
    fn whatever_is_not_as_promised_is_named(#[case] spoil: fn(&mut Facts), #[case] word: &str) {
        let mut facts = good();
        assert_eq!(failures(Purpose::Create, &facts, false), [] as [&str; 0]);
        spoil(&mut facts);
        let said = failures(Purpose::Create, &facts, false).join("\n");
        assert!(said.contains(word), "{said}");
    }

    #[test]
    fn an_absence_allows_one_post_more() {
        let facts = Facts { posts: 2, absences: 1, ..good() };
        assert_eq!(failures(Purpose::Create, &facts, false), [] as [&str; 0]);
    }

    #[test]
    fn an_update_is_held_or_shown_as_a_conflict() {
        let other = Facts { holds_ours: false, ..good() };
        assert_eq!(failures(Purpose::Update, &other, false), ["accepted, and the platform holds something else"]);
        let shown = Facts { shown: String::from("conflict"), submissions: vec![String::from("conflict")], ..other };
        assert_eq!(failures(Purpose::Update, &shown, false), [] as [&str; 0]);
    }
}
