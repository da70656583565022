//! Tells the page whenever something of the outbox has changed: `advanced` with a number that grows. Runs until it is
//! cancelled; what changed is asked for by the screens that show it.

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::views::Empty;

pub(crate) async fn run(desk: &Desk, _: Empty, mut control: JobControl) -> Result<Empty, IpcError> {
    let mut changes = desk.outbox().watch();
    let mut told = 0_u32;
    let mut newest = std::pin::pin!(desk.outbox().newest_watcher());
    loop {
        tokio::select! {
            () = control.cancelled() => return Err(IpcError::of("cancelled")),
            // A page that was loaded again watches anew.
            () = &mut newest => return Err(IpcError::of("cancelled")),
            changed = changes.changed() => {
                if changed.is_err() {
                    return Ok(Empty {});
                }
                told = told.wrapping_add(1);
                control.advanced(told);
            }
        }
    }
}
