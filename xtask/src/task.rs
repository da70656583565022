//! What can be asked for.

/// What `cargo xtask` answers without a task.
pub const USAGE: &str = "cargo xtask <task>

  run                       start the program; without a display, play the main job and keep pictures of it
  demo                      play the main job without a screen; pictures go to demo in the target folder
  test [--quick] [FILTER]   format, lints, page tests, Rust tests, window tests
                            --quick leaves the window tests out; FILTER runs only the Rust and window tests it names
  bindings                  write the page's types from desk-core
  licences                  write the licences of the libraries in the program
  torture [WORDS]           break the network and end the program at every point, many times; one line a promise
                            --seed N --mode X --crash Y repeats a run and tells its story; --seeds N runs fewer or more
  bench [WORDS]             measure the release build against an empty window
  dist                      build the packages for installing";

/// One task.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Say what there is.
    Help,
    /// Start the program.
    Run,
    /// Play the main job and keep pictures.
    Demo,
    /// Check everything.
    Test {
        /// Without the window tests.
        quick: bool,
        /// Which tests, in the words of the test runner; empty for all.
        filter: Vec<String>,
    },
    /// Write the page's types.
    Bindings,
    /// Write the licences of the libraries.
    Licences,
    /// Break the network and end the program.
    Torture {
        /// Handed on to the torture.
        words: Vec<String>,
    },
    /// Measure.
    Bench {
        /// Handed on to the bench.
        words: Vec<String>,
    },
    /// Make packages.
    Dist,
}

impl Task {
    /// Reads a task from the command line.
    ///
    /// # Errors
    /// A sentence about what is not understood.
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let Some((name, rest)) = words.split_first() else { return Ok(Self::Help) };
        let alone = |task: Self| match rest.first() {
            None => Ok(task),
            Some(word) => Err(format!("`{name}` takes nothing after it, so `{word}` is not understood.")),
        };
        match name.as_str() {
            "help" | "--help" | "-h" => Ok(Self::Help),
            "run" => alone(Self::Run),
            "demo" => alone(Self::Demo),
            "bindings" => alone(Self::Bindings),
            "licences" => alone(Self::Licences),
            "dist" => alone(Self::Dist),
            "torture" => Ok(Self::Torture { words: rest.to_vec() }),
            "bench" => Ok(Self::Bench { words: rest.to_vec() }),
            "test" => {
                let (options, filter): (Vec<_>, Vec<_>) = rest.iter().cloned().partition(|word| word.starts_with('-'));
                match options.iter().find(|option| *option != "--quick") {
                    Some(option) => Err(format!("`test` does not know `{option}`.")),
                    None => Ok(Self::Test { quick: !options.is_empty(), filter }),
                }
            }
            _ => Err(format!("There is no task `{name}`.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Task, String> {
        Task::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_task_is_read_with_its_options_in_any_order() {
        assert_eq!(parse(""), Ok(Task::Help));
        assert_eq!(parse("run"), Ok(Task::Run));
        assert_eq!(parse("test"), Ok(Task::Test { quick: false, filter: vec![] }));
        let named = Ok(Task::Test { quick: true, filter: vec![String::from("draft")] });
        assert_eq!(parse("test draft --quick"), named);
        assert_eq!(parse("test --quick draft"), named);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, word) in [("tset", "tset"), ("run fast", "fast"), ("test --quik", "--quik")] {
            let text = parse(line).unwrap_err();
            assert!(text.contains(word), "{line}: {text}");
        }
    }
}
