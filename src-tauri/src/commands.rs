//! The page's calls: taken from Tauri, answered by desk-core.

use std::sync::Arc;

use desk_core::Desk;
use desk_core::commands::dispatch;
use desk_core::jobs::{NoSink, ProgressSink};
use serde_json::Value;
use tauri::Wry;
use tauri::ipc::{Channel, Invoke, InvokeBody, InvokeError, JavaScriptChannelId};

struct ChannelSink(Channel<Value>);

impl ProgressSink for ChannelSink {
    fn send(&self, event: Value) {
        // A page that was left takes no events; the job ends all the same.
        let _ = self.0.send(event);
    }
}

/// Answers `invoke(name, { request, progress? })`. Names that are not on the command list never come here: the
/// permissions are made from the same list.
pub fn answer(desk: &Desk, invoke: Invoke<Wry>) -> bool {
    let Invoke { message, resolver, .. } = invoke;
    let InvokeBody::Json(payload) = message.payload() else { return false };
    let (name, request) = (message.command().to_owned(), payload["request"].clone());
    let sink = sink_of(payload, &message);
    let desk = desk.clone();
    resolver.respond_async(async move { dispatch(&desk, &name, request, sink).await.map_err(InvokeError::from) });
    true
}

fn sink_of(payload: &Value, message: &tauri::ipc::InvokeMessage<Wry>) -> Arc<dyn ProgressSink> {
    let id = payload["progress"].as_str().and_then(|text| text.parse::<JavaScriptChannelId>().ok());
    match id {
        Some(id) => Arc::new(ChannelSink(id.channel_on(message.webview()))),
        None => Arc::new(NoSink),
    }
}
