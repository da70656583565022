//! The editor and the customers as they are drawn, full of what they are for: in the window, in the smallest one, and at
//! 200 % zoom.

use desk_sandbox::Revision;
use desk_tests::loading::{list_again, read_all};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::wait_saved;
use desk_tests::world::World;
use thirtyfour::Key;

/// More than any window shows at once.
const ROWS: usize = 30;

/// What the drawing has; the last two are what it is drawn for: a mistake, and a list that is open.
const TYPED: [(&str, &str); 12] = [
    ("business_details/business_name_english", "Harbour Nine Logistics Limited"),
    ("business_details/business_name", "九號港物流有限公司"),
    ("registration_address/registration_address_country_code", "hong k"),
    ("registration_address/registration_address_line1", "9 Harbour Road"),
    ("registration_address/registration_address_city", "Wan Chai"),
    ("primary_contact/contact_phone", "+852 2123 4567"),
    ("primary_contact/contact_email", "desk@harbournine.example"),
    ("basic_info/first_name_english", "Wing Yan"),
    ("basic_info/last_name_english", "Ho"),
    ("basic_info/first_name", "詠欣"),
    ("basic_info/last_name", "何"),
    ("basic_info/role_type", "director"),
];

const SECOND: [(&str, &str); 8] = [
    ("basic_info/first_name_english", "Layla"),
    ("basic_info/last_name_english", "Al Marri"),
    ("basic_info/first_name", "ليلى"),
    ("basic_info/last_name", "المري"),
    ("basic_info/role_type", "director"),
    ("basic_info/birth_date", "3 apr 1988"),
    ("identification/id_issue_date", "20240612"),
    ("identification/id_expiration_date", "12 foo 2034"),
];

/// The sizes that are drawn or asked for, as width, height and how many times as large everything is.
const SIZES: [(u32, u32, u32); 3] = [(1280, 800, 1), (1024, 640, 1), (1280, 800, 2)];

#[tokio::test]
async fn the_editor_as_it_is_drawn() -> Result<(), Trouble> {
    for (width, height, zoom) in SIZES {
        let world = World::new().await?.sized(width, height).zoomed(zoom);
        let page = world.start().await?;
        page.chord(&[Key::Control], "n").await?;
        for (path, text) in TYPED {
            page.fill(path, text).await?;
        }
        page.press("Add person").await?;
        page.see("Person 2").await?;
        for (path, text) in SECOND {
            page.fill(path, text).await?;
        }
        wait_saved(&page).await?;
        page.see("Expiry date must be a real date").await?;
        page.field_at("basic_info/nationality").await?.send_keys("uni").await?;
        page.see("takes United Arab Emirates").await?;
        page.no_barrier("editor").await?;
        page.shots("editor").await?;
        page.keys(Key::Escape + "").await?;
        page.tab_reaches_everything("editor").await?;
        arabic_starts_at_the_right(&page).await?;
        page.quit().await?;
    }
    Ok(())
}

/// "Arabic starts at the right" (VISUAL), in a form that starts at the left.
async fn arabic_starts_at_the_right(page: &Page) -> Result<(), Trouble> {
    let field = page.field_at("basic_info/first_name").await?;
    let direction = page
        .script(
            "return getComputedStyle(document.getElementById(arguments[0])).direction",
            vec![field.id().await?.unwrap_or_default().into()],
        )
        .await?;
    assert_eq!(direction, "rtl");
    Ok(())
}

#[tokio::test]
async fn the_customers_as_they_are_drawn() -> Result<(), Trouble> {
    for (width, height, zoom) in SIZES {
        let world = World::new().await?.sized(width, height).zoomed(zoom);
        let page = world.start().await?;
        page.see("No customers on this computer yet").await?;
        let rows = world.rows().into_iter().filter(|row| row.revision == Revision::Typed && !row.sparse);
        let rows: Vec<_> = rows.take(ROWS).collect();
        read_all(&page, &rows).await?;
        list_again(&page).await?;
        page.see(&format!("{ROWS} on this computer")).await?;
        page.keys(Key::Tab + "").await?;
        page.no_barrier("customers, many").await?;
        page.shots("customers-many").await?;
        page.tab_reaches_everything("customers, many").await?;
        page.quit().await?;
    }
    Ok(())
}
