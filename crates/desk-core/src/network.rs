//! What the last calls found of the network.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::clock::instant;
use crate::views::NetworkView;

/// Since when each connection's host is not reached.
#[derive(Default)]
pub struct Network {
    offline_since_ms: Mutex<HashMap<Uuid, i64>>,
}

impl Network {
    /// A call of this connection reached its host, or did not.
    pub fn saw(&self, connection: Uuid, reached: bool, now_ms: i64) {
        let mut offline = self.offline_since_ms.lock().unwrap_or_else(PoisonError::into_inner);
        if reached {
            offline.remove(&connection);
        } else {
            offline.entry(connection).or_insert(now_ms);
        }
    }

    /// What is known of a connection; online where no call was made.
    pub fn view(&self, connection: Option<Uuid>) -> NetworkView {
        let offline = self.offline_since_ms.lock().unwrap_or_else(PoisonError::into_inner);
        let since = connection.and_then(|id| offline.get(&id)).copied();
        NetworkView { online: since.is_none(), offline_since: since.map(instant) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offline_counts_from_the_first_call_that_failed_and_ends_with_one_that_reached() {
        let (network, id) = (Network::default(), Uuid::nil());
        assert!(network.view(Some(id)).online, "nothing is known yet");
        network.saw(id, false, 1_000);
        network.saw(id, false, 2_000);
        assert_eq!(network.view(Some(id)).offline_since.as_deref(), Some("1970-01-01T00:00:01.000Z"));
        assert!(network.view(Some(Uuid::max())).online, "another connection is not concerned");
        network.saw(id, true, 3_000);
        assert!(network.view(Some(id)).online);
    }
}
