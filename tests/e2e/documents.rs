//! Files become file ids: chosen, sent, cut, resumed; what is hostile is refused or sent as bytes, and never drawn.

use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use desk_sandbox::{Fault, FaultRule, Route};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::sending::{begin_draft, send_anyway};
use desk_tests::story::wait_saved;
use desk_tests::world::World;
use rstest::rstest;
use serde_json::Value;

const NAME: &str = "Sable Point Foods Ltd";
const FRONT: &str = "identification/id_document_front_file_id";
const CHOOSE_FRONT: &str = "Choose file, Front file ID";

/// A PNG of so many pixels a side, all of one grey.
fn png(side: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::GrayImage::from_pixel(side, side, image::Luma([0x80]));
    let written = picture.write_to(&mut bytes, image::ImageFormat::Png);
    written.map(|()| bytes.into_inner()).unwrap_or_default()
}

/// Lies in the user's home until the dialog gives it.
fn file(world: &World, name: &str, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let path = world.home().join("home").join(name);
    std::fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    std::fs::write(&path, bytes)?;
    Ok(path)
}

/// Answers the next dialog with this file and opens it from the field.
async fn choose(world: &World, page: &Page, path: &std::path::Path) -> Result<(), Trouble> {
    world.door(&format!("dialog {}", path.display())).await?;
    page.press(CHOOSE_FRONT).await
}

async fn front_id(page: &Page) -> Result<String, Trouble> {
    let body = "const e = document.querySelector('input[id$=id_document_front_file_id]');
      return e?.value.startsWith('file_') ? e.value : null";
    let id = page.wait_script("the file id in its field", body, vec![]).await?;
    Ok(id.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_passport_becomes_an_id_and_is_submitted() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin_draft(&page, NAME).await?;
    let bytes = png(600);
    choose(&world, &page, &file(&world, "passport.png", &bytes)?).await?;
    let id = front_id(&page).await?;
    page.see_at(FRONT, "passport.png, PNG").await?;
    page.field_at(FRONT).await?.focus().await?;
    page.see("Source document").await?;
    page.wait_script("the picture", "return document.querySelector('figure canvas')?.width > 1", vec![]).await?;
    page.look_and_walk("document").await?;
    wait_saved(&page).await?;
    send_anyway(&page).await?;
    page.see("Accepted.").await?;
    let row = world.rows().into_iter().find(|row| row.customer["business_details"]["business_name_english"] == NAME);
    let customer = row.ok_or("no customer")?.customer;
    assert_eq!(
        customer["business_person_list"][0]["identification"]["id_document_front_file_id"],
        Value::from(id.clone())
    );
    let files = world.platform()?.files();
    assert_eq!((files.len(), files[0].file_id.as_str(), files[0].file_type.as_str()), (1, id.as_str(), "Main page"));
    assert_eq!(files[0].size, bytes.len());
    page.quit().await
}

#[tokio::test]
async fn an_upload_that_is_cut_three_times_goes_on_after_a_restart() -> Result<(), Trouble> {
    let world = World::new().await?;
    world.platform()?.set_faults(vec![FaultRule::new(Route::Upload, Fault::Reset).times(3)]);
    let page = world.start().await?;
    begin_draft(&page, NAME).await?;
    choose(&world, &page, &file(&world, "passport.png", &png(300))?).await?;
    page.see_at(FRONT, "Waiting").await?;
    page.look_and_walk("document-waiting").await?;
    page.kill().await?;

    let page = world.start().await?;
    page.press("Drafts").await?;
    page.press(NAME).await?;
    let found = desk_tests::process::wait_for("the id", std::time::Duration::from_secs(90), || async {
        let _ = world.door("advance 61000").await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let value = page.value_at(FRONT).await.ok()?;
        value.starts_with("file_").then_some(value)
    });
    let id = found.await?;
    assert_eq!(world.platform()?.files().iter().map(|file| file.file_id.clone()).collect::<Vec<_>>(), [id]);
    page.see_at(FRONT, "Sent").await?;
    page.quit().await
}

// What the file is called, what is in it, and what is said of it before anything is sent.
#[rstest]
#[case::zero_bytes("empty.pdf", b"".to_vec(), "The file is empty.")]
#[case::svg("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'/>".to_vec(), "is of a kind that is not sent")]
#[case::page("scan.png", b"<!doctype html><script>document.title = 'run'</script>".to_vec(), "is of a kind that is not sent")]
#[case::other("passport.pdf", png(8), "is not what its name says")]
#[case::too_large("large.png", [png(8), vec![0; 10_500_000]].concat(), "The connection takes 10 MB at most.")]
#[tokio::test]
async fn what_cannot_be_sent_is_said_and_nothing_leaves(
    #[case] name: &str,
    #[case] bytes: Vec<u8>,
    #[case] says: &str,
) -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin_draft(&page, NAME).await?;
    choose(&world, &page, &file(&world, name, &bytes)?).await?;
    page.see_at(FRONT, says).await?;
    page.look_at(&format!("document-refused-{}", name.replace('.', "-"))).await?;
    assert_eq!(page.value_at(FRONT).await?, "");
    assert!(world.platform()?.files().is_empty());
    assert!(page.can_type_at(FRONT).await?);
    page.quit().await
}

