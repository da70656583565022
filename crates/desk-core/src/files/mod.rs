//! Files of a draft, on their way to becoming file ids (DECISIONS 2, 14; api/README "files").
//!
//! Read in this order: `read` (from a path to bytes, and what is said of one that is none), `kinds` (what the bytes are),
//! `name`, `pages` and `picture` (what is known of a file beside its name, found out `apart` from the rest), `adding` (into
//! the store), `queue` (who is next), `send` (one call), `decide` (what follows from its answer).

mod adding;
mod apart;
mod decide;
mod kinds;
mod name;
mod pages;
mod picture;
mod queue;
mod read;
mod send;

pub(crate) use adding::{Place, add};
pub(crate) use picture::size as picture_size;
pub(crate) use queue::{Files, resume};
pub(crate) use read::{read, too_large};
pub(crate) use send::land_late;
