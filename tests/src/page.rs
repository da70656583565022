//! The page in the window, as its user has it: labels, keys, what can be seen.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::process::{Trouble, wait_for};
use crate::window::Window;

/// How long something may take to be seen. Far more than it needs: the machine may be busy, and debug builds are slow.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The tags of axe that every screen has to pass, WCAG 2.2 AA switched on (UX "What axe does and does not cover").
const AXE_TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// No screen has more stops of the Tab key than this; a walk that does not end is cut here.
const WALK_MAX: usize = 200;

/// Finds every control, and puts the focus on the first.
const WALK_START: &str = "const seen = new Set(), radios = new Set();
  const root = document.querySelector('dialog[open]') ?? document;
  const all = [...root.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')].filter(e => {
    // Out of the order of Tab only with a key of its own, or where arrows lead from one to the next.
    if (e.tabIndex < 0 && (e.querySelector('kbd') || e.hasAttribute('aria-keyshortcuts') || e.closest('[role=menu], [role=listbox], [role=tablist], [data-roving]'))) return false;
    if (e.disabled || !e.getClientRects().length || !e.checkVisibility({ visibilityProperty: true })) return false;
    if (e.type !== 'radio') return true;
    if (radios.has(e.name)) return false;
    radios.add(e.name); return true;
  });
  window.walk = { all, seen, covered: [], first: null, here: null };
  all.find(e => e.tabIndex >= 0)?.focus(); return all.length";

/// How often something that lies over the focus is looked at again.
const LOOKS_MAX: usize = 25;

/// Looks at what has the focus; the argument says whether this is the last look at it.
const WALK_STEP: &str = "const w = window.walk, e = document.activeElement;
  if (!e || e === document.body || (w.first === e && e !== w.here)) return 'round';
  w.first ??= e; w.here = e; w.seen.add(e);
  if (e.type === 'radio') w.all.filter(o => o.name === e.name).forEach(o => w.seen.add(o));
  const box = e.getBoundingClientRect(), middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
  const hit = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
  if (hit && (e.contains(hit) || hit.contains(e))) return 'seen';
  if (arguments[0]) w.covered.push('under ' + (hit?.className ?? 'nothing') + ': ' + (e.ariaLabel || e.id || e.textContent));
  return 'covered'";

/// What Tab did not reach, and what lay under something.
const WALK_END: &str = "const w = window.walk;
  return w.covered.concat(w.all.filter(e => !w.seen.has(e)).map(e => 'not reached: ' + e.tagName + ' ' + (e.ariaLabel || e.id || e.textContent.trim())))";

/// The running program.
pub struct Page {
    window: Window,
}

impl Page {
    /// Waits until a fresh window shows its first heading.
    ///
    /// # Errors
    /// No heading in time.
    pub async fn of(window: Window) -> Result<Self, Trouble> {
        let page = Self { window };
        page.wait_script("a first heading", "return document.querySelector('h1')?.textContent || null", vec![]).await?;
        Ok(page)
    }

    /// Closes the screen that explains the program at its first start, where it is there.
    ///
    /// # Errors
    /// It stays.
    pub async fn pass_welcome(&self) -> Result<(), Trouble> {
        // A program that opens slowly, or that something stands in the way of, has nothing to explain yet.
        const SHOWN: Duration = Duration::from_secs(5);
        let script = "const button = [...document.querySelectorAll('button')].find(e => e.textContent.includes('Start practising'));
          if (button) { button.click(); return null; }
          return document.querySelector('h1:not(.hidden)') !== null || null";
        let _ = wait_for("a screen", SHOWN, || async {
            self.script(script, vec![]).await.ok().filter(|answer| !answer.is_null())
        })
        .await;
        Ok(())
    }

