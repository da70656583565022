//! Files that somebody made to do harm, or that are not what they seem: refused before anything is sent, or sent as the bytes
//! they are. Nothing of them is run, and nothing is drawn but pixels of PNG and JPEG.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::computer::{Computer, Program};
use super::files::{Chooser, LIST, PDF, PNG, add, computer, dropped, empty, row, until};
use super::form::practice;

const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";

#[rstest]
#[case::zero_bytes("empty.pdf", b"", "document.empty")]
#[case::svg("drawing.svg", SVG, "document.kind")]
#[case::svg_that_is_called_png("drawing.png", SVG, "document.kind")]
#[case::a_page("page.pdf", b"<!doctype html><script>alert(1)</script>", "document.kind")]
#[case::an_archive("scans.zip", b"PK\x03\x04", "document.kind")]
#[case::a_program("scan.pdf", b"#!/bin/sh\nrm -rf ~\n", "document.kind")]
#[case::png_that_is_called_pdf("x.pdf", PNG, "document.other_kind")]
#[case::pdf_that_is_called_exe("setup.exe", PDF, "document.other_kind")]
#[tokio::test]
async fn what_is_no_scan_is_refused_before_anything_is_sent(
    #[case] name: &str,
    #[case] content: &[u8],
    #[case] code: &str,
) {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    let error = program.refused("document_add", dropped(&draft, LIST, name, content)).await;
    assert_eq!(error.code, code);
    if code != "document.empty" {
        assert_eq!(error.params["name"], name);
    }
    if code == "document.other_kind" {
        assert_eq!(error.params["found"], if content == PNG { "png" } else { "pdf" });
    }
    assert_eq!(row(&program, &draft, LIST).await, Value::Null);
    assert!(computer.sandbox.requests().is_empty(), "nobody was asked");
}

#[rstest]
#[case::no_base64(json!({ "content": "????" }))]
#[case::a_field_that_holds_no_file(json!({ "path": "business_details/website" }))]
#[case::a_person_who_is_not_there(
    json!({ "path": "business_person_list/0190a1b2-0000-7000-8000-000000000000/identification/id_document_front_file_id" })
)]
#[tokio::test]
async fn what_no_page_of_ours_sends_is_refused(#[case] instead: Value) {
    let computer = Computer::new();
    let program = computer.start().await;
    let mut request = dropped(&empty(&program).await, LIST, "x.png", PNG);
    request.as_object_mut().unwrap().extend(instead.as_object().unwrap().clone());
    assert_eq!(program.refused("document_add", request).await.code, "request.unreadable");
}

/// Chooses a path; what is said of it.
async fn chosen(program: &Program, chooser: &Chooser, path: &Path) -> Value {
    let draft = empty(program).await;
    chooser.will_choose(Some(path));
    let choose = json!({ "draft": draft["id"], "path": LIST, "file_type": "main_page" });
    let job = program.begin("document_choose", choose).await;
    let last = tokio::time::timeout(Duration::from_secs(10), job.last()).await.expect("nothing is waited for");
    let said = last.to_string();
    assert!(!said.contains(&*path.parent().unwrap().to_string_lossy()), "no path crosses over: {said}");
    if last["event"] == "finished" { json!({ "draft": draft["id"] }) } else { last["error"]["code"].clone() }
}

#[tokio::test]
async fn a_path_that_is_no_file_is_said_at_once() {
    let (computer, chooser) = computer();
    let program = computer.start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    assert!(Command::new("mkfifo").arg(path("pipe.pdf")).status().unwrap().success());
    std::os::unix::net::UnixListener::bind(path("socket.pdf")).unwrap();
    std::os::unix::fs::symlink(path("nowhere.pdf"), path("astray.pdf")).unwrap();
    std::os::unix::fs::symlink(path("pipe.pdf"), path("to_pipe.pdf")).unwrap();
    std::fs::File::create(path("huge.pdf")).unwrap().set_len(5_000_000_000).unwrap();
    std::fs::write(path("empty.pdf"), b"").unwrap();
    std::fs::write(path("scan.pdf"), PDF).unwrap();
    std::os::unix::fs::symlink(path("scan.pdf"), path("to_scan.pdf")).unwrap();
    for (name, code) in [
        ("gone.pdf", "document.gone"),
        ("astray.pdf", "document.gone"),
        ("pipe.pdf", "document.not_a_file"),
        ("to_pipe.pdf", "document.not_a_file"),
        ("socket.pdf", "document.not_a_file"),
        (".", "document.not_a_file"),
        ("empty.pdf", "document.empty"),
        ("huge.pdf", "document.too_large"),
    ] {
        assert_eq!(chosen(&program, &chooser, &path(name)).await, code, "{name}");
    }
    assert_eq!(chosen(&program, &chooser, Path::new("/dev/zero")).await, "document.not_a_file");
    assert!(computer.sandbox.requests().is_empty(), "nobody was asked");
    let draft = chosen(&program, &chooser, &path("to_scan.pdf")).await;
    assert_eq!(row(&program, &json!({ "id": draft["draft"] }), LIST).await["name"], "to_scan.pdf");
}

