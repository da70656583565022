//! The key presses and pointer events that the page really gets.

use serde_json::{Value, json};

use crate::page::Page;
use crate::process::Trouble;

/// Counts from now on. Shift alone is no press of its own: a capital letter is one character of the papers and one press
/// of the typist; Control, Alt and Meta are counted, so a chord is two.
const COUNT: &str = "window.pressed = { keys: 0, pointers: 0 };
  addEventListener('keydown', event => { if (event.isTrusted && !event.repeat && event.key !== 'Shift') window.pressed.keys += 1; }, true);
  for (const name of ['pointerdown', 'mousedown', 'wheel', 'touchstart'])
    addEventListener(name, event => { if (event.isTrusted) window.pressed.pointers += 1; }, true);
  return true";

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pressed {
    /// Trusted `keydown` events, Shift left out.
    pub keys: u64,
    /// Trusted pointer, mouse, wheel and touch events.
    pub pointers: u64,
}

impl Page {
    /// Counts what is pressed from now on.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn count_presses(&self) -> Result<(), Trouble> {
        self.script(COUNT, vec![]).await.map(|_| ())
    }

    /// What was pressed since [`Page::count_presses`].
    ///
    /// # Errors
    /// Nothing was counted, as after another page was loaded.
    pub async fn pressed(&self) -> Result<Pressed, Trouble> {
        let counted = self.script("return window.pressed ?? null", vec![]).await?;
        let of = |name: &str| {
            counted[name].as_u64().ok_or_else(|| Trouble::from(format!("{name} were not counted: {counted}")))
        };
        Ok(Pressed { keys: of("keys")?, pointers: of("pointers")? })
    }

    /// Presses each character of a text as a key of its own in what has the focus.
    ///
    /// # Errors
    /// What has the focus does not hold the text, though nothing was typed after it.
    pub async fn press_each(&self, text: &str) -> Result<(), Trouble> {
        self.keys(text).await?;
        let holds = "return document.activeElement.value === arguments[0]";
        match self.wait_script(text, holds, vec![json!(text)]).await {
            Ok(Value::Bool(true)) => Ok(()),
            Ok(other) => Err(format!("{text:?} was typed, {other} came").into()),
            Err(trouble) => Err(trouble),
        }
    }
}