    /// The WebDriver session, for what no word of this type says.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        self.window.driver()
    }

    /// The window, for its process.
    #[must_use]
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Ends the program as `kill -9` does.
    ///
    /// # Errors
    /// It does not run.
    pub async fn kill(self) -> Result<(), Trouble> {
        self.window.kill().await
    }

    /// Waits until the program has ended by itself.
    ///
    /// # Errors
    /// It still runs.
    pub async fn ended(self) -> Result<(), Trouble> {
        self.window.ended().await
    }

    /// Closes the program in order.
    ///
    /// # Errors
    /// The session cannot be ended.
    pub async fn quit(self) -> Result<(), Trouble> {
        self.window.quit().await
    }

    /// Runs a function body in the page and gives what it returns.
    ///
    /// # Errors
    /// The script fails.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> Result<Value, Trouble> {
        Ok(self.driver().execute(body, arguments).await?.json().clone())
    }

    /// Runs a function body until it returns something other than null or false.
    ///
    /// # Errors
    /// It does not in time; the error holds what the page shows.
    pub async fn wait_script(&self, what: &str, body: &str, arguments: Vec<Value>) -> Result<Value, Trouble> {
        let found = wait_for(what, PATIENCE, || async {
            let answer = self.script(body, arguments.clone()).await.ok()?;
            (!answer.is_null() && answer != json!(false)).then_some(answer)
        })
        .await;
        match found {
            Ok(answer) => Ok(answer),
            Err(trouble) => {
                Err(format!("{trouble}; the page shows:\n{}", self.text().await.unwrap_or_default()).into())
            }
        }
    }

    /// All text that the page shows.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn text(&self) -> Result<String, Trouble> {
        let text = self.script("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a text is shown.
    ///
    /// # Errors
    /// It is not in time.
    pub async fn see(&self, text: &str) -> Result<(), Trouble> {
        let body = "return document.body.innerText.includes(arguments[0])";
        self.wait_script(&format!("the text {text:?}"), body, vec![json!(text)]).await?;
        Ok(())
    }

    /// Waits until a text is no longer shown.
    ///
    /// # Errors
    /// It still is.
    pub async fn see_no_more(&self, text: &str) -> Result<(), Trouble> {
        let body = "return !document.body.innerText.includes(arguments[0])";
        self.wait_script(&format!("no text {text:?}"), body, vec![json!(text)]).await?;
        Ok(())
    }

    /// The control with this label (its text without "(optional)"), once it is there.
    ///
    /// # Errors
    /// No such label in time.
    pub async fn field(&self, label: &str) -> Result<WebElement, Trouble> {
        let body = "const root = document.querySelector('dialog[open]') ?? document;
          for (const label of root.querySelectorAll('label')) {
            const text = label.textContent.replace('(optional)', '').replace(/\\s+/g, ' ').trim();
            const control = label.control ?? document.getElementById(label.htmlFor);
            if (text === arguments[0] && control?.id && control.getClientRects().length) return control.id;
          } return null";
        let id = self.wait_script(&format!("the field {label:?}"), body, vec![json!(label)]).await?;
        Ok(self.driver().find(By::Id(id.as_str().unwrap_or_default())).await?)
    }

    /// Types into the field with this label, with real keys.
    ///
    /// # Errors
    /// No such field.
    pub async fn type_into(&self, label: &str, text: &str) -> Result<(), Trouble> {
        Ok(self.field(label).await?.send_keys(text).await?)
    }

    /// The text in the field with this label.
    ///
    /// # Errors
    /// No such field.
    pub async fn value_of(&self, label: &str) -> Result<String, Trouble> {
        Ok(self.field(label).await?.prop("value").await?.unwrap_or_default())
    }

    /// Presses keys where the focus is. Special keys as in WebDriver: `Key::Tab + ""`.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Result<(), Trouble> {
        Ok(self.driver().action_chain().send_keys(keys).perform().await?)
    }

    /// Presses a key while others are held, e.g. `chord(&[Key::Control], "n")`.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn chord(&self, held: &[Key], key: impl Into<TypingData>) -> Result<(), Trouble> {
        let mut chain = self.driver().action_chain();
        for key in held {
            chain = chain.key_down(key.clone());
        }
        chain = chain.send_keys(key);
        for key in held.iter().rev() {
            chain = chain.key_up(key.clone());
        }
        Ok(chain.perform().await?)
    }

    /// Puts the focus on the button, link or option that is called so, and presses Enter there: no pointer. The
    /// focus has to stay there for a moment: a page that was just opened takes it to its heading.
    ///
    /// # Errors
    /// Nothing is called so in time.
    pub async fn press(&self, name: &str) -> Result<(), Trouble> {
        let body = "const wanted = arguments[0].toLowerCase(); const root = document.querySelector('dialog[open]') ?? document;
          for (const e of root.querySelectorAll('button, a[href], summary, input[type=checkbox], input[type=radio]')) {
            if (!e.getClientRects().length) continue;
            const own = e.matches('input') ? [...(e.labels ?? [])].map(l => l.textContent).join(' ') : e.innerText;
            const name = (e.getAttribute('aria-label') ?? own).replace(/\\s+/g, ' ').trim();
            if (name.toLowerCase() === wanted || [' ', ','].some(end => name.toLowerCase().startsWith(wanted + end))) { if (document.activeElement !== e || window.pressing?.e !== e) { e.focus(); window.pressing = { e, at: performance.now() }; return null; }
              if (performance.now() - window.pressing.at < 150) return null;
              window.pressing = null; return e.tagName + (e.type ?? ''); }
          } return null";
        let kind = self.wait_script(&format!("something called {name:?}"), body, vec![json!(name)]).await?;
        let is_box = kind.as_str().is_some_and(|kind| kind.ends_with("checkbox") || kind.ends_with("radio"));
        if is_box { self.keys(" ").await } else { self.keys(Key::Enter + "").await }
    }

    /// Walks through the page with Tab alone and finds every control: each can be reached, and while it has the focus
    /// nothing lies over it (WCAG 2.1.1, 2.4.11). Of a group of radio buttons one is enough, arrows reach the rest.
    ///
    /// # Errors
    /// What was not reached, or lies under something.
    pub async fn tab_reaches_everything(&self, state: &str) -> Result<(), Trouble> {
        self.script(WALK_START, vec![]).await?;
        for _ in 0..WALK_MAX {
            // The page scrolls to the focus in a frame of its own, so something in the way is looked at again.
            let mut step = self.script(WALK_STEP, vec![json!(false)]).await?;
            for look in 1..=LOOKS_MAX {
                if step != json!("covered") {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
                step = self.script(WALK_STEP, vec![json!(look == LOOKS_MAX)]).await?;
            }
            if step == json!("round") {
                break;
            }
            self.keys(Key::Tab + "").await?;
        }
        let found: Vec<String> = serde_json::from_value(self.script(WALK_END, vec![]).await?)?;
        if found.is_empty() { Ok(()) } else { Err(format!("Tab on {state}:\n{}", found.join("\n")).into()) }
    }

    /// What has the focus, by its accessible name as far as the page says it, else its text.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn focused(&self) -> Result<String, Trouble> {
        let body = "const e = document.activeElement;
          const label = e.labels?.[0]?.textContent ?? e.getAttribute('aria-label') ?? e.innerText ?? '';
          return label.replace(/\\s+/g, ' ').trim()";
        Ok(self.script(body, vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the focus is on what is called so.
    ///
    /// # Errors
    /// It is not in time; the error says where it is.
    pub async fn focus_is_on(&self, name: &str) -> Result<(), Trouble> {
        let found = wait_for(name, PATIENCE, || async {
            self.focused().await.ok().filter(|focused| focused.starts_with(name))
        })
        .await;
        match found {
            Ok(_) => Ok(()),
            Err(trouble) => Err(format!("{trouble}: the focus is on {:?}", self.focused().await?).into()),
        }
    }

    /// Sets the colours without asking the program, to look at a state in both.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn look(&self, theme: &str) -> Result<(), Trouble> {
        // A picture is of the next frame, and that may be one that was begun before.
        let body = "const done = arguments[1]; document.documentElement.dataset.theme = arguments[0];
          requestAnimationFrame(() => requestAnimationFrame(() => done())); setTimeout(done, 1000)";
        self.driver().execute_async(body, vec![json!(theme)]).await?;
        Ok(())
    }

    /// Nothing that axe finds, in light and in dark.
    ///
    /// # Errors
    /// What it finds, in words.
    pub async fn no_barrier(&self, state: &str) -> Result<(), Trouble> {
        let source = std::fs::read_to_string(repository().join("ui/node_modules/axe-core/axe.min.js"))?;
        self.script(&format!("if (!window.axe) {{ {source}; }} return true"), vec![]).await?;
        for theme in ["light", "dark"] {
            self.look(theme).await?;
            let run = "const done = arguments[arguments.length - 1];
              axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] }).then(
                r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))),
                e => done([String(e)]))";
            let found = self.driver().execute_async(run, vec![json!(AXE_TAGS)]).await?;
            let found: Vec<String> = serde_json::from_value(found.json().clone())?;
            if !found.is_empty() {
                return Err(format!("axe on {state} in {theme}:\n{}", found.join("\n")).into());
            }
        }
        self.look("light").await
    }

    /// A picture of the page.
    ///
    /// # Errors
    /// The driver gives none, or the file cannot be written.
    pub async fn shot(&self, file: &Path) -> Result<(), Trouble> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // WebKit answers with the next frame it draws, and a page in which nothing moves draws none.
        let stir = "const e = document.createElement('i'); e.ariaHidden = 'true';
          Object.assign(e.style, { position: 'fixed', right: 0, bottom: 0, width: '1px', height: '1px' });
          document.body.append(e); let n = 0;
          const timer = setInterval(() => {
            e.style.background = n++ % 2 ? 'transparent' : 'rgb(127 127 127 / 0.01)';
            if (n > 120) { clearInterval(timer); e.remove(); }
          }, 16); return true";
        self.script(stir, vec![]).await?;
        Ok(self.driver().screenshot(file).await?)
    }

    /// Pictures of a state in light and dark, in `pictures` below the build's folder.
    ///
    /// # Errors
    /// As [`Page::shot`].
    pub async fn shots(&self, state: &str) -> Result<(), Trouble> {
        for theme in ["light", "dark"] {
            self.look(theme).await?;
            let size = self.script("return innerWidth + 'x' + innerHeight", vec![]).await?;
            let name = format!("{state}-{theme}-{}.png", size.as_str().unwrap_or_default());
            self.shot(&pictures()?.join(name)).await?;
        }
        self.look("light").await
    }
}

/// The repository's root.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Where tests leave their pictures: `pictures` beside the build.
///
/// # Errors
/// The test runs from nowhere.
pub fn pictures() -> Result<PathBuf, Trouble> {
    Ok(target_folder()?.join("pictures"))
}

/// The build's folder, `target` or what CARGO_TARGET_DIR says.
///
/// # Errors
/// The test runs from nowhere.
pub fn target_folder() -> Result<PathBuf, Trouble> {
    let mut folder = std::env::current_exe()?;
    while folder.file_name().is_some_and(|name| name != "debug" && name != "release") {
        folder.pop();
    }
    folder.pop();
    Ok(folder)
}
