//! What the standard customer costs its typist: key presses counted in the page, against its characters and 1.2 for each
//! field (DECISIONS 28). A count, not a time; a pointer that was needed fails it.

use std::path::Path;

use thirtyfour::Key;

use crate::bench::figure::{Bar, Figure};
use crate::page::Page;
use crate::process::Trouble;
use crate::typed_form::TypedCustomer;
use crate::window::Window;
use crate::world::World;

/// Counts it.
///
/// # Errors
/// The window does not start, a field is not reached by Tab, or a pointer was used.
pub async fn measure(program: &Path) -> Result<Figure, Trouble> {
    let world = World::new().await?;
    world.prepare()?;
    let page = Page::of(Window::start(program, &world.variables()).await?).await?;
    page.pass_welcome().await?;
    let customer = TypedCustomer::of("standard-customer.json")?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.count_presses().await?;
    customer.press_into(&page).await?;
    let pressed = page.pressed().await?;
    page.quit().await?;
    if pressed.pointers > 0 {
        return Err(format!("{} pointer events were needed", pressed.pointers).into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let (ours, most) = (pressed.keys as f64, customer.key_presses_max() as f64);
    Ok(Figure { what: "standard customer, key presses, of 397", ours, baseline: most, bar: Bar::AtMost(1.0) })
}
