//! The drafts of the current environment, by what they need.

use std::collections::HashMap;

use desk_domain::check::CheckContext;
use desk_domain::form::Form;
use desk_domain::search;
use desk_store::draft_lists::{self, DraftFilter};
use desk_store::{Connection, SqlResult};
use uuid::Uuid;

use crate::clock::local_midnight;
use crate::convert::connection::InUse;
use crate::convert::delivery::is_behind;
use crate::convert::draft::newest_submission;
use crate::convert::draft_row::{Listed, group, stored_group};
use crate::deleted::kept_after;
use crate::desk::Desk;
use crate::duplicates;
use crate::ipc::IpcError;
use crate::update::Base;
use crate::views::{DraftGroupCount, DraftListRequest, DraftListView};

/// Rows of one answer, at most: what a page shows without being slow to draw.
const ROWS: u32 = 200;

pub(crate) async fn run(desk: &Desk, request: DraftListRequest) -> Result<DraftListView, IpcError> {
    let now = desk.clock().now_ms();
    let found = desk.read(move |db| Found::read(db, &request, now)).await?;
    let (today, date_order) = (desk.clock().today(), desk.date_order());
    let view = |listed: &Listed| {
        let form = *found.forms.get(&listed.row.connection_id)?;
        Some(listed.view(desk, &CheckContext { today, form, date_order, house: desk.house() }))
    };
    Ok(DraftListView {
        drafts: found.page.iter().filter_map(view).collect(),
        total: found.total,
        groups: found.groups,
        deleted: found.deleted,
    })
}

/// One page, and the counts of the same moment.
struct Found {
    forms: HashMap<Uuid, Form>,
    page: Vec<Listed>,
    total: u32,
    groups: Vec<DraftGroupCount>,
    deleted: u32,
}

impl Found {
    fn read(db: &Connection, request: &DraftListRequest, now: i64) -> SqlResult<Self> {
        let in_use = InUse::of(db)?;
        let forms: HashMap<_, _> = in_use.all.iter().map(|row| (row.id, row.form())).collect();
        let connections = in_use.environment();
        let kept_after = kept_after(now);
        let deleted_after = request.deleted.then_some(kept_after);
        let mut filter = DraftFilter { connections, deleted_after, today_from: local_midnight(now), only: None };
        let words = search::words(&request.query);
        if !words.is_empty() {
            filter.only = Some(draft_lists::matching(db, &filter, |known_by| has_all(known_by, &words))?);
        }
        let counts = draft_lists::counts(db, &filter)?;
        let asked = request.group.map(stored_group);
        let of_asked = counts.iter().filter(|(group, _)| asked.is_none_or(|asked| asked == *group));
        let total = of_asked.map(|(_, count)| count).sum();
        let rows = draft_lists::page(db, &filter, asked, request.offset, request.limit.min(ROWS))?;
        let page = rows.into_iter().map(|(group, row)| {
            let (submission, changed) = newest_submission(db, &row)?;
            let behind = is_behind(db, submission.as_ref())?;
            let base = Base::read(db, &row)?;
            let connection = in_use.all.iter().find(|connection| connection.id == row.connection_id);
            let duplicates = connection.map(|connection| duplicates::of(db, &row, base.as_ref(), connection));
            let duplicates = duplicates.transpose()?.unwrap_or_default();
            Ok(Listed { group, row, submission, behind, changed, base, duplicates })
        });
        let page = page.collect::<SqlResult<_>>()?;
        let groups = counts.into_iter().map(|(of, count)| DraftGroupCount { group: group(of), count }).collect();
        let gone = DraftFilter { deleted_after: Some(kept_after), only: None, ..filter };
        let deleted = draft_lists::counts(db, &gone)?.into_iter().map(|(_, count)| count).sum();
        Ok(Self { forms, page, total, groups, deleted })
    }
}

/// Whether every word stands in a line of what a draft is known by; a number also where it has other gaps.
fn has_all(known_by: &str, words: &[String]) -> bool {
    let lines: Vec<_> = known_by.lines().map(search::fold).map(|line| (without_gaps(&line), line)).collect();
    let is_in = |word: &String| {
        let closed = without_gaps(word);
        // Names without their gaps would be found by what nobody meant.
        let number = closed.contains(char::is_numeric);
        lines.iter().any(|(line_closed, line)| line.contains(word) || (number && line_closed.contains(&closed)))
    };
    words.iter().all(is_in)
}

/// Numbers of businesses have gaps, points or hyphens in one paper and none in another.
fn without_gaps(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use desk_domain::search;
    use rstest::rstest;

    use super::has_all;

    const KNOWN_BY: &str = "Söhne & Töchter GmbH\n灯码头\ncd-0190a1b2\n51 824-753.556\nada@soehne.example";

    #[rstest]
    #[case::no_accents("sohne", true)]
    #[case::accents_and_case("TÖCHTER gmbh", true)]
    #[case::local("码头", true)]
    #[case::number_closed("51824753", true)]
    #[case::number_other_gaps("824.753-556", true)]
    #[case::number_in_words("51 824 556", true)]
    #[case::email("ADA@Soehne", true)]
    #[case::one_word_is_not_there("sohne ltd", false)]
    #[case::not_over_two_lines("55 6ada", false)]
    #[case::names_keep_their_gaps("sohnetochter", false)]
    fn each_word_is_found_however_it_is_spelled(#[case] query: &str, #[case] found: bool) {
        assert_eq!(has_all(KNOWN_BY, &search::words(query)), found);
    }
}
