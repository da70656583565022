//! The newest answer about a customer, line by line as it came: the same values as in the record, masked by the same rule.

use desk_domain::customer::{Leaf, Line, lines_of};
use desk_domain::platform::Kind;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::clock::instant;
use crate::convert::{connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerRawView, CustomerRef, RawKind, RawLineView};

pub(crate) async fn run(desk: &Desk, request: CustomerRef) -> Result<CustomerRawView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let newest = customer::newest(desk, &row, &request.customer_id).await?;
    let answer: Value = serde_json::from_str(&newest.raw).map_err(|_| IpcError::of("store.failed"))?;
    Ok(CustomerRawView {
        read_at: instant(newest.last_read_at),
        sha256: hex::encode(Sha256::digest(newest.raw.as_bytes())),
        lines: lines_of(newest.kind, &answer).into_iter().map(|line| view(newest.kind, line)).collect(),
    })
}

fn view(of: Kind, line: Line<'_>) -> RawLineView {
    let (kind, text) = match line.json {
        Value::Object(entries) => (RawKind::Object, entries.len().to_string()),
        Value::Array(entries) => (RawKind::Array, entries.len().to_string()),
        Value::String(text) => (RawKind::String, text.clone()),
        Value::Number(number) => (RawKind::Number, number.to_string()),
        Value::Bool(said) => (RawKind::Boolean, said.to_string()),
        Value::Null => (RawKind::Null, Value::Null.to_string()),
    };
    let veiled = match line.leaf {
        Some(leaf @ (Leaf::Unknown | Leaf::Plain)) => customer::veiled(of, leaf, &text),
        Some(leaf) if matches!(line.json, Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
            customer::veiled(of, leaf, &text)
        }
        // What holds something, and what came empty: the word for that says nothing of anybody.
        _ => customer::veiled(of, Leaf::Empty, &text),
    };
    RawLineView { path: line.path, depth: line.depth, key: line.key, kind, text: veiled.text, masked: veiled.masked }
}
