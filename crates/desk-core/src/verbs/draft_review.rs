//! What would be sent, and what stands in the way.

use desk_domain::application::Application;
use desk_domain::field::Requirement;
use desk_domain::form;
use desk_domain::problem::Severity;

use crate::call::revision;
use crate::convert::draft::Whole;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{DraftRef, FieldText, ReviewView};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<ReviewView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let draft = whole.view(desk, false)?;
    let check = &draft.check;
    let blocked = check.problems.iter().any(|problem| problem.severity == Severity::Error)
        || check.missing.iter().any(|missing| missing.requirement == Requirement::Platform);
    let sends = Application::of(&whole.row.texts, &whole.context(desk)?, true).map_or_else(
        |_| Vec::new(),
        |application| application.iter().map(|(path, value)| FieldText { path, text: value.wire_text() }).collect(),
    );
    Ok(ReviewView {
        sends,
        not_sent: form::not_sent(&whole.row.texts, revision(&whole.connection)?),
        blocked,
        house_missing: check.missing.iter().any(|missing| missing.requirement != Requirement::Platform),
        network: desk.network().view(Some(whole.connection.id)),
        draft,
    })
}
