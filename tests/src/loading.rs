//! Many customers at once: each is looked up with the page's own commands, which takes seconds where typing takes an hour.

use std::time::Duration;

use desk_sandbox::{CustomerRow, Revision};
use serde_json::json;

use crate::page::Page;
use crate::process::Trouble;

/// Starts the job of a look-up as `ui/src/lib/ipc` does, some at a time, and waits for the end of each.
const READ_ALL: &str = "const [wanted, done] = arguments;
  const tauri = window.__TAURI_INTERNALS__;
  (async () => {
    const { connections } = await tauri.invoke('app_status', { request: {} });
    const look = ([name, value]) => new Promise((resolve, reject) => {
      const heard = tauri.transformCallback(({ message }) => {
        if (message?.event === 'finished') resolve();
        else if (message?.event === 'failed') reject(value + ': ' + JSON.stringify(message.error));
      });
      const request = { connection: connections.find(each => each.name === name).id, by: 'customer_id', value };
      tauri.invoke('customer_lookup', { request, progress: `__CHANNEL__:${heard}` }).catch(e => reject(JSON.stringify(e)));
    });
    for (let at = 0; at < wanted.length; at += 12) await Promise.all(wanted.slice(at, at + 12).map(look));
    return 'read';
  })().then(done, e => done(String(e)));";

/// A machine that is busy needs this for all of them.
const READ_ALL_LIMIT: Duration = Duration::from_secs(120);

/// The name of the practice connection that a customer of the sandbox belongs to.
#[must_use]
pub fn practice(revision: Revision) -> &'static str {
    match revision {
        Revision::Typed => "Practice",
        Revision::Untyped => "Practice untyped",
    }
}

/// Looks these customers up, so that they are on this computer. The list that is shown has to be asked for again.
///
/// # Errors
/// One of them is not found.
pub async fn read_all(page: &Page, rows: &[CustomerRow]) -> Result<(), Trouble> {
    page.driver().set_script_timeout(READ_ALL_LIMIT).await?;
    let wanted: Vec<_> = rows.iter().map(|row| json!([practice(row.revision), row.customer_id])).collect();
    let said = page.driver().execute_async(READ_ALL, vec![json!(wanted)]).await?.json().clone();
    if said == json!("read") { Ok(()) } else { Err(format!("not all could be looked up: {said}").into()) }
}

/// Leaves the list of customers and comes back to it: it is asked for again. A page that opens takes the focus to its
/// heading, so that nothing is pressed before that.
///
/// # Errors
/// One of the screens does not open.
pub async fn list_again(page: &Page) -> Result<(), Trouble> {
    page.press("Drafts").await?;
    let there = "const e = document.activeElement; return e?.matches('main h1') && e.innerText.trim() === 'Drafts'";
    page.wait_script("the drafts", there, vec![]).await?;
    page.press("Customers").await
}
