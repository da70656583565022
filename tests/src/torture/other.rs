//! Somebody else who changes the same customer on the platform, past our program and its proxy.

use desk_sandbox::Sandbox;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::process::Trouble;
use crate::proxy::Message;
use crate::torture::template::Template;

/// Marks the requests of somebody else, for the judge.
pub const MARK: &str = "x-somebody-else";

/// What somebody else writes: a leaf that our update changes too, or one that it does not.
pub const LEAVES: [(&str, &str, &str); 2] = [
    ("registration_address", "registration_address_city", "Albany"),
    ("business_details", "website", "https://another.example"),
];

/// What the platform says of a customer, and takes from nobody.
const PLATFORMS_OWN: [&str; 4] = ["customer_id", "partner_customer_id", "status", "created_at"];

/// Writes one leaf, with the rest of the customer as the platform has it.
///
/// # Errors
/// The platform does not take it.
pub async fn writes(sandbox: &Sandbox, template: &Template, leaf: (&str, &str, &str)) -> Result<(), Trouble> {
    let (section, key, text) = leaf;
    let rows = sandbox.rows();
    let row = rows.iter().find(|row| row.customer_id == template.customer_id).ok_or("no such customer")?;
    let mut whole = row.customer.clone();
    whole[section][key] = Value::from(text);
    if let Some(whole) = whole.as_object_mut() {
        whole.retain(|key, _| !PLATFORMS_OWN.contains(&key.as_str()));
    }
    let body = whole.to_string();
    // One pair of keys is for both accounts.
    let keys = &sandbox.axisfi_typed;
    let request = format!(
        "POST {}/api/customers/{}/update HTTP/1.1\r\nhost: platform\r\ncontent-type: application/json\r\n\
         x-api-key: {}\r\nx-api-secret: {}\r\n{MARK}: 1\r\ncontent-length: {}\r\n\r\n{body}",
        template.revision.prefix(),
        template.customer_id,
        keys.api_key,
        keys.api_secret,
        body.len()
    );
    let mut stream = TcpStream::connect(sandbox.addr).await?;
    stream.write_all(request.as_bytes()).await?;
    let answer = Message::read(&mut stream).await?.ok_or("no answer to somebody else")?;
    let said = String::from_utf8_lossy(&answer.bytes);
    if answer.first_line().contains(" 200 ") { Ok(()) } else { Err(format!("somebody else gets {said}").into()) }
}
