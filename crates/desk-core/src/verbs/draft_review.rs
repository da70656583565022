//! What would be sent, and what stands in the way.

use desk_domain::application::Application;
use desk_domain::check::CheckContext;
use desk_domain::field::Requirement;
use desk_domain::form::{self, Form};
use desk_domain::path::FieldPath;
use desk_domain::problem::Severity;
use desk_domain::value::Value;
use desk_store::documents;
use desk_store::drafts::Purpose;

use crate::convert::draft::Whole;
use crate::convert::update;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::update::plan::Plan;
use crate::views::{DraftRef, FieldText, ReviewView};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<ReviewView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let draft = whole.view(desk, false)?;
    let check = &draft.check;
    let blocked = check.problems.iter().any(|problem| problem.severity == Severity::Error)
        || check.missing.iter().any(|missing| missing.requirement == Requirement::Platform);
    let (context, id) = (whole.context(desk)?, whole.row.id);
    let uploads = desk.read(move |db| documents::unsent(db, id)).await?;
    let plan = whole.base.as_ref().map(|base| (base, Plan::of(base, &whole.row.texts, &context, true)));
    let update = plan.as_ref().map(|(base, plan)| update::review(base, plan));
    let sends = match whole.row.purpose {
        Purpose::New => sends(&whole, &context),
        Purpose::Update { .. } => Vec::new(),
    };
    Ok(ReviewView {
        sends,
        not_sent: not_sent(&whole, whole.connection.form()),
        blocked,
        house_missing: check.missing.iter().any(|missing| missing.requirement != Requirement::Platform),
        network: desk.network().view(Some(whole.connection.id)),
        uploads,
        update,
        draft,
    })
}

fn sends(whole: &Whole, context: &CheckContext<'_>) -> Vec<FieldText> {
    let application = Application::of(&whole.row.texts, context, true);
    let text = |(path, value): (FieldPath, &Value)| FieldText { path, text: value.wire_text() };
    application.map_or_else(|_| Vec::new(), |application| application.iter().map(text).collect())
}

/// Texts that stay here. What was read and is untouched goes back as it came, whatever the form has.
fn not_sent(whole: &Whole, form: Form) -> Vec<FieldPath> {
    let kept = form::not_sent(&whole.row.texts, form);
    match &whole.base {
        Some(base) => {
            let changes = base.changes(&whole.row.texts);
            kept.into_iter().filter(|path| changes.contains(path)).collect()
        }
        None => kept,
    }
}
