//! `cargo xtask demo`: plays the main job in the real window and leaves numbered pictures.

use desk_tests::process::Trouble;
use desk_tests::story::{Eyes, look_up, play};
use desk_tests::world::World;

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let folder = desk_tests::page::target_folder()?.join("demo");
    let world = World::new().await?;
    let mut eyes = Eyes::painting(folder);
    let (page, id) = play(&world, &mut eyes).await?;
    look_up(&page, "Customer ID", &id).await?;
    eyes.see(&page, "customer").await?;
    page.look("dark").await?;
    eyes.see(&page, "customer-dark").await?;
    page.quit().await
}
