//! What somebody else does at the platform while the window is open, and what was sent there to change a customer.

use desk_sandbox::{CustomerRow, RequestRecord, Revision, Sandbox};
use serde_json::{Map, Value};

use crate::page::{Page, repository};
use crate::process::Trouble;
use crate::world::World;

impl World {
    /// The platform that runs.
    ///
    /// # Errors
    /// It is switched off.
    pub fn platform(&self) -> Result<&Sandbox, Trouble> {
        Ok(self.sandbox.as_ref().ok_or("the sandbox is off")?)
    }

    /// A customer of the typed platform with every section said, an email address and one person at least.
    ///
    /// # Errors
    /// There is none.
    pub fn whole_customer(&self) -> Result<CustomerRow, Trouble> {
        let says = |row: &CustomerRow, path: &str| row.customer.pointer(path).and_then(Value::as_str).is_some();
        let whole = |row: &CustomerRow| {
            row.revision == Revision::Typed
                && !row.sparse
                && ["/primary_contact/contact_email", "/registration_address/registration_address_city"]
                    .iter()
                    .all(|path| says(row, path))
                && says(row, "/business_person_list/0/identification/id_number")
        };
        Ok(self.rows().into_iter().find(whole).ok_or("no such customer")?)
    }

    /// Somebody else changes what the platform holds of a customer.
    ///
    /// # Errors
    /// There is no such customer.
    pub fn changed_elsewhere(
        &self,
        customer_id: &str,
        change: impl FnOnce(&mut Map<String, Value>),
    ) -> Result<(), Trouble> {
        let there = self.platform()?.change(customer_id, change);
        there.then_some(()).ok_or_else(|| "no such customer".into())
    }

    /// What the platform holds of a customer now.
    ///
    /// # Errors
    /// There is no such customer.
    pub fn held(&self, customer_id: &str) -> Result<Value, Trouble> {
        let found = self.rows().into_iter().find(|row| row.customer_id == customer_id);
        Ok(found.ok_or("no such customer")?.customer)
    }

    /// The bodies that were sent to change customers, in the order they arrived.
    #[must_use]
    pub fn updates(&self) -> Vec<Value> {
        let requests = self.sandbox.as_ref().map(Sandbox::requests).unwrap_or_default();
        let update = |request: &&RequestRecord| request.path.ends_with("/update");
        requests.iter().filter(update).map(|sent| serde_json::from_str(&sent.body).unwrap_or_default()).collect()
    }
}

impl Page {
    /// Puts the focus on the control of this accessible name and presses the space bar.
    ///
    /// # Errors
    /// There is none in time.
    pub async fn pick(&self, name: &str) -> Result<(), Trouble> {
        let body = "const all = document.querySelectorAll('input[type=radio], input[type=checkbox]');
          const found = [...all].find(e => e.ariaLabel === arguments[0] && e.getClientRects().length);
          found?.focus(); return found !== undefined && found === document.activeElement";
        self.wait_script(&format!("the choice {name:?}"), body, vec![name.into()]).await?;
        self.keys(" ").await
    }
}

/// Why a body does not fit a schema of the AxisFI contract; nothing where it does.
///
/// # Errors
/// The contract cannot be read.
pub fn faults_of(schema: &str, body: &Value) -> Result<Vec<String>, Trouble> {
    faults_in("axisfi", schema, body)
}

/// The same of the contract of a platform.
pub(crate) fn faults_in(platform: &str, schema: &str, body: &Value) -> Result<Vec<String>, Trouble> {
    let text = std::fs::read_to_string(repository().join(format!("tests/contracts/{platform}.openapi.yaml")))?;
    let contract: Value = serde_norway::from_str(&text)?;
    let root = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{schema}"),
        "components": contract["components"],
    });
    let validator = jsonschema::options().should_validate_formats(true).build(&root)?;
    Ok(validator.iter_errors(body).map(|fault| format!("{}: {fault}", fault.instance_path())).collect())
}
