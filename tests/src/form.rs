//! More of [`Page`]: the form of a draft, its fields by the end of their path, and what stands below a field.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::page::Page;
use crate::process::Trouble;

/// Whether the line below a control says something: what `aria-describedby` points at, as a screen reader has it.
const SAYS: &str = "const ids = document.getElementById(arguments[0])?.getAttribute('aria-describedby') ?? '';
  const said = ids.split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ');
  return said.replace(/\\s+/g, ' ').includes(arguments[1])";

impl Page {
    /// The control of a field by the end of its path, e.g. `registration_address/registration_address_city`, or
    /// `identification/id_number` of the first person that is open.
    ///
    /// # Errors
    /// No such field in time.
    pub async fn field_at(&self, path: &str) -> Result<WebElement, Trouble> {
        let body = "for (const e of document.querySelectorAll('input[id^=f-], textarea[id^=f-]'))
            if (e.id.endsWith('-' + arguments[0]) && e.getClientRects().length) return e.id; return null";
        let end = path.replace('/', "-");
        let id = self.wait_script(&format!("the field {path}"), body, vec![json!(end)]).await?;
        Ok(self.driver().find(By::Id(id.as_str().unwrap_or_default())).await?)
    }

    /// Types into a field by the end of its path with real keys, and leaves it with Tab as its user does.
    ///
    /// # Errors
    /// No such field.
    pub async fn fill(&self, path: &str, text: &str) -> Result<(), Trouble> {
        Ok(self.field_at(path).await?.send_keys(text + Key::Tab).await?)
    }

    /// The text in a field by the end of its path.
    ///
    /// # Errors
    /// No such field.
    pub async fn value_at(&self, path: &str) -> Result<String, Trouble> {
        Ok(self.field_at(path).await?.prop("value").await?.unwrap_or_default())
    }

    /// Replaces what stands in a field by the end of its path, with real keys, and leaves it with Tab.
    ///
    /// # Errors
    /// No such field.
    pub async fn retype(&self, path: &str, text: &str) -> Result<(), Trouble> {
        self.field_at(path).await?.send_keys(Key::Control + "a").await?;
        self.fill(path, text).await
    }

    /// Waits until the line below a field, by the end of its path, says this.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn see_at(&self, path: &str, words: &str) -> Result<(), Trouble> {
        let field = self.field_at(path).await?;
        self.see_below(&field, words).await
    }

    /// Waits until the line below a control says this.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn see_below(&self, control: &WebElement, words: &str) -> Result<(), Trouble> {
        let id = control.id().await?.unwrap_or_default();
        self.wait_script(&format!("{words:?} below {id}"), SAYS, vec![json!(id), json!(words)]).await?;
        Ok(())
    }

    /// Whether a field, by the end of its path, takes text.
    ///
    /// # Errors
    /// No such field.
    pub async fn can_type_at(&self, path: &str) -> Result<bool, Trouble> {
        let field = self.field_at(path).await?;
        Ok(field.prop("readOnly").await?.as_deref() == Some("false") && field.is_enabled().await?)
    }

    /// Ticks everything that the review wants confirmed, each with the space bar.
    ///
    /// # Errors
    /// A box stays open.
    pub async fn tick_everything(&self) -> Result<(), Trouble> {
        let boxes = "const open = document.querySelectorAll('main input[type=checkbox]:not(:checked)');
          open[0]?.focus(); return open.length";
        let mut open = self.script(boxes, vec![]).await?;
        while open != json!(0) {
            self.keys(" ").await?;
            let left = self.script(boxes, vec![]).await?;
            if left == open {
                return Err(format!("a box stays open: {}", self.text().await?).into());
            }
            open = left;
        }
        Ok(())
    }
}
