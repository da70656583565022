//! What people do meanwhile: the one who submits, and somebody else.

use serde_json::json;

use super::Run;
use crate::process::Trouble;
use crate::proxy::Mode;
use crate::torture::case::{Crash, Purpose};
use crate::torture::setup::{Ask, StandingRow};
use crate::torture::{judge, other};

impl Run<'_> {
    /// Somebody else writes, once.
    pub(super) async fn meddle(&mut self) -> Result<(), Trouble> {
        let Some((_, leaf)) = self.other.take() else { return Ok(()) };
        self.say(format!("somebody else writes {}", leaf.1));
        other::writes(&self.sandbox, self.template, leaf).await
    }

    pub(super) async fn hurry(&mut self, row: &StandingRow) -> Result<(), Trouble> {
        let verb = if row.state == "unknown" { "submission_lookup" } else { "outbox_send_now" };
        self.say(format!("the person does not wait: {verb}"));
        // Whatever it answers, the program may have been faster.
        let _ = self.ask(Some(&call(verb, &self.draft))).await?;
        Ok(())
    }

    pub(super) async fn submit(&mut self) -> Result<(), Trouble> {
        if self.case.purpose == Purpose::Update {
            return self.update().await;
        }
        loop {
            self.say(String::from("the person submits it"));
            let may_wait = self.may_wait();
            let mut request = self.template.submit.clone();
            request["may_wait"] = json!(may_wait);
            let ask = Ask::Call { name: String::from("draft_submit"), request };
            if let Some(view) = self.ask(Some(&ask)).await? {
                self.say(format!("it says {}", view["outcome"]));
                return if view.get("refused").is_some() { Err(format!("refused: {view}").into()) } else { Ok(()) };
            }
            let draft = self.sure(&call("draft_open", &self.draft)).await?;
            if draft["state"] != "editing" {
                return Ok(());
            }
        }
    }

    pub(super) async fn update(&mut self) -> Result<(), Trouble> {
        let ask = Ask::Update {
            connection: self.template.connection,
            customer_id: self.template.customer_id.clone(),
            changes: judge::CHANGES.map(|(path, text)| (path.to_owned(), Some(text.to_owned()))).to_vec(),
        };
        loop {
            self.say(String::from("the person sends an update"));
            let answer = self.ask(Some(&ask)).await?;
            match answer.as_ref().map(|answer| (answer["draft"].as_str(), answer)) {
                Some((Some(draft), _)) => {
                    draft.clone_into(&mut self.draft);
                    return Ok(());
                }
                Some((None, answer)) => return Err(format!("refused: {answer}").into()),
                // It ended: what was queued is there, and goes on by itself.
                None => {
                    if let Some(draft) = judge::newest_draft(self.folder.path(), self.template)? {
                        self.draft = draft;
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Some people let it wait, some do not; those press the button again.
    pub(super) fn may_wait(&self) -> bool {
        self.case.mode != Mode::Refuse
            || self.case.crash != Crash::None
            || self.moves > 0
            || !self.plan.kind.is_multiple_of(3)
    }

    /// At an end that is none: nothing was sent, and the person has not given up.
    pub(super) async fn again(&mut self) -> Result<bool, Trouble> {
        let draft = self.sure(&call("draft_open", &self.draft)).await?;
        let open = draft["state"] == "editing" && !self.gives_up && self.case.purpose == Purpose::Create;
        if open {
            self.moves += 1;
            self.proxy.set_open(true);
            self.submit().await?;
        }
        Ok(open)
    }
}

pub(super) fn call(name: &str, draft: &str) -> Ask {
    Ask::Call { name: name.to_owned(), request: json!({ "draft": draft }) }
}
