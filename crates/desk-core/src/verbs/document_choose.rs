//! Keeps a file that the user chooses in a dialog of the system. Its path never crosses to the page.

use tokio::sync::oneshot;

use crate::desk::Desk;
use crate::files::{Place, add, read};
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::views::{DocumentChoose, DocumentListView};

pub(crate) async fn run(
    desk: &Desk,
    request: DocumentChoose,
    mut control: JobControl,
) -> Result<DocumentListView, IpcError> {
    let place = Place::of(desk, &request.draft, request.path, request.file_type).await?;
    let (answer, chosen) = oneshot::channel();
    desk.shell().choose_file(answer);
    let limit_bytes = place.limit_bytes;
    let chosen = async {
        let path = chosen.await.ok().flatten().ok_or_else(|| IpcError::of("cancelled"))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let content = tokio::task::spawn_blocking(move || read(&path, limit_bytes)).await;
        let content = content.unwrap_or_else(|_| Err(IpcError::of("internal")));
        content.map(|content| (name, content))
    };
    let (name, content) = tokio::select! {
        // A disk of the network may never answer.
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        chosen = chosen => chosen?,
    };
    add(desk, place, &name, content).await
}
