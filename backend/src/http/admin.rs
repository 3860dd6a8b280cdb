//! `/admin`: accounts, for server admins.

use actix_web::{get, patch, post, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    identity::{Authenticated, ClientAddress},
    json::{Json, Query},
    problem::{ApiResult, Problem},
    users::UserQuery,
};
use crate::{
    domain::{id::UserId, user::Account},
    service::{Chat, admin::AccountPatch, page::DEFAULT_LIMIT},
};

#[derive(Serialize, ToSchema)]
pub struct AccountList {
    pub items: Vec<Account>,
    pub next_cursor: Option<String>,
}

/// What is given is changed, the rest stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAccountRequest {
    /// Out of use: its logins and API tokens end, its sockets close (4403).
    #[garde(skip)]
    pub is_disabled: Option<bool>,
    #[garde(skip)]
    pub is_admin: Option<bool>,
}

/// Shown once.
#[derive(Serialize, ToSchema)]
pub struct TemporaryPassword {
    pub password: String,
}

/// All accounts, ordered by username; `query` is part of a username, a name or an address.
#[utoipa::path(tag = "admin", operation_id = "list_accounts", security(("bearer" = [])), params(UserQuery), responses(
    (status = 200, description = "A page of accounts", body = AccountList),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/admin/users")]
pub async fn accounts(
    chat: web::Data<Chat>,
    me: Authenticated,
    Query(query): Query<UserQuery>,
) -> ApiResult<web::Json<AccountList>> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let text = query.query.as_deref().unwrap_or_default();
    let page = chat.accounts(me.0.user_id, text, query.cursor.as_deref(), limit).await?;
    Ok(web::Json(AccountList { items: page.items, next_cursor: page.next_cursor }))
}

/// Take somebody's account out of use or put it back, make them a server admin or not.
#[utoipa::path(tag = "admin", operation_id = "update_account", security(("bearer" = [])), params(("user_id" = UserId, Path)), responses(
    (status = 200, description = "The account as it is now", body = Account),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such user", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It is one's own account", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[patch("/admin/users/{user_id}")]
pub async fn update(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    user_id: web::Path<UserId>,
    Json(body): Json<UpdateAccountRequest>,
) -> ApiResult<web::Json<Account>> {
    let patch = AccountPatch { is_disabled: body.is_disabled, is_admin: body.is_admin };
    Ok(web::Json(chat.update_account(me.0.user_id, *user_id, patch, &address.0).await?))
}

/// Give somebody a password made up by the server, and end their logins.
#[utoipa::path(tag = "admin", operation_id = "give_password", security(("bearer" = [])), params(("user_id" = UserId, Path)), responses(
    (status = 200, description = "The password, to be told to them", body = TemporaryPassword),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such user", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/admin/users/{user_id}/password-reset")]
pub async fn give_password(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    user_id: web::Path<UserId>,
) -> ApiResult<web::Json<TemporaryPassword>> {
    let password = chat.give_password(me.0.user_id, *user_id, &address.0).await?;
    Ok(web::Json(TemporaryPassword { password }))
}
