//! The calls of the Bultra API (page 004) as a window made them, judged against the contract.

use desk_sandbox::{BultraRow, RequestRecord, Sandbox};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::process::Trouble;
use crate::somebody::faults_in;
use crate::world::World;

/// Where the sandbox serves it.
const PREFIX: &str = "/bultra";

/// Its contract.
const CONTRACT: &str = "bultra";

/// A call that the contract documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// `POST /oauth2/token`
    ObtainToken,
    /// `GET /customers`
    ListCustomers,
    /// `GET /customers/{id}`
    GetCustomer,
    /// `PATCH /customers/{id}`
    UpdateCustomer,
    /// `GET /customers/{id}/individuals/{individual_id}`
    GetIndividual,
    /// `PATCH /customers/{id}/individuals/{individual_id}`
    UpdateIndividual,
}

impl Operation {
    /// All of the contract.
    pub const ALL: [Self; 6] = [
        Self::ObtainToken,
        Self::ListCustomers,
        Self::GetCustomer,
        Self::UpdateCustomer,
        Self::GetIndividual,
        Self::UpdateIndividual,
    ];

    /// Which one a request is; `None` for what the contract does not have.
    #[must_use]
    pub fn of(request: &RequestRecord) -> Option<Self> {
        let path = request.path.strip_prefix(PREFIX)?;
        let parts: Vec<_> = path.trim_start_matches('/').split('/').collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("POST", ["oauth2", "token"]) => Some(Self::ObtainToken),
            ("GET", ["v1", "customers"]) => Some(Self::ListCustomers),
            ("GET", ["v1", "customers", _]) => Some(Self::GetCustomer),
            ("PATCH", ["v1", "customers", _]) => Some(Self::UpdateCustomer),
            ("GET", ["v1", "customers", _, "individuals", _]) => Some(Self::GetIndividual),
            ("PATCH", ["v1", "customers", _, "individuals", _]) => Some(Self::UpdateIndividual),
            _ => None,
        }
    }

    fn is_write(self) -> bool {
        matches!(self, Self::UpdateCustomer | Self::UpdateIndividual)
    }
}

impl World {
    /// Every customer of the platform, newest first: the judge's view.
    ///
    /// # Errors
    /// The platform is switched off.
    pub fn bultra_rows(&self) -> Result<Vec<BultraRow>, Trouble> {
        Ok(self.platform()?.bultra_rows())
    }

    /// The first customer of the platform of which something holds.
    ///
    /// # Errors
    /// There is none.
    pub fn bultra_row(&self, is: impl Fn(&BultraRow) -> bool) -> Result<BultraRow, Trouble> {
        Ok(self.bultra_rows()?.into_iter().find(|row| is(row)).ok_or("no such customer")?)
    }

    /// The calls of the platform so far, in the order they came.
    #[must_use]
    pub fn bultra_calls(&self) -> Vec<RequestRecord> {
        let all = self.sandbox.as_ref().map(Sandbox::requests).unwrap_or_default();
        all.into_iter().filter(|request| request.path.starts_with(PREFIX)).collect()
    }

    /// The writes among them.
    #[must_use]
    pub fn patches(&self) -> Vec<RequestRecord> {
        let is_write = |request: &RequestRecord| Operation::of(request).is_some_and(Operation::is_write);
        self.bultra_calls().into_iter().filter(is_write).collect()
    }

    /// Somebody else changes what the platform holds of a customer, or of one of its individuals.
    ///
    /// # Errors
    /// There is no such customer.
    pub fn changed_at_bultra(
        &self,
        id: &str,
        individual: Option<&str>,
        change: impl FnOnce(&mut Map<String, Value>),
    ) -> Result<(), Trouble> {
        let there = self.platform()?.change_bultra(id, individual, change);
        there.then_some(()).ok_or_else(|| "no such customer".into())
    }
}

/// Why a request does not fit the contract; nothing where it does.
///
/// # Errors
/// The contract cannot be read.
pub fn faults_of_call(request: &RequestRecord) -> Result<Vec<String>, Trouble> {
    let Some(operation) = Operation::of(request) else {
        return Ok(vec![format!("no call of the contract: {} {}", request.method, request.path)]);
    };
    let mut faults = Vec::new();
    let asked: Vec<_> = url::form_urlencoded::parse(request.query.as_bytes()).collect();
    for (name, value) in &asked {
        let is_known = match name.as_ref() {
            "type" => ["INDIVIDUAL", "CORPORATION"].contains(&value.as_ref()),
            "status" => ["ACTIVE", "PENDING", "EDD", "FROZEN", "DORMANT", "CLOSED"].contains(&value.as_ref()),
            "limit" => value.parse::<u32>().is_ok_and(|limit| limit > 0),
            "cursor" => !value.is_empty(),
            _ => false,
        };
        if operation != Operation::ListCustomers || !is_known {
            faults.push(format!("a parameter that the contract does not have: {name}={value}"));
        }
    }
    let has = |name: &str| request.header(name).is_some_and(|value| !value.is_empty());
    if !has("authorization") {
        faults.push("nobody signed in".to_owned());
    }
    match operation {
        Operation::ObtainToken => {
            let form: Vec<_> = url::form_urlencoded::parse(request.body.as_bytes()).collect();
            let is_asked = form.iter().any(|(name, value)| name == "grant_type" && value == "client_credentials");
            let only = form.iter().all(|(name, _)| name == "grant_type" || name == "scope");
            if !is_asked || !only || !request.header("content-type").is_some_and(|is| is.starts_with(FORM)) {
                faults.push(format!("no form that asks for a token: {}", request.body));
            }
        }
        operation if operation.is_write() => {
            let id = request.header("x-bultra-idempotency-id").unwrap_or_default();
            if Uuid::parse_str(id).is_err() {
                faults.push(format!("no idempotency id: {id:?}"));
            }
            faults.extend(faults_in(CONTRACT, "ContactPatch", &serde_json::from_str(&request.body)?)?);
        }
        _ if !request.body.is_empty() => faults.push(format!("a body that no page has: {}", request.body)),
        _ => {}
    }
    Ok(faults)
}

const FORM: &str = "application/x-www-form-urlencoded";
