//! The platforms' APIs with made-up customers, served on the loopback address (DECISIONS 2).
//!
//! [`Sandbox::start`] serves both documented revisions of the AxisFI API on one port: `/api/...` is the typed one (pages
//! 000, 001, 003), `/untyped/api/...` the other (page 002). It starts with 300 made-up customers, holds its state in
//! memory, and gives and takes a [snapshot](Sandbox::snapshot). As a program: `cargo run -p desk-sandbox -- --port 8083`
//! (0 for any port); the first line of its output is one line of JSON with both accounts, then it serves until ctrl-c.
//!
//! # What it does where the pages say nothing
//!
//! | topic | here |
//! |---|---|
//! | keys | both headers checked, else 401 |
//! | both or neither id in detail | 400 |
//! | a repeated partner_customer_id | 409, or a second row: [`Mode`]; detail then answers with the first |
//! | a broken body | 400 that names every field: `{"error":{"code","message","details":[{"field","message"}]}}` |
//! | type fields on the untyped account | 400 that names them: a client must not send them there |
//! | a typed create without type fields, empty text, file ids never issued | accepted |
//! | update | a section that is sent replaces the one kept, a section left out stays |
//! | update with partner_customer_id | 400: page 003 has none in the body |
//! | keys the contract does not name | kept, and given back |
//! | answers to typed create and update | without business_details, registration_address and basic_info, as the samples |
//! | answers to detail | whole, but for some customers of the first 300, which answer as the samples do |
//! | trace | every answer carries `x-request-id` |
//!
//! # How a status moves
//!
//! A new customer is `Processing` (untyped: `pending`) and moves on after [`Options::processing`], 4 seconds if not said
//! otherwise. Where to, its business_name_english decides:
//!
//! | business_name_english holds | typed | untyped |
//! |---|---|---|
//! | `[fails]` | `Failed` | `rejected` |
//! | `[suspends]` | `Suspended` | `suspended` |
//! | neither | `Succeeded` | `active` |
//!
//! An update of a customer that waits or failed, or one whose name holds a trigger, is processed again. The first 300
//! customers keep the status they start with until they are updated.
//!
//! # Reading order
//!
//! `platform` (what a call does, without a network), `check` and `format` (the contract's rules), `row`, `call`, then
//! `server` (axum), `fault` and `connection` (answers that go wrong on purpose), `data` (the customers).

#![forbid(unsafe_code)]

mod call;
mod check;
mod clock;
mod connection;
mod data;
mod fault;
mod format;
mod options;
mod platform;
mod recorder;
mod row;
mod sandbox;
mod server;

pub use clock::Clock;
pub use fault::{CarriedOut, Fault, FaultRule, Route};
pub use options::{Account, Keys, Mode, Options, Revision};
pub use platform::StoredFile;
pub use recorder::RequestRecord;
pub use row::CustomerRow;
pub use sandbox::Sandbox;
