//! `cargo xtask bench`: ratios against baselines of the same run. Takes the two programs as arguments.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use desk_tests::bench::{autosave, create, start};
use desk_tests::process::Trouble;

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let mut programs = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(ours), Some(bare)) = (programs.next(), programs.next()) else {
        return Err("bench CUSTOMER-DESK DESK-BARE".into());
    };
    let mut figures = start::measure(&ours, &bare).await?;
    figures.push(create::measure().await?);
    figures.push(autosave::measure().await?);
    let mut out = std::io::stdout().lock();
    for figure in &figures {
        writeln!(out, "{figure}")?;
    }
    let bytes = std::fs::metadata(&ours)?.len();
    writeln!(out, "program, MB: {:.1}", f64::from(u32::try_from(bytes / 1000)?) / 1000.0)?;
    Ok(if figures.iter().all(desk_tests::bench::figure::Figure::met) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
