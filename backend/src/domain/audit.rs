//! What is remembered of what people did to accounts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{id::UserId, timestamp::Timestamp, user::UserSummary};

/// Something that matters to security.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// Somebody made an account.
    SignedUp,
    LoggedIn,
    /// A wrong password, for an account that exists.
    LoginRefused,
    /// A refresh token was used a second time: the session ended.
    RefreshTokenReused,
    PasswordChanged,
    /// One login, or all others, were ended by their user.
    SessionsEnded,
    UserCreated,
    UserDisabled,
    UserEnabled,
    AdminGranted,
    AdminRevoked,
    TokenCreated,
    TokenRevoked,
    /// Log-ins need a code of an authenticator app as well.
    TwoFactorEnabled,
    TwoFactorDisabled,
    /// A recovery code was used up by a log-in.
    RecoveryCodeUsed,
    RecoveryCodesRenewed,
    /// By somebody else, or by the link of a mail: the user has a new password and no logins.
    PasswordReset,
    /// Somebody who isn't logged in asked for a link to a new password.
    PasswordResetRequested,
    EmailVerified,
    InvitationCreated,
    InvitationRevoked,
    /// An account got a way in by an OpenID Connect provider that knows its address.
    IdentityLinked,
}

impl AuditAction {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedUp => "signed_up",
            Self::LoggedIn => "logged_in",
            Self::LoginRefused => "login_refused",
            Self::RefreshTokenReused => "refresh_token_reused",
            Self::PasswordChanged => "password_changed",
            Self::SessionsEnded => "sessions_ended",
            Self::UserCreated => "user_created",
            Self::UserDisabled => "user_disabled",
            Self::UserEnabled => "user_enabled",
            Self::AdminGranted => "admin_granted",
            Self::AdminRevoked => "admin_revoked",
            Self::TokenCreated => "token_created",
            Self::TokenRevoked => "token_revoked",
            Self::TwoFactorEnabled => "two_factor_enabled",
            Self::TwoFactorDisabled => "two_factor_disabled",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::RecoveryCodesRenewed => "recovery_codes_renewed",
            Self::PasswordReset => "password_reset",
            Self::PasswordResetRequested => "password_reset_requested",
            Self::EmailVerified => "email_verified",
            Self::InvitationCreated => "invitation_created",
            Self::InvitationRevoked => "invitation_revoked",
            Self::IdentityLinked => "identity_linked",
        }
    }
}

/// Who does something, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// Nobody in particular: an operator, or somebody who isn't logged in.
    pub user_id: Option<UserId>,
    /// The client's address; nothing at the command line.
    pub address: Option<&'a str>,
}

impl<'a> Actor<'a> {
    /// Whoever runs the server, at its command line.
    pub const OPERATOR: Self = Self { user_id: None, address: None };

    pub const fn user(user_id: UserId, address: &'a str) -> Self {
        Self { user_id: Some(user_id), address: Some(address) }
    }

    pub const fn stranger(address: &'a str) -> Self {
        Self { user_id: None, address: Some(address) }
    }
}

/// One thing that somebody did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditEvent {
    #[schema(value_type = uuid::Uuid)]
    pub id: uuid::Uuid,
    pub at: Timestamp,
    /// One of `AuditAction`, or one that a newer server recorded.
    #[schema(value_type = AuditAction)]
    pub action: String,
    /// Null: an operator at the command line, or somebody who wasn't logged in.
    pub actor: Option<UserSummary>,
    /// Whose account it is about.
    pub target: Option<UserSummary>,
    /// Null at the command line.
    pub address: Option<String>,
}
