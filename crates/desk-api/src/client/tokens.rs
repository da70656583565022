//! [`Tokens`]: the token of one connection, in memory alone, for all its calls.

use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use std::{fmt, mem};

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::answer::Refusal;

/// A token is renewed so long before its end that no call takes it along and finds it ended.
const MARGIN_MS: i64 = 60_000;
/// Of a short life the margin is this part.
const MARGIN_PART: i64 = 10;

/// The token of one connection. Many clients may share it, and many calls at once: one of them asks for a token, the others
/// wait and take what comes of it, a failure included. To be thrown away with the credentials, the token URL or the scope
/// that it was asked for with.
#[derive(Default)]
pub struct Tokens {
    state: Mutex<State>,
    /// Held by the call that asks. Who drops it without an end leaves the asking to the next one.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    /// What the last asking came to; nothing once the platform has refused the token.
    last: Option<Result<Kept, Refusal>>,
    /// How often a token was asked for, to the end.
    rounds: u64,
}

struct Kept {
    token: Token,
    until_ms: i64,
    margin_ms: i64,
    /// The latest that the clock has shown to a call of this token.
    seen_ms: i64,
}

/// A token as calls carry it.
#[derive(Clone)]
pub(super) struct Token {
    round: u64,
    secret: SecretString,
}

/// A token as its host gave it.
pub(super) struct Given {
    pub(super) token: SecretString,
    pub(super) life_ms: i64,
}

/// The program's clock, as it was when a call began.
#[derive(Clone, Copy)]
pub(super) struct Now {
    ms: i64,
    at: Instant,
}

impl Now {
    pub(super) fn of(ms: i64) -> Self {
        Self { ms, at: Instant::now() }
    }

    /// What it shows by now: a call may have waited for others.
    fn ms(&self) -> i64 {
        self.ms.saturating_add(i64::try_from(self.at.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    pub(super) fn began(&self) -> Instant {
        self.at
    }
}

impl Tokens {
    /// The token of this moment, asked for where there is none that is good for a while.
    pub(super) async fn get<F>(&self, now: Now, ask: impl FnOnce() -> F) -> Result<Token, Refusal>
    where
        F: Future<Output = Result<Given, Refusal>>,
    {
        let rounds = {
            let mut state = self.state();
            if let Some(token) = state.good(now.ms()) {
                return Ok(token);
            }
            state.rounds
        };
        let _asking = self.asking.lock().await;
        {
            let mut state = self.state();
            if let Some(token) = state.good(now.ms()) {
                return Ok(token);
            }
            // It came while this call waited, so it is as good as one of its own: a life of a second too, and a failure.
            if state.rounds != rounds
                && let Some(last) = &state.last
            {
                return last.as_ref().map(|kept| kept.token.clone()).map_err(Clone::clone);
            }
        }
        // Before it is sent: its life begins somewhere on the way.
        let asked_ms = now.ms();
        let given = ask().await;
        let mut state = self.state();
        state.rounds = state.rounds.saturating_add(1);
        let round = state.rounds;
        let kept = given.map(|given| Kept::of(given, round, asked_ms));
        let result = kept.as_ref().map(|kept| kept.token.clone()).map_err(Clone::clone);
        state.last = Some(kept);
        result
    }

    /// The platform does not take this token. Another one that came meanwhile stays.
    pub(super) fn refused(&self, token: &Token) {
        let mut state = self.state();
        if matches!(&state.last, Some(Ok(kept)) if kept.token.round == token.round) {
            drop(mem::take(&mut state.last));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn good(&mut self, now_ms: i64) -> Option<Token> {
        let Some(Ok(kept)) = &mut self.last else { return None };
        // A clock that was set back makes the end of the token look farther away than it is. By less than the margin, the
        // margin is there for it.
        let is_back = kept.seen_ms.saturating_sub(now_ms) > kept.margin_ms;
        let is_over = now_ms >= kept.until_ms.saturating_sub(kept.margin_ms);
        kept.seen_ms = kept.seen_ms.max(now_ms);
        (!is_back && !is_over).then(|| kept.token.clone())
    }
}

impl Kept {
    fn of(given: Given, round: u64, asked_ms: i64) -> Self {
        Self {
            token: Token { round, secret: given.token },
            until_ms: asked_ms.saturating_add(given.life_ms),
            margin_ms: MARGIN_MS.min(given.life_ms / MARGIN_PART),
            seen_ms: asked_ms,
        }
    }
}

impl Token {
    /// A token for one call, kept nowhere.
    pub(super) fn once(given: Given) -> Self {
        Self { round: 0, secret: given.token }
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// As a header that no `Debug` prints. `None` for one that no header carries, which is not kept as a token.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", self.secret())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("rounds", &self.state().rounds).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
