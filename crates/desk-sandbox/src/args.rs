//! The program's arguments, read by hand: three of them need no library.

use desk_sandbox::Mode;

/// The port of the pages' samples.
const DEFAULT_PORT: u16 = 8083;

/// What the program says of itself.
pub(crate) const USAGE: &str = "\
Serves the customer APIs of AxisFI and Bultra with made-up customers on 127.0.0.1.

usage: desk-sandbox [--port N] [--mode 409|creates-second-row] [--latency-ms N]

  --port N         the port; 0 takes any that is free (8083)
  --mode MODE      what a repeated partner_customer_id gets: 409, or creates-second-row (409)
  --latency-ms N   milliseconds before each answer (0)
  --help           this text

The first line of output is JSON: base_url, api_key and api_secret of both accounts of AxisFI; base_url, token_url,
client_id and client_secret of Bultra. Ctrl-c ends it.";

/// How the program was asked to run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Args {
    pub(crate) port: u16,
    pub(crate) mode: Mode,
    pub(crate) latency_ms: u64,
}

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parsed {
    Run(Args),
    Help,
}

/// Reads the arguments; `--name value` and `--name=value` are the same. The error says which argument is wrong and why.
pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Parsed, String> {
    let mut args = Args { port: DEFAULT_PORT, mode: Mode::Conflict409, latency_ms: 0 };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, given) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        if matches!(name.as_str(), "--help" | "-h") {
            return Ok(Parsed::Help);
        }
        if !matches!(name.as_str(), "--port" | "--mode" | "--latency-ms") {
            return Err(format!("{name} is not an argument of this program"));
        }
        let Some(value) = given.or_else(|| arguments.next()) else {
            return Err(format!("{name} needs a value"));
        };
        match name.as_str() {
            "--port" => {
                args.port =
                    value.parse().map_err(|_| format!("--port takes a number from 0 to 65535, not {value:?}"))?;
            }
            "--mode" => {
                args.mode = match value.as_str() {
                    "409" => Mode::Conflict409,
                    "creates-second-row" => Mode::CreatesSecondRow,
                    _ => return Err(format!("--mode takes 409 or creates-second-row, not {value:?}")),
                };
            }
            _ => {
                args.latency_ms =
                    value.parse().map_err(|_| format!("--latency-ms takes milliseconds, not {value:?}"))?;
            }
        }
    }
    Ok(Parsed::Run(args))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn parsed(line: &str) -> Result<Parsed, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[rstest]
    #[case("", 8083, Mode::Conflict409, 0)]
    #[case("--port 0", 0, Mode::Conflict409, 0)]
    #[case("--port=9000 --mode creates-second-row --latency-ms 250", 9000, Mode::CreatesSecondRow, 250)]
    #[case("--mode 409", 8083, Mode::Conflict409, 0)]
    fn arguments_set_what_they_name(
        #[case] line: &str,
        #[case] port: u16,
        #[case] mode: Mode,
        #[case] latency_ms: u64,
    ) {
        assert_eq!(parsed(line), Ok(Parsed::Run(Args { port, mode, latency_ms })));
    }

    #[rstest]
    #[case("--port", "--port needs a value")]
    #[case("--port seven", "--port takes a number")]
    #[case("--port 70000", "--port takes a number")]
    #[case("--mode maybe", "--mode takes 409 or creates-second-row")]
    #[case("--latency-ms -1", "--latency-ms takes milliseconds")]
    #[case("--colour red", "--colour is not an argument")]
    #[case("8083", "8083 is not an argument")]
    fn a_wrong_argument_is_named(#[case] line: &str, #[case] why: &str) {
        let error = parsed(line).expect_err("refused");
        assert!(error.starts_with(why), "{error}");
    }

    #[test]
    fn help_wins() {
        assert_eq!(parsed("--help --port seven"), Ok(Parsed::Help));
    }
}
