//! Texts put into the form of a draft through its own inputs, many at once; and what the fields hold.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::page::Page;
use crate::process::Trouble;
use crate::story::wait_saved;

/// Puts texts into inputs by their ids as a paste does, one after the other, and gives what each of them took.
const PUT: &str = "const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  return Object.fromEntries(Object.entries(arguments[0]).map(([id, text]) => {
    const input = document.getElementById(id);
    input.focus(); set.call(input, text);
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste', data: text }));
    const taken = input.value; input.blur();
    return [id, taken];
  }))";

/// What the fields of the form hold, by their ids.
const HELD: &str =
    "return Object.fromEntries([...document.querySelectorAll('main input[id^=f-]')].map(e => [e.id, e.value]))";

impl Page {
    /// The ids of the fields of the draft that is open, in their order.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn field_ids(&self) -> Result<Vec<String>, Trouble> {
        let body = "const ids = [...document.querySelectorAll('main input[id^=f-]')].map(e => e.id); return ids.length > 20 && ids";
        Ok(serde_json::from_value(self.wait_script("the form", body, vec![]).await?)?)
    }

    /// Puts texts into fields by their ids, waits until they are kept, and gives what the fields took.
    ///
    /// # Errors
    /// No such field, or it is not kept.
    pub async fn put(&self, texts: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Trouble> {
        let taken = self.script(PUT, vec![json!(texts)]).await?;
        wait_saved(self).await?;
        Ok(serde_json::from_value(taken)?)
    }

    /// What the fields of the draft that is open hold, by their ids.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn held(&self) -> Result<BTreeMap<String, String>, Trouble> {
        Ok(serde_json::from_value(self.script(HELD, vec![]).await?)?)
    }

    /// Goes to an address of the page as a link does, and waits until a function body returns something there.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn follow(&self, href: &str, until: &str) -> Result<Value, Trouble> {
        let go = "const link = document.createElement('a'); link.href = arguments[0];
          document.body.append(link); link.click(); link.remove(); return true";
        self.script(go, vec![json!(href)]).await?;
        self.wait_script(href, until, vec![json!(href)]).await
    }

    /// Calls a command of the program as the page does.
    ///
    /// # Errors
    /// The program refuses it.
    pub async fn call(&self, command: &str, request: Value) -> Result<Value, Trouble> {
        let body = "const [command, request, done] = arguments;
          window.__TAURI_INTERNALS__.invoke(command, { request }).then(v => done({ v }), e => done({ e }))";
        let answer = self.driver().execute_async(body, vec![json!(command), request]).await?.json().clone();
        match answer.get("v") {
            Some(view) => Ok(view.clone()),
            None => Err(format!("{command}: {}", answer["e"]).into()),
        }
    }
}
