//! The platforms' APIs with made-up customers, served on the loopback address (DECISIONS 2).
//!
//! [`Sandbox::start`] serves both documented revisions of the AxisFI API and the Bultra API on one port: `/api/...` is
//! the typed one (pages 000, 001, 003), `/untyped/api/...` the other (page 002), `/bultra/v1/...` and
//! `/bultra/oauth2/token` are Bultra (page 004). It starts with 300 made-up customers of AxisFI and, once somebody asks,
//! 2,000 of Bultra, holds its state in memory, and gives and takes a [snapshot](Sandbox::snapshot). As a program:
//! `cargo run -p desk-sandbox -- --port 8083` (0 for any port); the first line of its output is one line of JSON with
//! its accounts, then it serves until ctrl-c.
//!
//! # What it does where the pages say nothing: AxisFI
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
//! # The same: Bultra
//!
//! | topic | here |
//! |---|---|
//! | token | 15 minutes by the sandbox's clock ([`TokenRules`]); any number are valid at once; [`Sandbox::revoke_tokens`] ends all |
//! | scopes | `customers:read`, `customers:write`; both where none is asked for; another is `invalid_scope`; a call that its token is not for is 403 |
//! | errors of the token path | RFC 6749, 5.2: `{"error":"invalid_client","error_description"}`, not the contract's object |
//! | `limit` | 1 to 100, else 400 |
//! | `status` | finds the status with `_L2F` too; words that page 004 does not list are 400 |
//! | order of the list | newest first, then by id |
//! | cursor | opaque, names a row and not a number of rows: what stays is neither lost nor doubled by what comes, changes and goes; null at the end |
//! | a cursor after 10 minutes | 400 `CURSOR_EXPIRED` |
//! | a cursor that was changed, or with other filters | 400 `INVALID_CURSOR` |
//! | broken JSON, no object | 400; wrong fields, fields that cannot be changed, nothing at all: 422 that names them |
//! | PATCH of an address | keys that are sent replace those kept, others stay, or go: [`AddressRule`]; keys the contract does not name are kept; empty text is taken, but for email, phone and country |
//! | where an address goes | `individual.address`; `corporation.address`, or the customer's own `address` where the corporation has none and it does |
//! | answer to PATCH | id, what was sent as it is now, updated_at; of an individual id and updated_at alone |
//! | PATCH of a CLOSED customer, or of an individual of one | 409 `CUSTOMER_CLOSED` |
//! | `x-bultra-idempotency-id` | honoured by both PATCHes: the same call is answered as the first was and changes nothing, another call is 409 `IDEMPOTENCY_CONFLICT`; a refused call is not remembered; no UUID is 400 |
//! | `individuals` of a CORPORATION | one or more: objects with id and role, ids alone, or objects with names too |
//! | `corporation` | five shapes; some customers lack parts |
//! | `updated_at` | later with every change, whatever the clock says |
//! | [churn](Sandbox::set_churn), 429, faults | off unless asked for |
//! | snapshot | only what is no longer as it was made; no tokens |
//!
//! # How a status moves
//!
//! At Bultra it moves with churn alone. At AxisFI:
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
//! `platform` (what a call does, without a network), `check` and `format` (the contract's rules), `row`, `call`, `bultra`
//! (the other platform), then `server` and `exchange` (axum), `fault` and `connection` (answers that go wrong on purpose),
//! `data` (the customers).

#![forbid(unsafe_code)]

mod bultra;
mod call;
mod check;
mod clock;
mod connection;
mod data;
mod exchange;
mod fault;
mod format;
mod options;
mod platform;
mod recorder;
mod row;
mod sandbox;
mod server;

pub use bultra::{AddressRule, BultraRow, Churn, TokenRules};
pub use clock::Clock;
pub use fault::{CarriedOut, Fault, FaultRule, Route};
pub use options::{Account, BultraAccount, Keys, Mode, Options, Revision};
pub use platform::StoredFile;
pub use recorder::RequestRecord;
pub use row::CustomerRow;
pub use sandbox::Sandbox;
