//! Tokens: given for the client's id and secret (RFC 6749, 4.4), valid for a while, for reading or for writing too.

use std::{collections::HashMap, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::call::{Call, parameters};
use crate::{call::Answer, options::Keys};

/// How long a token lives in production and app (quick start).
const LIFETIME_S: u64 = 15 * 60;

/// RFC 6749, 5.1: who stands between must not keep a token.
const NOT_KEPT: &[(&str, &str)] = &[("cache-control", "no-store")];

/// RFC 6749, 5.2: asked of an answer to a client that is not known.
const ASKS_FOR_BASIC: &[(&str, &str)] =
    &[("cache-control", "no-store"), ("www-authenticate", "Basic realm=\"bultra\"")];

/// RFC 6750, 3.
const ASKS_FOR_BEARER: &[(&str, &str)] = &[("www-authenticate", "Bearer realm=\"bultra\"")];

/// How tokens are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenRules {
    /// How long a token lives by the sandbox's clock: 15 minutes unless said otherwise.
    pub lifetime: Duration,
    /// Whether the answer says so; RFC 6749 only recommends it.
    pub says_expires_in: bool,
}

impl Default for TokenRules {
    fn default() -> Self {
        Self { lifetime: Duration::from_secs(LIFETIME_S), says_expires_in: true }
    }
}

/// What a token is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Read,
    Write,
}

impl Scope {
    const ALL: [Self; 2] = [Self::Read, Self::Write];

    fn word(self) -> &'static str {
        match self {
            Self::Read => "customers:read",
            Self::Write => "customers:write",
        }
    }
}

struct Token {
    scopes: Vec<Scope>,
    ends: DateTime<Utc>,
}

/// The tokens that were given and have not ended. Never part of a snapshot.
#[derive(Default)]
pub(crate) struct Tokens {
    pub(crate) rules: TokenRules,
    given: HashMap<String, Token>,
}

impl Tokens {
    /// Ends all of them.
    pub(crate) fn revoke(&mut self) {
        self.given.clear();
    }

    /// Whether `Authorization` carries a token that is for this.
    pub(super) fn allow(&self, authorization: Option<&str>, needs: Scope, now: DateTime<Utc>) -> Result<(), Answer> {
        let unauthorized = |message| Answer::error(401, "UNAUTHORIZED", message).with(ASKS_FOR_BEARER);
        let token = authorization
            .and_then(|value| after_scheme(value, "bearer"))
            .ok_or_else(|| unauthorized("A bearer token is needed."))?;
        let token = self.given.get(token).filter(|token| now < token.ends);
        let token = token.ok_or_else(|| unauthorized("The token has ended or was never given."))?;
        if token.scopes.contains(&needs) {
            return Ok(());
        }
        Err(Answer::error(403, "FORBIDDEN", &format!("The token is not for {}.", needs.word())))
    }

    /// Answers a call for a token.
    pub(super) fn answer(&mut self, call: &Call, keys: &Keys, now: DateTime<Utc>) -> Answer {
        self.give(call, keys, now).unwrap_or_else(|refused| refused)
    }

    fn give(&mut self, call: &Call, keys: &Keys, now: DateTime<Utc>) -> Result<Answer, Answer> {
        if !call.authorization.as_deref().is_some_and(|value| names(value, keys)) {
            let answer = refusal(401, "invalid_client", "Basic authorization with client id and secret is needed.");
            return Err(answer.with(ASKS_FOR_BASIC));
        }
        let scopes = asked_scopes(call)?;
        self.given.retain(|_, token| now < token.ends);
        // Random enough for what opens nothing but a sandbox.
        let token = format!("bult_{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple());
        let lifetime = TimeDelta::from_std(self.rules.lifetime).ok().and_then(|time| now.checked_add_signed(time));
        let words: Vec<_> = scopes.iter().map(|scope| scope.word()).collect();
        let mut body = json!({ "access_token": token, "token_type": "Bearer", "scope": words.join(" ") });
        if self.rules.says_expires_in {
            body["expires_in"] = self.rules.lifetime.as_secs().into();
        }
        self.given.insert(token, Token { scopes, ends: lifetime.unwrap_or(DateTime::<Utc>::MAX_UTC) });
        Ok(Answer::ok(body).with(NOT_KEPT))
    }
}

/// What follows the name of the scheme, which is written in any case (RFC 7235, 2.1).
fn after_scheme<'a>(value: &'a str, scheme: &str) -> Option<&'a str> {
    let (said, rest) = value.split_once(' ')?;
    said.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

fn names(authorization: &str, keys: &Keys) -> bool {
    let decoded = after_scheme(authorization, "basic").and_then(|basic| STANDARD.decode(basic).ok());
    decoded.is_some_and(|decoded| decoded == format!("{}:{}", keys.api_key, keys.api_secret).as_bytes())
}

/// The scopes that the form asks for: all where it names none.
fn asked_scopes(call: &Call) -> Result<Vec<Scope>, Answer> {
    let bad = |message| refusal(400, "invalid_request", message);
    if !call.is("application/x-www-form-urlencoded") {
        return Err(bad("The body must be application/x-www-form-urlencoded."));
    }
    let text = call.body.as_deref().and_then(|body| std::str::from_utf8(body).ok());
    let form = text.and_then(parameters).ok_or_else(|| bad("The body is no form."))?;
    let value = |name: &str| {
        let mut values = form.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(bad("A parameter comes twice.")),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    };
    match value("grant_type")? {
        Some("client_credentials") => {}
        Some(_) => return Err(refusal(400, "unsupported_grant_type", "grant_type must be client_credentials.")),
        None => return Err(bad("grant_type is needed.")),
    }
    let Some(asked) = value("scope")? else { return Ok(Scope::ALL.to_vec()) };
    let known = |word: &str| Scope::ALL.into_iter().find(|scope| scope.word() == word);
    let scopes: Option<Vec<Scope>> = asked.split(' ').filter(|word| !word.is_empty()).map(known).collect();
    scopes.ok_or_else(|| refusal(400, "invalid_scope", "Known scopes are customers:read and customers:write."))
}

/// RFC 6749, 5.2. The contract's `Error` has an object under `error`; a token endpoint that follows its RFC does not.
fn refusal(status: u16, code: &str, description: &str) -> Answer {
    Answer::new(status, json!({ "error": code, "error_description": description })).with(NOT_KEPT)
}