#[tokio::test]
async fn a_file_that_is_no_picture_is_sent_as_bytes_and_never_drawn() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin_draft(&page, NAME).await?;
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    // A path that climbs, and a name that reads backwards: what arrives has neither.
    let path = file(&world, "papers/../\u{202e}fdp.passport\u{202c}.pdf", pdf)?;
    choose(&world, &page, &path).await?;
    front_id(&page).await?;
    page.field_at(FRONT).await?.focus().await?;
    page.see("No preview of a PDF.").await?;
    page.look_at("document-pdf").await?;
    let drawn =
        page.script("return document.querySelectorAll('canvas, img, embed, object, iframe').length", vec![]).await?;
    assert_eq!(drawn, 0);
    let files = world.platform()?.files();
    assert_eq!((files.len(), files[0].size), (1, pdf.len()));
    let name = files[0].name.clone().unwrap_or_default();
    assert!(name.ends_with(".pdf") && !name.contains(['/', '\u{202e}', '\u{202c}']), "{name:?}");
    page.quit().await
}

/// Gives the field a file as the window's own events do: the driver can neither drag nor fill a clipboard with a picture.
const GIVE: &str = "const [end, kind, base64] = arguments;
  const field = document.querySelector(`input[id$=${end}]`);
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], kind === 'paste' ? 'image.png' : 'passport.png', { type: 'image/png' }));
  field.focus();
  const options = { bubbles: true, cancelable: true };
  const event = kind === 'paste' ? new ClipboardEvent('paste', { ...options, clipboardData: data })
    : new DragEvent('drop', { ...options, dataTransfer: data });
  field.dispatchEvent(event);
  return event.defaultPrevented";

#[rstest]
#[case::dropped("drop", "passport.png, PNG")]
#[case::pasted("paste", "image.png, PNG")]
#[tokio::test]
async fn a_picture_that_is_given_by_hand_becomes_an_id(#[case] kind: &str, #[case] says: &str) -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin_draft(&page, NAME).await?;
    page.field_at(FRONT).await?;
    let bytes = png(64);
    let arguments = vec!["id_document_front_file_id".into(), kind.into(), BASE64_STANDARD.encode(&bytes).into()];
    assert_eq!(page.script(GIVE, arguments).await?, true, "the window does not open it instead");
    let id = front_id(&page).await?;
    page.see_at(FRONT, says).await?;
    let files = world.platform()?.files();
    assert_eq!((files.len(), files[0].file_id.as_str(), files[0].size), (1, id.as_str(), bytes.len()));
    page.quit().await
}
