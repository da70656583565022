//! The words of Customer Desk as types: what a user types ([`draft`]), what the rules say of it ([`problem`], [`check`](mod@check)),
//! what may be sent ([`application`]), what a platform answered ([`customer`]), and how it is masked ([`mask`](mod@mask)).
//!
//! Pure: no input or output, no clock. Read in this order: [`field`], [`path`], [`draft`], [`form`], [`value`],
//! [`reference`], [`lists`], [`house`], [`check`](mod@check), [`codes`](mod@codes), [`application`], [`customer`], [`update_form`], [`mask`](mod@mask).

pub mod application;
pub mod bultra;
pub mod check;
pub mod codes;
pub mod customer;
pub mod draft;
pub mod field;
pub mod form;
pub mod house;
pub mod identity_keys;
pub mod lists;
pub mod mask;
pub mod path;
pub mod platform;
pub mod problem;
pub mod reference;
pub mod rules;
pub mod search;
pub mod status;
pub mod update_form;
pub mod value;

#[cfg(test)]
mod tests;
