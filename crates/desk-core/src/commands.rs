//! The dispatcher made from the one list of commands (`command_list.in`). A command without a verb does not compile.

use std::sync::Arc;

use serde_json::Value;

use crate::Desk;
use crate::ipc::IpcError;
use crate::jobs::ProgressSink;
use crate::views::*;

macro_rules! run {
    (call $desk:ident $name:ident $request:ident $view:ident $body:ident $sink:ident) => {{
        let _ = $sink;
        let view: $view = Box::pin(crate::verbs::$name::run($desk, parse::<$request>($body)?)).await?;
        encode(&view)
    }};
    (job $desk:ident $name:ident $request:ident $view:ident $body:ident $sink:ident) => {{
        let request = parse::<$request>($body)?;
        let owned = $desk.clone();
        let job = $desk.jobs().start::<$view, _, _>($sink, move |control| async move {
            Box::pin(crate::verbs::$name::run(&owned, request, control)).await
        });
        encode(&JobView { job: job.to_string() })
    }};
}

macro_rules! desk_commands {
    ($($kind:ident $name:ident($request:ident) -> $view:ident;)*) => {
        /// The names of all commands, in the order of the list.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Runs a command of the page.
        ///
        /// `request` is the JSON of the command's request type; `sink` takes the events of a job.
        ///
        /// # Errors
        /// `unsupported` for a name that is not on the list, `request.unreadable` for a request of another shape,
        /// else what the verb says.
        pub async fn dispatch(
            desk: &Desk,
            name: &str,
            request: Value,
            sink: Arc<dyn ProgressSink>,
        ) -> Result<Value, IpcError> {
            match name {
                $(stringify!($name) => run!($kind desk $name $request $view request sink),)*
                _ => Err(IpcError::of("unsupported")),
            }
        }
    };
}

include!("command_list.in");

fn parse<T: serde::de::DeserializeOwned>(request: Value) -> Result<T, IpcError> {
    serde_json::from_value(request).map_err(|_| IpcError::of("request.unreadable"))
}

fn encode<T: serde::Serialize>(view: &T) -> Result<Value, IpcError> {
    serde_json::to_value(view).map_err(|_| IpcError::of("internal"))
}
