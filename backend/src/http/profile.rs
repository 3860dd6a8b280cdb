//! `/users/me`: changing one's own account.

use actix_web::{HttpResponse, patch, post, web};
use garde::Validate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    identity::{Authenticated, ClientAddress},
    json::Json,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        password::Password,
        person_name::PersonName,
        user::{Profile, ProfilePatch},
    },
    service::Chat,
};

/// What is given is changed, the rest stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateProfileRequest {
    #[garde(dive)]
    pub first_name: Option<PersonName>,
    #[garde(dive)]
    pub last_name: Option<PersonName>,
    /// Whether others may see what one has read. Who says no is listed among no message's readers.
    #[garde(skip)]
    pub shares_reads: Option<bool>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordRequest {
    #[garde(skip)]
    pub current_password: Password,
    #[garde(dive)]
    pub new_password: Password,
}

/// Change one's name, and whether one shares what one has read.
#[utoipa::path(tag = "users", operation_id = "update_me", security(("bearer" = [])), responses(
    (status = 200, description = "The account", body = Profile),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[patch("/users/me")]
pub async fn update(
    chat: web::Data<Chat>,
    me: Authenticated,
    Json(body): Json<UpdateProfileRequest>,
) -> ApiResult<web::Json<Profile>> {
    let patch = ProfilePatch {
        first_name: body.first_name,
        last_name: body.last_name,
        shares_reads: body.shares_reads,
    };
    Ok(web::Json(chat.update_profile(me.0.user_id, patch).await?))
}

/// Change one's password, and end all other logins.
#[utoipa::path(tag = "users", operation_id = "change_password", security(("bearer" = [])), responses(
    (status = 204, description = "The password is changed"),
    (status = 422, description = "The current password is wrong, or the new one breaks a rule", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/users/me/password")]
pub async fn change_password(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    Json(body): Json<ChangePasswordRequest>,
) -> ApiResult<HttpResponse> {
    chat.change_password(me.0, body.current_password, body.new_password, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
