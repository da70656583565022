//! One run of the matrix: what goes wrong on the wire, where the program ends, and with which platform.

use std::fmt;

use desk_sandbox::Mode as Platform;

use crate::proxy::Mode;
use crate::torture::random::Random;

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new customer.
    Create,
    /// Another state of one.
    Update,
}

/// Where the program ends, by kill or abort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// It does not.
    None,
    /// The proxy has the whole request, and nothing is answered yet: killed from outside.
    AfterBytesLeft,
    /// At a point of `desk_core::crash::POINTS`.
    At(&'static str),
}

impl Crash {
    /// All of the matrix.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::At("before_sending_commit"),
        Self::At("after_sending_commit"),
        Self::AfterBytesLeft,
        Self::At("after_answer"),
        Self::At("before_outcome_commit"),
        Self::At("after_outcome_commit"),
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::AfterBytesLeft => "after_bytes_left",
            Self::At(point) => point,
        }
    }
}

/// One run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Create or update.
    pub purpose: Purpose,
    /// What a repeated id gets.
    pub platform: Platform,
    /// What goes wrong on the wire.
    pub mode: Mode,
    /// Where the program ends.
    pub crash: Crash,
    /// Decides everything else.
    pub seed: u64,
}

impl Case {
    /// The generator of this run, for one of its questions: an answer to one does not move the others.
    #[must_use]
    pub fn random(&self, question: &str) -> Random {
        let platform = platform_name(self.platform);
        Random::of(self.seed, &[self.purpose.name(), platform, self.mode.name(), self.crash.name(), question])
    }

    /// What repeats it.
    #[must_use]
    pub fn command(&self) -> String {
        format!("cargo xtask torture {self}")
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mode, crash, seed) = (self.mode.name(), self.crash.name(), self.seed);
        let platform = platform_name(self.platform);
        write!(f, "--what {} --platform {platform} --mode {mode} --crash {crash} --seed {seed}", self.purpose.name())
    }
}

impl Purpose {
    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
        }
    }
}

/// The name of a platform on the command line.
#[must_use]
pub fn platform_name(platform: Platform) -> &'static str {
    match platform {
        Platform::CreatesSecondRow => "second-row",
        Platform::Conflict409 => "409",
    }
}
