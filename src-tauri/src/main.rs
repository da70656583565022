//! The desktop shell of Customer Desk: it adapts, desk-core decides.
//!
//! Read in this order: [`window`] (the one window and what it may do), [`commands`] (the page's calls), [`practice`] (the
//! platform that the program serves itself), [`shell`] (what the core asks of the window), [`dialogs`], [`menu`], [`instance`],
//! [`hardening`].

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod dialogs;
mod folders;
mod hardening;
#[cfg(feature = "test-hooks")]
mod hooks;
mod instance;
mod menu;
mod place;
mod practice;
mod shell;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use desk_core::{Desk, DeskOptions, Keyring};
use instance::Instance;

fn main() -> ExitCode {
    hardening::apply();
    let Some(folders) = folders::Folders::of_the_system() else {
        return ExitCode::FAILURE;
    };
    // DECISIONS 22: the second start brings the first to the front, and writes nothing.
    let instance = match Instance::claim(&folders.data) {
        Ok(Some(instance)) => instance,
        Ok(None) => return ExitCode::SUCCESS,
        Err(_) => return ExitCode::FAILURE,
    };
    let shell = Arc::new(shell::Shell::new());
    let desk = Desk::new(DeskOptions {
        folder: folders.data.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        practice: Arc::new(practice::Practice::new()),
        keyring: Keyring::system(),
        shell: Arc::clone(&shell) as Arc<dyn desk_core::shell::Shell>,
        timeouts: desk_core::Timeouts::default(),
        outbox_rules: desk_core::outbox::OutboxRules::default(),
        policy: Some(desk_core::policy::PolicyFile::of_the_system()),
    });
    folders.clear_web_view();
    let code = window::run(desk, shell, &folders, instance);
    folders.clear_web_view();
    code
}
