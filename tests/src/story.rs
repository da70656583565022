//! The main job, played with real keys: from an empty form to an accepted customer that can be looked up. The demo leaves
//! pictures of it, a window test looks at each state with axe.

use std::path::PathBuf;

use thirtyfour::Key;

use crate::page::Page;
use crate::process::Trouble;
use crate::world::World;

/// What is typed from the papers: made up; the number is a published sample. Fields by the end of their path.
pub const BUSINESS: [(&str, &str); 11] = [
    ("business_details/business_name_english", "Lantern Quay Trading Pty Ltd"),
    ("business_details/business_name", "灯码头贸易"),
    ("business_details/business_type", "limited"),
    ("business_details/website", "lanternquay.example"),
    ("business_details/business_identifier_type", "business r"),
    ("business_details/business_identifier_country_code", "austral"),
    ("business_details/business_identifier_number", "51 824 753 556"),
    ("business_details/business_identifier_start_date", "5 may 2019"),
    ("business_details/business_identifier_expiry_date", "5 may 2039"),
    ("business_details/business_identifier_document_list/0", "file_br_2019_0042"),
    ("primary_contact/contact_phone", "+61 2 5550 1234"),
];

/// Where the field shows another text than was typed: the line of its list that was taken on the way out.
const TAKEN: [(&str, &str); 3] = [
    ("business_details/business_type", "Limited Liability Company"),
    ("business_details/business_identifier_type", "Business Registration"),
    ("business_details/business_identifier_country_code", "Australia"),
];

/// What a field shows once it was left.
fn shown<'a>(path: &str, typed: &'a str) -> &'a str {
    TAKEN.iter().find(|(taken, _)| *taken == path).map_or(typed, |(_, line)| *line)
}

/// What is typed after the program was killed.
pub const REST: [(&str, &str); 12] = [
    ("primary_contact/contact_email", "accounts@lanternquay.example"),
    ("registration_address/registration_address_country_code", "austral"),
    ("registration_address/registration_address_line1", "Level 3, 18 Harbour Street"),
    ("registration_address/registration_address_city", "Sydney"),
    ("registration_address/registration_address_state", "NSW"),
    ("registration_address/registration_address_postcode", "2000"),
    ("account_usage/operating_country", "austral"),
    ("account_usage/goods_service_description", "Wholesale of lamps and lanterns to hotels"),
    ("account_usage/industry_category_code", "5072"),
    ("account_usage/account_usage_product_reference", "financial s"),
    ("account_usage/estimated_monthly_revenue_currency", "aud"),
    ("account_usage/estimated_monthly_revenue_amount", "12345678901234567.80"),
];

/// Who looks at each state of the story.
pub struct Eyes {
    /// Numbered pictures go here.
    pub pictures: Option<PathBuf>,
    /// Each state is looked at with axe, in light and dark, and walked through with Tab.
    pub axe: bool,
    seen: u32,
}

impl Eyes {
    /// Leaves numbered pictures in a folder.
    #[must_use]
    pub fn painting(folder: PathBuf) -> Self {
        Self { pictures: Some(folder), axe: false, seen: 0 }
    }

    /// Only plays.
    #[must_use]
    pub fn blind() -> Self {
        Self { pictures: None, axe: false, seen: 0 }
    }

    /// Looks for barriers.
    #[must_use]
    pub fn testing() -> Self {
        Self { pictures: None, axe: true, seen: 0 }
    }

    /// Looks at a state.
    ///
    /// # Errors
    /// A barrier, or a picture that cannot be taken.
    pub async fn see(&mut self, page: &Page, state: &str) -> Result<(), Trouble> {
        self.seen += 1;
        if self.axe {
            page.no_barrier(state).await?;
            page.tab_reaches_everything(state).await?;
        }
        match &self.pictures {
            Some(folder) => page.shot(&folder.join(format!("{:02}-{state}.png", self.seen))).await,
            None => Ok(()),
        }
    }
}

