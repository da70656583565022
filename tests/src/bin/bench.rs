//! `cargo xtask bench`: ratios against baselines of the same run, of the release programs that lie beside this one.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use desk_tests::bench::figure::{Bar, Figure};
use desk_tests::bench::{autosave, check, create, keys, screens, start};
use desk_tests::process::Trouble;

/// What a package may weigh, in MB.
const PACKAGE_MB: f64 = 12.0;

/// Words of the test doors: a release build has none of them (DECISIONS 21).
const DOORS: [&str; 2] = ["DESK_DOORS", "DESK_SANDBOX"];

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let here = std::env::current_exe()?;
    let here = here.parent().ok_or("no folder of programs")?;
    let (ours, bare) = (here.join("customer-desk"), here.join("desk-bare"));
    no_doors(&ours)?;
    let mut all_met = true;
    // Said as they are taken: a later one that fails takes none of them away.
    let mut say = |figures: &[Figure]| {
        all_met &= figures.iter().all(Figure::met);
        figures.iter().try_for_each(|figure| writeln!(std::io::stdout(), "{figure}"))
    };
    say(&start::measure(&ours, &bare).await?)?;
    say(&screens::measure(&ours).await?)?;
    say(&[keys::measure(&ours).await?])?;
    say(&[create::measure().await?])?;
    say(&[autosave::measure().await?])?;
    say(&[check::measure()?])?;
    say(&[package(&here.join("bundle/deb"))?])?;
    Ok(if all_met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn no_doors(program: &Path) -> Result<(), Trouble> {
    let bytes = std::fs::read(program)?;
    let found = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    match DOORS.into_iter().find(|word| found(word)) {
        Some(word) => Err(format!("the release program knows {word}").into()),
        None => Ok(()),
    }
}

fn package(folder: &Path) -> Result<Figure, Trouble> {
    let mut sizes = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "deb") {
            sizes.push(entry.metadata()?.len());
        }
    }
    let bytes = sizes.into_iter().max().ok_or("no package was made")?;
    let ours = f64::from(u32::try_from(bytes / 1000)?) / 1000.0;
    Ok(Figure { what: "package, MB, against what it may weigh", ours, baseline: PACKAGE_MB, bar: Bar::AtMost(1.0) })
}
