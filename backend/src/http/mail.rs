//! `/auth/password` and `/auth/email`: what goes by mail.

use actix_web::{HttpResponse, post, web};
use garde::Validate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    identity::{Authenticated, ClientAddress},
    json::Json,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{email::Email, password::Password},
    service::Chat,
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotPasswordRequest {
    #[garde(dive)]
    pub email: Email,
}

#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordRequest {
    /// What the link of the mail has behind `#`.
    #[garde(length(max = 64))]
    #[schema(max_length = 64)]
    pub token: String,
    #[garde(dive)]
    pub password: Password,
}

#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyEmailRequest {
    /// What the link of the mail has behind `#`.
    #[garde(length(max = 64))]
    #[schema(max_length = 64)]
    pub token: String,
}

/// Have a link to a new password sent.
///
/// The answer is the same whether or not somebody has this address. The link counts for an
/// hour, once, and until the next one is sent.
#[utoipa::path(tag = "auth", operation_id = "forgot_password", responses(
    (status = 202, description = "If somebody has this address, a mail is on its way"),
    (status = 403, description = "This server sends no mail", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/password/forgot")]
pub async fn forgot_password(
    chat: web::Data<Chat>,
    address: ClientAddress,
    Json(body): Json<ForgotPasswordRequest>,
) -> ApiResult<HttpResponse> {
    chat.forgot_password(body.email, &address.0).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Set a password by the link of a mail; it ends all logins and API tokens.
#[utoipa::path(tag = "auth", operation_id = "reset_password", responses(
    (status = 204, description = "The password is set"),
    (status = 422, description = "The link doesn't count any more, or the password breaks a rule", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/password/reset")]
pub async fn reset_password(
    chat: web::Data<Chat>,
    address: ClientAddress,
    Json(body): Json<ResetPasswordRequest>,
) -> ApiResult<HttpResponse> {
    chat.reset_password(&body.token, body.password, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Have a link sent that shows that one reads the mail of one's address.
#[utoipa::path(tag = "auth", operation_id = "ask_for_verification", security(("bearer" = [])), responses(
    (status = 202, description = "A mail is on its way"),
    (status = 403, description = "This server sends no mail", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/email/verification")]
pub async fn ask_for_verification(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
) -> ApiResult<HttpResponse> {
    chat.ask_for_verification(me.0, &address.0).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Show by the link of a mail that one reads it.
#[utoipa::path(tag = "auth", operation_id = "verify_email", responses(
    (status = 204, description = "The address is verified"),
    (status = 422, description = "The link doesn't count any more", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/email/verify")]
pub async fn verify_email(
    chat: web::Data<Chat>,
    address: ClientAddress,
    Json(body): Json<VerifyEmailRequest>,
) -> ApiResult<HttpResponse> {
    chat.verify_email(&body.token, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
