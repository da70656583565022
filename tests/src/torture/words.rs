//! The command line of `cargo xtask torture`.

use desk_sandbox::Mode as Platform;

use crate::proxy::Mode;
use crate::torture::case::{Case, Crash, Purpose, platform_name};
use crate::torture::setup::Rules;

/// Seeds of a whole run.
const SEEDS: u64 = 50;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Seeds from 1 on.
    pub seeds: u64,
    /// This seed alone, with its story.
    pub seed: Option<u64>,
    /// What the outbox goes by; other ones than ours are controls.
    pub rules: Rules,
    /// Runs at a time; as many as there are cores without.
    pub workers: Option<usize>,
    mode: Option<Mode>,
    crash: Option<Crash>,
    platform: Option<Platform>,
    purpose: Option<Purpose>,
}

impl Words {
    /// Reads them.
    ///
    /// # Errors
    /// A sentence about what is not understood.
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let mut read = Self {
            seeds: SEEDS,
            seed: None,
            rules: Rules::Ours,
            workers: None,
            mode: None,
            crash: None,
            platform: None,
            purpose: None,
        };
        for pair in words.chunks(2) {
            let [name, value] = pair else { return Err(format!("`{}` wants a word after it.", pair[0])) };
            let number = || value.parse::<u64>().map_err(|_| format!("`{value}` is no number."));
            match name.as_str() {
                "--seeds" => read.seeds = number()?,
                "--seed" => read.seed = Some(number()?),
                "--rules" => read.rules = named(value, &Rules::ALL, Rules::name)?,
                "--workers" => read.workers = usize::try_from(number()?).ok(),
                "--mode" => read.mode = Some(named(value, &Mode::ALL, Mode::name)?),
                "--crash" => read.crash = Some(named(value, &Crash::ALL, Crash::name)?),
                "--platform" => {
                    let all = [Platform::CreatesSecondRow, Platform::Conflict409];
                    read.platform = Some(named(value, &all, platform_name)?);
                }
                "--what" => read.purpose = Some(named(value, &[Purpose::Create, Purpose::Update], Purpose::name)?),
                _ => {
                    return Err(format!(
                        "`{name}` is not understood: --seeds, --seed, --mode, --crash, --platform, --what, --rules, --workers."
                    ));
                }
            }
        }
        Ok(read)
    }

    /// Which seeds.
    #[must_use]
    pub fn seeds(&self) -> std::ops::RangeInclusive<u64> {
        self.seed.map_or(1..=self.seeds, |seed| seed..=seed)
    }

    /// Whether all of the matrix is asked for, with its controls.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let narrowed = self.mode.is_some() || self.crash.is_some() || self.platform.is_some() || self.purpose.is_some();
        !narrowed && self.seed.is_none() && self.rules == Rules::Ours
    }

    /// Whether a run is among them.
    #[must_use]
    pub fn take(&self, case: &Case) -> bool {
        self.mode.is_none_or(|mode| mode == case.mode)
            && self.crash.is_none_or(|crash| crash == case.crash)
            && self.platform.is_none_or(|platform| platform == case.platform)
            && self.purpose.is_none_or(|purpose| purpose == case.purpose)
    }
}

fn named<T: Copy>(word: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name(*one) == word);
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|one| name(*one)).collect();
        format!("`{word}` is none of {}.", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Words, String> {
        Words::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_repeats_a_run_names_it_alone() -> Result<(), String> {
        let (mode, crash) = (Mode::Late, Crash::AfterBytesLeft);
        let case = Case { purpose: Purpose::Create, platform: Platform::Conflict409, mode, crash, seed: 7 };
        let words = parse(&case.to_string())?;
        assert!(words.take(&case) && words.seeds() == (7..=7) && !words.is_whole());
        assert!(!words.take(&Case { platform: Platform::CreatesSecondRow, ..case }));
        assert!(parse("")?.is_whole());
        Ok(())
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, word) in [("--sed 1", "--sed"), ("--seed", "--seed"), ("--mode slow", "slow"), ("--seed x", "x")] {
            assert!(parse(line).unwrap_err().contains(word), "{line}");
        }
    }
}
