//! What goes wrong, and where: drawn from a seed, settled before the first byte.

use crate::torture::random::Random;

/// What goes wrong with a write (RELIABILITY, the matrix).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nobody listens.
    Refuse,
    /// The connection ends before the platform has anything.
    Drop,
    /// The platform has it; the connection is reset within the answer.
    Reset,
    /// The platform has it; the answer does not come, or not whole.
    Hang,
    /// The platform has it; something in between answers that it has not.
    BadGateway,
    /// The platform has it; the answer ends early.
    Cut,
    /// Sent to another host; the platform may have it.
    Redirect,
    /// The platform has it; the answer comes in drops.
    Drip,
    /// The connection closes as the request comes.
    Close,
    /// Held back: the platform has it after the first look-up that missed, and before the second.
    Late,
}

impl Mode {
    /// All of the matrix.
    pub const ALL: [Self; 10] = [
        Self::Refuse,
        Self::Drop,
        Self::Reset,
        Self::Hang,
        Self::BadGateway,
        Self::Cut,
        Self::Redirect,
        Self::Drip,
        Self::Close,
        Self::Late,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Drop => "drop",
            Self::Reset => "reset",
            Self::Hang => "hang",
            Self::BadGateway => "bad-gateway",
            Self::Cut => "cut",
            Self::Redirect => "redirect",
            Self::Drip => "drip",
            Self::Close => "close",
            Self::Late => "late",
        }
    }
}

/// Look-ups for which something in between is astray: from before a miss counts until after two that would.
const ASTRAY_LOOKS: u64 = 8;

/// What goes wrong with a look-up. Never a lie of the platform's: one that says "not found" of what it has breaks the
/// promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookFault {
    /// Reset within the answer.
    Reset,
    /// No answer.
    Hang,
    /// 503.
    Unavailable,
    /// The answer ends early.
    Cut,
    /// 429, without a time.
    Limited,
    /// Something in between says that it does not find it, and says so for a while.
    Astray,
}

impl LookFault {
    const ALL: [Self; 6] = [Self::Reset, Self::Hang, Self::Unavailable, Self::Cut, Self::Limited, Self::Astray];
}

/// What a write that is held back gets instead of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Nothing.
    Hang,
    /// A reset.
    Reset,
    /// An orderly end.
    End,
    /// 504.
    Status,
}

/// Everything that goes wrong in one run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// With the write.
    pub mode: Mode,
    /// The first so many writes are hit, where one that is hit does not reach the platform.
    pub hits: u64,
    /// Where an answer or a request is cut, of 1000 parts.
    pub permille: u64,
    /// One of the kinds that a mode has.
    pub kind: u64,
    /// In [`Mode::Late`]: instead of the answer.
    pub instead: Instead,
    /// In [`Mode::Late`]: after a look-up that misses too early to count.
    pub early: bool,
    /// The look-up that is hit, counted from 0, and how.
    pub look: Option<(u64, LookFault)>,
}

impl Plan {
    /// What this generator decides for a mode.
    pub fn draw(mode: Mode, random: &mut Random) -> Self {
        Self {
            mode,
            hits: 1 + random.below(3),
            permille: random.below(1000),
            kind: random.number() >> 8,
            instead: random.one_of(&[Instead::Hang, Instead::Reset, Instead::End, Instead::Status]),
            early: random.one_in(3),
            look: random.one_in(3).then(|| (random.below(3), random.one_of(&LookFault::ALL))),
        }
    }

    /// What goes wrong with a look-up, counted from 0.
    #[must_use]
    pub fn look_fault(&self, nth: u64) -> Option<LookFault> {
        let (at, fault) = self.look?;
        let hit = nth == at || fault == LookFault::Astray && (at..at + ASTRAY_LOOKS).contains(&nth);
        hit.then_some(fault)
    }

    /// Whether a call of it ends only with the client's time-out.
    #[must_use]
    pub fn needs_patience(&self) -> bool {
        let hangs = self.mode == Mode::Late && self.instead == Instead::Hang;
        let looks = matches!(self.look, Some((_, LookFault::Hang)));
        matches!(self.mode, Mode::Hang | Mode::Drip) || hangs || looks
    }

    /// How many bytes of a message pass: at least one, and one less than all of them at most.
    #[must_use]
    pub fn cut(&self, length: usize) -> usize {
        let room = u64::try_from(length.saturating_sub(1)).unwrap_or_default();
        1 + usize::try_from(room.saturating_sub(1) * self.permille / 1000).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_leaves_a_byte_on_each_side() {
        let mut plan = Plan::draw(Mode::Cut, &mut Random::of(1, &[]));
        for (permille, length, passes) in [(0, 100, 1), (999, 100, 98), (999, 1_000_000, 998_999), (500, 2, 1)] {
            plan.permille = permille;
            assert_eq!(plan.cut(length), passes, "{permille} of {length}");
        }
    }
}
