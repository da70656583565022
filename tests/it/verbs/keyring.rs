//! The keyring of these tests.

pub use desk_tests::keyring::TestKeyring;