/// Plays it on a fresh computer and gives the open window at its end, with the platform's id of the customer.
///
/// # Errors
/// A step does not go as a user would expect.
pub async fn play(world: &World, eyes: &mut Eyes) -> Result<(Page, String), Trouble> {
    let page = world.start().await?;
    page.see("Made-up customers, on this computer only").await?;
    eyes.see(&page, "first-start").await?;
    page.chord(&[Key::Control], "n").await?;
    page.field_at("business_details/business_name_english").await?;
    eyes.see(&page, "empty-draft").await?;
    for (path, text) in BUSINESS {
        page.fill(path, text).await?;
    }
    page.see("Saved").await?;
    wait_saved(&page).await?;
    eyes.see(&page, "draft").await?;
    // The plug is pulled in the middle of the work.
    page.kill().await?;

    let page = world.start().await?;
    page.press("Drafts").await?;
    page.see("Lantern Quay Trading Pty Ltd").await?;
    eyes.see(&page, "drafts").await?;
    page.press("Lantern Quay Trading Pty Ltd").await?;
    page.see("Restored unsaved changes").await?;
    for (path, text) in BUSINESS {
        let found = page.value_at(path).await?;
        expect(&found, shown(path, text)).map_err(|trouble| format!("{path} after the kill: {trouble}"))?;
    }
    eyes.see(&page, "restored").await?;
    for (path, text) in REST {
        page.fill(path, text).await?;
    }
    wait_saved(&page).await?;
    eyes.see(&page, "filled").await?;
    page.press("Review and submit").await?;
    page.see("To confirm").await?;
    eyes.see(&page, "review").await?;
    page.tick_everything().await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
    page.see("Accepted.").await?;
    let id = page.script("return document.body.innerText.match(/cus_[0-9a-f]{32}/)?.[0] ?? ''", vec![]).await?;
    let id = id.as_str().unwrap_or_default().to_owned();
    eyes.see(&page, "accepted").await?;
    Ok((page, id))
}

/// Waits until the editor says that everything is saved.
///
/// # Errors
/// It does not in time.
pub async fn wait_saved(page: &Page) -> Result<(), Trouble> {
    let body = "const text = document.querySelector('.savestate')?.textContent ?? '';
      return /Saved \\d/.test(text) && !/Saving/.test(text)";
    page.wait_script("everything saved", body, vec![]).await?;
    Ok(())
}

/// Looks a customer up by one of its ids.
///
/// # Errors
/// It is not found.
pub async fn look_up(page: &Page, by: &str, id: &str) -> Result<(), Trouble> {
    page.press("Customers").await?;
    page.press("Look up an ID").await?;
    page.press(by).await?;
    page.type_into(by, id).await?;
    page.keys(Key::Enter + "").await?;
    page.see("Read again").await
}

/// Two texts are the same.
///
/// # Errors
/// They differ; the error holds both.
pub fn expect(found: &str, wanted: &str) -> Result<(), Trouble> {
    if found == wanted { Ok(()) } else { Err(format!("found {found:?}, wanted {wanted:?}").into()) }
}

/// Chooses a connection by its name; the next draft is for it.
///
/// # Errors
/// There is none of that name.
pub async fn choose_connection(page: &Page, name: &str) -> Result<(), Trouble> {
    let current = "return document.querySelector('button[aria-haspopup=menu][aria-label^=\"Connection:\"]')?.innerText.trim() === arguments[0]";
    if page.script(current, vec![name.into()]).await? == serde_json::json!(true) {
        return Ok(());
    }
    // A record belongs to its connection; lists let one choose.
    page.press("Customers").await?;
    page.press("Connection:").await?;
    let line = "const line = [...document.querySelectorAll('[role=menuitemradio]')].find(e => e.getClientRects().length && e.querySelector('.word')?.textContent === arguments[0]);
      line?.focus(); return line === document.activeElement && line !== undefined";
    page.wait_script(&format!("the connection {name:?}"), line, vec![name.into()]).await?;
    page.keys(Key::Enter + "").await?;
    page.wait_script(&format!("{name:?} to be chosen"), current, vec![name.into()]).await?;
    Ok(())
}
