//! `/users/me/two-factor`: a code of an authenticator app at log-ins.

use actix_web::{HttpResponse, get, post, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    identity::{Authenticated, ClientAddress},
    json::Json,
    page::no_nul,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        password::Password,
        two_factor::{TwoFactor, TwoFactorSetup},
    },
    service::Chat,
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnPasswordRequest {
    #[garde(skip)]
    pub password: Password,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmTwoFactorRequest {
    /// What the authenticator app shows now.
    #[garde(length(max = 20), custom(no_nul))]
    #[schema(max_length = 20, example = "287082")]
    pub code: String,
}

#[derive(Serialize, ToSchema)]
pub struct RecoveryCodeList {
    /// Each logs in once in place of a code of the app. Shown once.
    #[schema(example = json!(["7f3a9-0c1d2-b4e5f-60718"]))]
    pub recovery_codes: Vec<String>,
}

/// Whether one's log-ins need a code.
#[utoipa::path(tag = "users", operation_id = "get_two_factor", security(("bearer" = [])), responses(
    (status = 200, description = "The state", body = TwoFactor),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/users/me/two-factor")]
pub async fn state(chat: web::Data<Chat>, me: Authenticated) -> ApiResult<web::Json<TwoFactor>> {
    Ok(web::Json(chat.two_factor(me.0.user_id).await?))
}

/// Make a secret for an authenticator app.
///
/// Nothing changes for log-ins until a code made with it is confirmed.
#[utoipa::path(tag = "users", operation_id = "begin_two_factor", security(("bearer" = [])), responses(
    (status = 200, description = "The secret, shown once", body = TwoFactorSetup),
    (status = 409, description = "Two-factor log-in is on", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The password is wrong", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/users/me/two-factor")]
pub async fn begin(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    Json(body): Json<OwnPasswordRequest>,
) -> ApiResult<web::Json<TwoFactorSetup>> {
    let setup = chat.begin_two_factor(me.0.user_id, body.password, &address.0).await?;
    Ok(web::Json(setup))
}

/// Turn two-factor log-in on, with a code of the app that was set up.
#[utoipa::path(tag = "users", operation_id = "confirm_two_factor", security(("bearer" = [])), responses(
    (status = 200, description = "It is on; the recovery codes, shown once", body = RecoveryCodeList),
    (status = 409, description = "Nothing was set up, or it is on", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The code is wrong", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/users/me/two-factor/confirm")]
pub async fn confirm(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    Json(body): Json<ConfirmTwoFactorRequest>,
) -> ApiResult<web::Json<RecoveryCodeList>> {
    let recovery_codes = chat.confirm_two_factor(me.0.user_id, &body.code, &address.0).await?;
    Ok(web::Json(RecoveryCodeList { recovery_codes }))
}

/// Make new recovery codes; the old ones count no more.
#[utoipa::path(tag = "users", operation_id = "renew_recovery_codes", security(("bearer" = [])), responses(
    (status = 200, description = "The recovery codes, shown once", body = RecoveryCodeList),
    (status = 409, description = "Two-factor log-in is off", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The password is wrong", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/users/me/two-factor/recovery-codes")]
pub async fn renew_codes(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    Json(body): Json<OwnPasswordRequest>,
) -> ApiResult<web::Json<RecoveryCodeList>> {
    let renewed = chat.renew_recovery_codes(me.0.user_id, body.password, &address.0).await?;
    Ok(web::Json(RecoveryCodeList { recovery_codes: renewed }))
}

/// Turn two-factor log-in off. Fine when it is.
#[utoipa::path(tag = "users", operation_id = "disable_two_factor", security(("bearer" = [])), responses(
    (status = 204, description = "It is off"),
    (status = 422, description = "The password is wrong", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/users/me/two-factor/disable")]
pub async fn disable(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    Json(body): Json<OwnPasswordRequest>,
) -> ApiResult<HttpResponse> {
    chat.disable_two_factor(me.0.user_id, body.password, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
