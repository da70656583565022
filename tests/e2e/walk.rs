//! The walk with Tab finds what it is there to find.

use desk_tests::process::Trouble;
use desk_tests::world::World;

#[tokio::test]
async fn a_control_that_tab_does_not_reach_or_that_lies_under_something_is_found() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.see("No customers on this computer yet").await?;
    page.tab_reaches_everything("as it is").await?;
    for (change, words) in [
        ("one.tabIndex = -1; document.querySelector('main').append(one)", "not reached: BUTTON Extra"),
        (
            "lid.style.cssText = 'position: fixed; inset: 0'; document.body.append(lid); document.body.prepend(one)",
            "Extra",
        ),
    ] {
        let body = format!(
            "document.querySelectorAll('.extra').forEach(e => e.remove());
             const one = document.createElement('button'), lid = document.createElement('div');
             one.textContent = 'Extra'; one.className = lid.className = 'extra'; {change}; return true"
        );
        page.script(&body, vec![]).await?;
        let found = page.tab_reaches_everything("changed").await.map_err(|trouble| trouble.to_string());
        assert!(found.as_ref().is_err_and(|found| found.contains(words)), "{words:?} is not in {found:?}");
    }
    page.quit().await
}
