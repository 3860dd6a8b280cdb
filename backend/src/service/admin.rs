//! What server admins may do: see all accounts, take them out of use and put them back, hand on
//! their own power, give somebody a new password; see which rooms there are.
//!
//! They have no power over rooms they are not in, and read no messages.

use super::{
    Chat, now,
    page::{Page, place},
};
use crate::{
    domain::{
        audit::{Actor, AuditAction},
        id::UserId,
        room::RoomOutline,
        user::Account,
        username,
    },
    error::{Error, Result},
    store::{
        access::{self, AccountChange},
        rooms, users,
    },
};

/// What is given is changed, the rest stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountPatch {
    pub is_disabled: Option<bool>,
    pub is_admin: Option<bool>,
}

impl Chat {
    /// Refuses everybody but server admins.
    pub async fn require_admin(&self, user_id: UserId) -> Result<()> {
        let user = self.user(user_id).await?;
        if user.is_admin { Ok(()) } else { Err(no_admin()) }
    }

    /// All accounts, ordered by username.
    pub async fn accounts(
        &self,
        asker: UserId,
        query: &str,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Account>> {
        self.require_admin(asker).await?;
        let after = cursor.map(place).transpose()?;
        let found = users::accounts(&self.db, query, after.as_deref(), limit + 1).await?;
        Ok(Page::of(found, limit, |account| username::key(&account.user.username)))
    }

    /// Changes somebody else's account. `conflict` for one's own, so that nobody ends their own
    /// power by a slip, and the last admin stays one.
    pub async fn update_account(
        &self,
        asker: UserId,
        user_id: UserId,
        patch: AccountPatch,
        address: &str,
    ) -> Result<Account> {
        self.require_admin(asker).await?;
        let before = self.account(user_id).await?;
        if asker == user_id {
            return Err(Error::conflict("Ask another server admin to change your own account."));
        }
        let actor = Actor::user(asker, address);
        let differs = |wish: Option<bool>, is: bool| wish.filter(|wish| *wish != is);
        let is_disabled = differs(patch.is_disabled, before.disabled_at.is_some());
        let is_admin = differs(patch.is_admin, before.user.is_admin);
        let changes = is_admin.map(AccountChange::Admin).into_iter();
        for change in changes.chain(is_disabled.map(AccountChange::Disabled)) {
            let changed =
                access::change_account(&self.db, Some(asker), user_id, change, now()).await?;
            // Nothing: the asker has lost the power meanwhile.
            let ended = changed.ok_or_else(no_admin)?;
            if change == AccountChange::Disabled(true) {
                self.hub.account_disabled(user_id);
            }
            self.close_sockets(user_id, ended);
            self.record(change.action(), actor, Some(user_id)).await;
        }
        self.account(user_id).await
    }

    /// Gives somebody a password made up here, and ends their logins and API tokens. Returns
    /// it: it is shown once, to be told to them.
    pub async fn give_password(
        &self,
        asker: UserId,
        user_id: UserId,
        address: &str,
    ) -> Result<String> {
        self.require_admin(asker).await?;
        let (password, hash) = self.passwords.make_up().await?;
        let ended = access::set_password(&self.db, user_id, None, hash, None, now()).await?;
        self.close_sockets(user_id, ended.ok_or_else(|| Error::not_found("user"))?);
        self.record(AuditAction::PasswordReset, Actor::user(asker, address), Some(user_id)).await;
        Ok(password)
    }

    /// Every room there is, ordered by name, as one sees it from outside.
    pub async fn all_rooms(
        &self,
        asker: UserId,
        query: Option<&str>,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<RoomOutline>> {
        self.require_admin(asker).await?;
        let after = cursor.map(place).transpose()?;
        let after = after.as_deref();
        let found = rooms::list_all(&self.db, asker, query, after, limit + 1).await?;
        let outlines = found.into_iter().map(RoomOutline::from).collect();
        Ok(Page::of(outlines, limit, |room: &RoomOutline| room.name.to_ascii_lowercase()))
    }

    async fn account(&self, user_id: UserId) -> Result<Account> {
        users::account(&self.db, user_id).await?.ok_or_else(|| Error::not_found("user"))
    }
}

fn no_admin() -> Error {
    Error::forbidden("Only server admins may do this.")
}
