//! Which history of the database this instance serves, and what happens when it becomes
//! another one: after a restore, or a fail-over that may have lost something.
//!
//! Every feed begins anew at the head the database has now, and everybody who read the old
//! history is cut off, to be told so by their door. Numbers of the two must never meet.

use super::hub::Hub;
use crate::{
    domain::id::Epoch,
    error::Result,
    store::{database::within_deadline, heads, server_state},
};

impl Hub {
    /// The identity of the history served now.
    pub fn epoch(&self) -> Epoch {
        self.epoch.read().clone()
    }

    /// Looks whether the database's history is still the same.
    pub(super) async fn check_history(&self) -> Result<()> {
        let current = within_deadline(server_state::epoch(&self.db)).await?;
        if current == self.epoch() {
            return Ok(());
        }
        tracing::warn!(
            epoch = &*current,
            "the database has another history; everybody begins anew"
        );
        let heads = within_deadline(heads::of_all(&self.db, &self.rooms())).await?;
        // From here on nobody begins to read the old one; who does already is cut off.
        *self.epoch.write() = current;
        for feed in self.all_feeds() {
            feed.begin_anew(heads.get(&feed.room_id).copied());
        }
        Ok(())
    }
}
