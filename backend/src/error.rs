//! What can go wrong, in terms a client can act on.
//!
//! One type for every layer. Expected failures carry a code of [`ErrorCode`], the same on both
//! doors; surprises are [`ErrorCode::Internal`] and keep their cause for the log, never for the
//! client. How an error looks on the wire is decided by the doors (`http::problem`, `socket::protocol`).

use std::{borrow::Cow, time::Duration};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::policy::Denial;

pub type Result<T> = std::result::Result<T, Error>;

/// What a client can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request breaks a rule; repeating it unchanged is no use.
    Invalid,
    /// No token, a wrong one, or a login that ended.
    Unauthenticated,
    /// The access token ran out: refresh it and repeat.
    TokenExpired,
    /// The password is right; a code of the second factor is needed as well.
    SecondFactorRequired,
    /// The account is out of use. Said only to whoever proves that it is theirs.
    AccountDisabled,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    UnsupportedMediaType,
    /// Something with this name exists, or the state doesn't allow it.
    Conflict,
    /// The `client_id` was used for another body.
    IdempotencyConflict,
    /// The message changed since the revision given.
    RevisionConflict,
    PayloadTooLarge,
    /// The request took too long to arrive.
    RequestTimeout,
    /// Too often: repeat after the time given.
    RateLimited,
    /// Too much at once: repeat after the time given.
    Overloaded,
    /// Something the server needs is away: repeat later.
    Unavailable,
    /// Our fault.
    Internal,
}

impl ErrorCode {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Unauthenticated => "unauthenticated",
            Self::TokenExpired => "token_expired",
            Self::SecondFactorRequired => "second_factor_required",
            Self::AccountDisabled => "account_disabled",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::Conflict => "conflict",
            Self::IdempotencyConflict => "idempotency_conflict",
            Self::RevisionConflict => "revision_conflict",
            Self::PayloadTooLarge => "payload_too_large",
            Self::RequestTimeout => "request_timeout",
            Self::RateLimited => "rate_limited",
            Self::Overloaded => "overloaded",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }
}

/// One field that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    #[schema(example = "password")]
    pub field: String,
    pub code: ErrorCode,
    #[schema(example = "A password has at least 8 characters.")]
    pub message: String,
}

impl FieldError {
    fn new(field: &str, code: ErrorCode, message: &str) -> Self {
        Self { field: field.to_owned(), code, message: message.to_owned() }
    }
}

/// How far somebody is from a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitState {
    pub name: &'static str,
    pub burst: u32,
    /// Time in which a whole burst becomes allowed again.
    pub window: Duration,
    pub remaining: u32,
    pub retry_after: Duration,
}

impl LimitState {
    /// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers).
    pub fn headers(&self) -> [(&'static str, String); 2] {
        let Self { name, burst, window, remaining, retry_after } = self;
        let (window_s, reset_s) =
            (window.as_secs_f64().ceil().max(1.0), retry_after.as_secs_f64().ceil());
        [
            ("ratelimit-policy", format!("\"{name}\";q={burst};w={window_s}")),
            ("ratelimit", format!("\"{name}\";r={remaining};t={reset_s}")),
        ]
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{}: {detail}", code.as_str())]
pub struct Error {
    pub code: ErrorCode,
    /// A sentence for people, fit to be shown to them.
    pub detail: Cow<'static, str>,
    pub fields: Vec<FieldError>,
    pub retry_after: Option<Duration>,
    /// The limit that was reached, where one was.
    pub limit: Option<Box<LimitState>>,
    /// For the log only.
    #[source]
    pub cause: Option<anyhow::Error>,
}

impl Error {
    pub fn new(code: ErrorCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
            limit: None,
            cause: None,
        }
    }

    pub fn invalid(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::Invalid, detail)
    }

    /// A rule that one field breaks.
    pub fn wrong(field: &str, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self {
            fields: vec![FieldError::new(field, ErrorCode::Invalid, message.as_ref())],
            ..Self::invalid(message)
        }
    }

    /// A conflict that one field is to blame for, a name that is taken for example.
    pub fn taken(field: &str, message: &'static str) -> Self {
        Self {
            fields: vec![FieldError::new(field, ErrorCode::Conflict, message)],
            ..Self::conflict(message)
        }
    }

    pub fn conflict(detail: &'static str) -> Self {
        Self::new(ErrorCode::Conflict, detail)
    }

    /// The place somebody reads from is of a history that is gone, or too far behind.
    pub fn other_history() -> Self {
        Self::conflict("This place is of another history or too far behind: load messages anew.")
    }

    pub fn forbidden(detail: &'static str) -> Self {
        Self::new(ErrorCode::Forbidden, detail)
    }

    pub fn account_disabled() -> Self {
        Self::new(ErrorCode::AccountDisabled, "This account is disabled.")
    }

    pub fn not_found(what: &'static str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    pub fn unauthenticated(detail: &'static str) -> Self {
        Self::new(ErrorCode::Unauthenticated, detail)
    }

    pub fn rate_limited(detail: &'static str, retry_after: Duration) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(ErrorCode::RateLimited, detail) }
    }

    pub fn overloaded(retry_after: Duration) -> Self {
        let detail = "The server has too much to do at the moment.";
        Self { retry_after: Some(retry_after), ..Self::new(ErrorCode::Overloaded, detail) }
    }

    pub fn unavailable(cause: impl Into<anyhow::Error>) -> Self {
        let detail = "Something this server needs is away at the moment.";
        Self { cause: Some(cause.into()), ..Self::new(ErrorCode::Unavailable, detail) }
    }

    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        let detail = "Something went wrong on our side.";
        Self { cause: Some(cause.into()), ..Self::new(ErrorCode::Internal, detail) }
    }
}

impl From<Denial> for Error {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotFound => Self::not_found("room"),
            Denial::Forbidden(why) => Self::forbidden(why),
        }
    }
}

/// Broken rules of a validated request, each at its field.
impl From<garde::Report> for Error {
    fn from(report: garde::Report) -> Self {
        let fields = report.iter().map(|(path, error)| FieldError {
            field: path.to_string(),
            code: ErrorCode::Invalid,
            message: error.message().to_owned(),
        });
        let fields: Vec<_> = fields.collect();
        let detail = match fields.as_slice() {
            [only] => only.message.clone(),
            _ => "Some fields break a rule.".to_owned(),
        };
        Self { fields, ..Self::invalid(detail) }
    }
}
