//! A draft that is sent, and what became of it: in the window, in the program, and at the platform, which is the judge.

use std::time::Duration;

use desk_sandbox::RequestRecord;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::page::Page;
use crate::process::{Trouble, wait_for};
use crate::story::wait_saved;
use crate::world::World;

/// Where a draft has its name.
pub const NAME: &str = "business_details/business_name_english";

/// The program's clock goes on by this while something is waited for: a little more than what lies between two look-ups
/// that count.
const STEP_MS: u64 = 31_000;

/// How long a draft may take to come somewhere. Its clock is moved; the rest is what a busy machine needs.
const PATIENCE: Duration = Duration::from_secs(90);

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    /// The word of its state.
    pub state: String,
    /// Customers of its name at the platform.
    pub rows: usize,
    /// How often it was sent there.
    pub posts: usize,
}

impl World {
    /// How often each new customer was sent to the platform that runs now, in the order they arrived, by name.
    #[must_use]
    pub fn sent(&self) -> Vec<String> {
        let requests = self.sandbox.as_ref().map(desk_sandbox::Sandbox::requests).unwrap_or_default();
        let create = |request: &&RequestRecord| request.path.ends_with("/create");
        let name = |request: &RequestRecord| -> String {
            let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
            body["business_details"]["business_name_english"].as_str().unwrap_or_default().to_owned()
        };
        requests.iter().filter(create).map(name).collect()
    }

    /// Customers of this name at the platform.
    #[must_use]
    pub fn rows_named(&self, name: &str) -> usize {
        let named = |customer: &Value| customer["business_details"]["business_name_english"] == name;
        self.rows().iter().filter(|row| named(&row.customer)).count()
    }

    /// What became of the draft of this name so far.
    ///
    /// # Errors
    /// The program does not answer, or has no such draft.
    pub async fn became(&self, page: &Page, name: &str) -> Result<Became, Trouble> {
        let request = json!({ "query": "", "group": null, "deleted": false, "offset": 0, "limit": 100 });
        let list = page.call("draft_list", request).await?;
        let mut drafts = list["drafts"].as_array().into_iter().flatten();
        let draft = drafts.find(|draft| draft["name"] == name).ok_or_else(|| format!("no draft {name:?}: {list}"))?;
        Ok(Became {
            state: draft["state"].as_str().unwrap_or_default().to_owned(),
            rows: self.rows_named(name),
            posts: self.sent().iter().filter(|sent| *sent == name).count(),
        })
    }

    /// Moves the program's clock until a draft has come to a state.
    ///
    /// # Errors
    /// It does not; the error says where it is.
    pub async fn until(&self, page: &Page, name: &str, state: &str) -> Result<Became, Trouble> {
        let found = wait_for(state, PATIENCE, || async {
            let became = self.became(page, name).await.ok()?;
            if became.state == state {
                return Some(became);
            }
            let _ = self.door(&format!("advance {STEP_MS}")).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
            None
        });
        match found.await {
            Ok(became) => Ok(became),
            Err(trouble) => Err(format!("{trouble}; {:?}", self.became(page, name).await).into()),
        }
    }
}

impl Page {
    /// Waits for an ID that is shown by both its ends, and whole to whoever asks.
    ///
    /// # Errors
    /// It is not there in time.
    pub async fn see_id(&self, place: &str, id: &str) -> Result<(), Trouble> {
        let there = "return document.getElementById(arguments[0])?.title === arguments[1]";
        self.wait_script(&format!("the {place} {id}"), there, vec![json!(place), json!(id)]).await?;
        Ok(())
    }
}

/// A new draft of this name, saved.
///
/// # Errors
/// The form does not open.
pub async fn begin_draft(page: &Page, name: &str) -> Result<(), Trouble> {
    page.chord(&[Key::Control], "n").await?;
    page.see("Draft without a name").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill(NAME, name).await?;
    wait_saved(page).await
}

/// Sends the draft that is open, without what the house requires.
///
/// # Errors
/// The review does not open.
pub async fn send_anyway(page: &Page) -> Result<(), Trouble> {
    ready_to_send(page).await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await
}

/// Opens the review of the draft that is open, and takes it as it is, warnings included.
///
/// # Errors
/// The review does not open.
pub async fn ready_to_send(page: &Page) -> Result<(), Trouble> {
    // A form that was just opened hears no keys before it is there.
    wait_saved(page).await?;
    page.chord(&[Key::Control], "6").await?;
    page.see("Submit to sandbox").await?;
    page.see("Send anyway, without them").await?;
    page.tick_everything().await
}

/// Opens “Waiting and unknown” by its keys.
///
/// # Errors
/// It does not open.
pub async fn open_waiting(page: &Page) -> Result<(), Trouble> {
    page.chord(&[Key::Control, Key::Shift], "o").await?;
    let there = "return document.querySelector('main h1')?.innerText.trim() === 'Waiting and unknown'";
    page.wait_script("what waits", there, vec![]).await?;
    Ok(())
}
