//! The sandbox as a program. The first line of its output is one line of JSON with its accounts; see the library.

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use desk_sandbox::{Account, BultraAccount, Options, Sandbox};
use serde::Serialize;

mod args;

use args::{Args, Parsed, USAGE};

/// The first line of output.
#[derive(Serialize)]
struct Accounts<'a> {
    axisfi_typed: &'a Account,
    axisfi_untyped: &'a Account,
    bultra: &'a BultraAccount,
}

fn main() -> ExitCode {
    match args::parse(std::env::args().skip(1)) {
        Ok(Parsed::Help) => said(io::stdout().lock(), USAGE, ExitCode::SUCCESS),
        Ok(Parsed::Run(args)) => match run(&args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => said(io::stderr().lock(), &format!("desk-sandbox: {error}"), ExitCode::FAILURE),
        },
        Err(why) => said(io::stderr().lock(), &format!("desk-sandbox: {why}\n\n{USAGE}"), ExitCode::from(2)),
    }
}

fn said(mut out: impl Write, text: &str, code: ExitCode) -> ExitCode {
    // Nobody is left to tell where the output is closed.
    let _ = writeln!(out, "{text}");
    code
}

fn run(args: &Args) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let options = Options {
            port: args.port,
            mode: args.mode,
            latency: Duration::from_millis(args.latency_ms),
            ..Options::default()
        };
        let sandbox = Sandbox::start(options)
            .map_err(|error| io::Error::new(error.kind(), format!("port {} on 127.0.0.1: {error}", args.port)))?;
        let accounts = Accounts {
            axisfi_typed: &sandbox.axisfi_typed,
            axisfi_untyped: &sandbox.axisfi_untyped,
            bultra: &sandbox.bultra,
        };
        let line = serde_json::to_string(&accounts)?;
        {
            let mut out = io::stdout().lock();
            writeln!(out, "{line}")?;
            out.flush()?;
        }
        asked_to_end().await?;
        sandbox.stop().await;
        Ok(())
    })
}

/// Waits for ctrl-c or, where there is one, SIGTERM.
async fn asked_to_end() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