#[rstest]
#[case::climbing("../../etc/pass\u{202e}fdp.png", "passfdp.png")]
#[case::of_windows("C:\\temp\\scan.png", "scan.png")]
#[case::quoted("a\"; filename=\"b.png", "a\"; filename=\"b.png")]
#[case::pasted("", "file.png")]
#[tokio::test]
async fn a_name_arrives_cleaned(#[case] name: &str, #[case] kept: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    assert_eq!(add(&program, &draft, LIST, name, PNG).await["name"], kept);
    until(&program, &draft, LIST, "sent").await;
    let arrived = computer.sandbox.files().remove(0).name.unwrap();
    assert_eq!(arrived.replace("%22", "\""), kept);
}

/// A PNG whose head says how large it is, and whose pixels are not there.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut bomb = PNG.to_vec();
    // 60,000 by 60,000, and the checksum of that head.
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let crc = bomb[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    });
    bomb[29..33].copy_from_slice(&(!crc).to_be_bytes());
    let noise = (0..).map(|at: u32| at.wrapping_mul(2_654_435_761).to_le_bytes()[3]);
    bomb.extend(noise.take(bytes.saturating_sub(PNG.len())));
    bomb
}

/// A PDF whose objects are folded into a stream, and that again; unfolded by nobody, it stays as small as it is.
fn folded(trailer: &[u8]) -> Vec<u8> {
    let head =
        b"%PDF-1.5\n5 0 obj<</Type/ObjStm/N 1/First 4/Length 9000/Filter[/RunLengthDecode/RunLengthDecode]>>stream\n";
    let table = b"6 0 obj<</Type/XRef/Size 9/W[1 9 1]/Root 1 0 R/Length 2/Filter/RunLengthDecode>>stream\n\x81\0\nendstream endobj\n";
    let stream = [b"\x81\x81".repeat(4_500), b"\nendstream endobj\n".to_vec()].concat();
    [&head[..], &stream, table, trailer, b"startxref\n9125\n%%EOF\n"].concat()
}

#[rstest]
#[case::a_small_file_of_a_huge_picture(bomb(0), "passport.png", Value::Null)]
#[case::twenty_megabytes(bomb(20_000_000), "passport.png", Value::Null)]
#[case::pdf_with_a_script(PDF.to_vec(), "scan.pdf", json!(2))]
#[case::pdf_that_unfolds(folded(b""), "scan.pdf", Value::Null)]
#[case::pdf_that_unfolds_behind_a_plain_trailer(folded(b"trailer<</Root 1 0 R>>\n"), "scan.pdf", Value::Null)]
#[case::half_a_pdf(PDF[..120].to_vec(), "scan.pdf", Value::Null)]
#[case::tiff(b"II*\0\x08\0\0\0 and more".to_vec(), "scan.tif", Value::Null)]
#[tokio::test]
async fn what_cannot_be_drawn_is_sent_as_the_bytes_it_is(
    #[case] content: Vec<u8>,
    #[case] name: &str,
    #[case] pages: Value,
) {
    let (computer, chooser) = computer();
    let program = computer.start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, &content).unwrap();
    if content.len() > 10_000_000 {
        assert_eq!(chosen(&program, &chooser, &path).await, "document.too_large");
        let connection = practice(&program, "typed").await;
        let upload = json!({ "encoding": "multipart", "limit_mb": 25 });
        program.call("connection_save", json!({ "connection": connection, "upload": upload })).await;
    }
    let draft = json!({ "id": chosen(&program, &chooser, &path).await["draft"] });
    let sent = until(&program, &draft, LIST, "sent").await;
    assert_eq!((&sent["pages"], &sent["preview"]), (&pages, &json!(false)));
    assert_eq!(computer.sandbox.files().remove(0).sha256, hex::encode(Sha256::digest(&content)));
    let preview = program.refused("document_preview", json!({ "document": sent["id"] })).await;
    assert_eq!(preview.code, "not_found");
}

#[rstest]
#[case(0)]
#[case(101)]
#[tokio::test]
async fn a_limit_has_bounds(#[case] limit_mb: u32) {
    let computer = Computer::new();
    let program = computer.start().await;
    let upload = json!({ "encoding": "multipart", "limit_mb": limit_mb });
    let save = json!({ "connection": practice(&program, "typed").await, "upload": upload });
    assert_eq!(program.refused("connection_save", save).await.fields[0].path, "upload/limit_mb");
}
