//! Invitations: server admins make them, people make an account with them.

use std::time::Duration;

use uuid::Uuid;

use super::{
    Chat, now,
    page::{Page, place_id},
};
use crate::{
    auth::link_token,
    domain::{
        audit::{Actor, AuditAction},
        id::UserId,
        invitation::Invitation,
        signup::Signup,
        timestamp::Timestamp,
    },
    error::{Error, Result},
    rate_limit::Limit,
    store::invitations,
};

/// The longest that an invitation may count.
const MAX_LIFETIME: Duration = Duration::from_secs(30 * 24 * 3600);

impl Chat {
    /// Makes an invitation, and returns it with what its link carries, which nobody learns a
    /// second time. `conflict` where people sign up without one, or not at all.
    pub async fn invite(
        &self,
        asker: UserId,
        expires_at: Timestamp,
        max_uses: i64,
        address: &str,
    ) -> Result<(Invitation, String)> {
        self.require_admin(asker).await?;
        if self.signup.signup != Signup::Invite {
            let detail = "Invitations count only on servers where DEVSCHAT_SIGNUP is invite.";
            return Err(Error::conflict(detail));
        }
        let created_at = now();
        if expires_at <= created_at || expires_at > created_at.plus(MAX_LIFETIME) {
            let rule = "An invitation expires in the future, within 30 days.";
            return Err(Error::wrong("expires_at", rule));
        }
        let secret = link_token::make()?;
        let invitation = Invitation {
            id: Uuid::now_v7(),
            created_by: asker,
            created_at,
            expires_at,
            max_uses,
            uses: 0,
        };
        invitations::insert(&self.db, &invitation, link_token::hash(&secret)).await?;
        self.record(AuditAction::InvitationCreated, Actor::user(asker, address), None).await;
        Ok((invitation, secret))
    }

    /// Those that still count, newest first. For server admins.
    pub async fn invitations(
        &self,
        asker: UserId,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Invitation>> {
        self.require_admin(asker).await?;
        let before = cursor.map(place_id).transpose()?;
        let found = invitations::list(&self.db, before, limit + 1, now()).await?;
        Ok(Page::of(found, limit, |invitation| invitation.id.to_string()))
    }

    /// Ends an invitation. `not_found` when there is none.
    pub async fn revoke_invitation(&self, asker: UserId, id: Uuid, address: &str) -> Result<()> {
        self.require_admin(asker).await?;
        if !invitations::delete(&self.db, id).await? {
            return Err(Error::not_found("invitation"));
        }
        self.record(AuditAction::InvitationRevoked, Actor::user(asker, address), None).await;
        Ok(())
    }

    /// Whether an account can be made with this. `not_found` when not, or not any more.
    pub async fn show_invitation(&self, secret: &str, client_address: &str) -> Result<Invitation> {
        self.limit(Limit::Requests, client_address).await?;
        let found = invitations::find(&self.db, &link_token::hash(secret), now()).await?;
        found.ok_or_else(|| Error::not_found("invitation"))
    }
}
