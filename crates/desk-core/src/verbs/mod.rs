//! One verb a file: what the page may ask for, and nothing else. `command_list.in` names them.

pub(crate) mod app_close;
pub(crate) mod app_retry;
pub(crate) mod app_status;
pub(crate) mod code_lists;
pub(crate) mod connection_add;
pub(crate) mod connection_save;
pub(crate) mod connection_test;
pub(crate) mod customer_list;
pub(crate) mod customer_lookup;
pub(crate) mod customer_open;
pub(crate) mod customer_reveal;
pub(crate) mod draft_create;
pub(crate) mod draft_list;
pub(crate) mod draft_open;
pub(crate) mod draft_review;
pub(crate) mod draft_save;
pub(crate) mod draft_submit;
pub(crate) mod job_cancel;
pub(crate) mod settings_save;
pub(crate) mod submission_lookup;
