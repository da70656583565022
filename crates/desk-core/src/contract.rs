//! The list of commands as TypeScript, for the generated bindings (DECISIONS 19).

use crate::views::*;

macro_rules! desk_commands {
    ($($kind:ident $name:ident($request:ident) -> $view:ident;)*) => {
        /// The commands as TypeScript: `Calls` and `Jobs`, from a command's name to its request and view.
        #[must_use]
        pub fn typescript() -> String {
            let mut calls = String::from("export interface Calls {\n");
            let mut jobs = String::from("export interface Jobs {\n");
            $({
                let line = concat!("  ", stringify!($name), ": { request: ", stringify!($request), "; view: ", stringify!($view), " };\n");
                if stringify!($kind) == "job" { jobs.push_str(line) } else { calls.push_str(line) }
            })*
            calls.push_str("}\n\n");
            jobs.push_str("}\n");
            calls + &jobs
        }

        /// Shows every request and view to a visitor of ts-rs, for the generated bindings.
        pub fn visit_types(visitor: &mut impl ts_rs::TypeVisitor) {
            $(visitor.visit::<$request>(); visitor.visit::<$view>();)*
        }
    };
}

include!("command_list.in");
