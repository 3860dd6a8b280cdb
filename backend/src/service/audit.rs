//! Remembering what people did to accounts, and showing it to server admins.

use super::{
    Chat, now,
    page::{Page, place_id},
};
use crate::{
    domain::{
        audit::{Actor, AuditAction, AuditEvent},
        id::UserId,
    },
    error::Result,
    store::audit::{self, AuditFilter},
};

impl Chat {
    /// Remembers what was done just now. What can't be remembered is done all the same, and
    /// the log says so: refusing it would let a full disk keep a stolen account open.
    pub(super) async fn record(
        &self,
        action: AuditAction,
        actor: Actor<'_>,
        target: Option<UserId>,
    ) {
        if let Err(error) = audit::insert(&self.db, action, actor, target, now()).await {
            tracing::error!(error = ?error, action = action.as_str(), "an action is missing from the audit log");
        }
    }

    /// What was done, newest first. For server admins.
    pub async fn audit_events(
        &self,
        asker: UserId,
        filter: AuditFilter,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<AuditEvent>> {
        self.require_admin(asker).await?;
        let before = cursor.map(place_id).transpose()?;
        let found = audit::list(&self.db, AuditFilter { before, ..filter }, limit + 1).await?;
        Ok(Page::of(found, limit, |event| event.id.to_string()))
    }
}
