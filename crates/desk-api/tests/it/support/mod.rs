//! What the tests of this crate share: the contract as a validator, servers that misbehave, certificates.

#[cfg(feature = "client")]
pub mod bultra;
#[cfg(feature = "client")]
pub mod certificates;
pub mod contract;
#[cfg(feature = "client")]
pub mod proxy;
#[cfg(feature = "client")]
pub mod servers;
