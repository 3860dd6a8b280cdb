//! The second factor of log-ins: a code of an authenticator app, or a recovery code.

use super::{Chat, now};
use crate::{
    auth::totp,
    domain::{
        audit::{Actor, AuditAction},
        id::UserId,
        password::Password,
        two_factor::{TwoFactor, TwoFactorSetup},
    },
    error::{Error, ErrorCode, Result},
    store::two_factor,
};

const RECOVERY_CODES: usize = 10;

/// Codes as shown, and what is kept of them.
struct RecoveryCodes {
    shown: Vec<String>,
    hashes: Vec<Vec<u8>>,
}

impl RecoveryCodes {
    fn make() -> Result<Self> {
        let shown: Vec<_> =
            (0..RECOVERY_CODES).map(|_| totp::make_recovery_code()).collect::<Result<_>>()?;
        let hashes = shown.iter().map(|code| totp::hash_recovery_code(code)).collect();
        Ok(Self { shown, hashes })
    }
}

fn not_set_up() -> Error {
    Error::conflict("Two-factor log-in is not set up.")
}

impl Chat {
    pub async fn two_factor(&self, user_id: UserId) -> Result<TwoFactor> {
        let secret = two_factor::find(&self.db, user_id).await?;
        Ok(TwoFactor {
            is_enabled: secret.is_some_and(|secret| secret.is_confirmed),
            recovery_codes_left: two_factor::count_codes(&self.db, user_id).await?,
        })
    }

    /// Makes a secret for an authenticator app. Nothing changes for log-ins until a code made
    /// with it is shown.
    pub async fn begin_two_factor(
        &self,
        user_id: UserId,
        password: Password,
        address: &str,
    ) -> Result<TwoFactorSetup> {
        self.verify_own_password(user_id, "password", password, address).await?;
        let user = self.user(user_id).await?;
        let made = totp::make_secret()?;
        let (secret, uri) = totp::presented(&made, &user.username)?;
        two_factor::begin(&self.db, user_id, made).await?;
        Ok(TwoFactorSetup { secret, uri })
    }

    /// Demands a code at log-ins from now on. Returns recovery codes, which nobody learns a
    /// second time.
    pub async fn confirm_two_factor(
        &self,
        user_id: UserId,
        code: &str,
        address: &str,
    ) -> Result<Vec<String>> {
        let secret = two_factor::find(&self.db, user_id).await?;
        let secret = secret.filter(|secret| !secret.is_confirmed).ok_or_else(not_set_up)?;
        let attempt = self.admit_attempt(&user_id.to_string(), address).await?;
        let at = now();
        let step = totp::step(&secret.secret, code.trim(), at)?;
        let step = step
            .ok_or_else(|| Error::wrong("code", "This is not the code that the app shows now."))?;
        self.forgive(attempt).await;
        let RecoveryCodes { shown, hashes } = RecoveryCodes::make()?;
        if !two_factor::confirm(&self.db, user_id, &secret.secret, step, hashes, at).await? {
            return Err(not_set_up());
        }
        let actor = Actor::user(user_id, address);
        self.record(AuditAction::TwoFactorEnabled, actor, Some(user_id)).await;
        Ok(shown)
    }

    /// New recovery codes in place of the old ones.
    pub async fn renew_recovery_codes(
        &self,
        user_id: UserId,
        password: Password,
        address: &str,
    ) -> Result<Vec<String>> {
        self.verify_own_password(user_id, "password", password, address).await?;
        let RecoveryCodes { shown, hashes } = RecoveryCodes::make()?;
        if !two_factor::renew_codes(&self.db, user_id, hashes).await? {
            return Err(not_set_up());
        }
        let actor = Actor::user(user_id, address);
        self.record(AuditAction::RecoveryCodesRenewed, actor, Some(user_id)).await;
        Ok(shown)
    }

    /// Demands no code any more. Fine when none was demanded.
    pub async fn disable_two_factor(
        &self,
        user_id: UserId,
        password: Password,
        address: &str,
    ) -> Result<()> {
        self.verify_own_password(user_id, "password", password, address).await?;
        if two_factor::remove(&self.db, user_id).await? {
            let actor = Actor::user(user_id, address);
            self.record(AuditAction::TwoFactorDisabled, actor, Some(user_id)).await;
        }
        Ok(())
    }

    /// Whether whoever gave the right password may log in. `second_factor_required` when a code
    /// is needed and none was given; false when it is wrong, or counted before.
    pub(super) async fn passes_second_factor(
        &self,
        user_id: UserId,
        code: Option<&str>,
        address: &str,
    ) -> Result<bool> {
        let secret = two_factor::find(&self.db, user_id).await?;
        let Some(secret) = secret.filter(|secret| secret.is_confirmed) else { return Ok(true) };
        let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else {
            let detail = "Enter the code of your authenticator app, or a recovery code.";
            return Err(Error::new(ErrorCode::SecondFactorRequired, detail));
        };
        if let Some(step) = totp::step(&secret.secret, code, now())? {
            return two_factor::use_step(&self.db, user_id, step).await;
        }
        let hash = totp::hash_recovery_code(code);
        let is_recovery = two_factor::use_recovery_code(&self.db, user_id, hash).await?;
        if is_recovery {
            let actor = Actor::user(user_id, address);
            self.record(AuditAction::RecoveryCodeUsed, actor, Some(user_id)).await;
        }
        Ok(is_recovery)
    }
}
