//! Whether this instance can do its work.

use std::time::Duration;

use super::Chat;

const DEADLINE: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    Ready,
    /// Works, but other instances learn of news a second late.
    Degraded,
    /// Without its database nothing works.
    Unready,
}

impl Chat {
    pub async fn health(&self) -> Health {
        match tokio::time::timeout(DEADLINE, self.db.ping()).await {
            Ok(Ok(())) if self.relay.is_connected() => Health::Ready,
            Ok(Ok(())) => Health::Degraded,
            _ => Health::Unready,
        }
    }
}
