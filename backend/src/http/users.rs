//! `/users`: oneself, and the directory.

use actix_web::{get, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    identity::Authenticated,
    json::Query,
    page::{limit_rule, no_nul},
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        id::UserId,
        user::{Profile, UserSummary},
    },
    service::{Chat, page::DEFAULT_LIMIT},
};

#[derive(Serialize, ToSchema)]
pub struct UserList {
    pub items: Vec<UserSummary>,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserQuery {
    /// Part of a username or name.
    #[garde(length(max = 150), inner(custom(no_nul)))]
    #[param(max_length = 150)]
    pub query: Option<String>,
    /// `next_cursor` of the page before.
    #[garde(length(max = 1024))]
    pub cursor: Option<String>,
    #[garde(custom(limit_rule))]
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub limit: Option<u64>,
}

/// One's own account.
#[utoipa::path(tag = "users", operation_id = "get_me", security(("bearer" = [])), responses(
    (status = 200, description = "The account", body = Profile),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/users/me")]
pub async fn me(chat: web::Data<Chat>, me: Authenticated) -> ApiResult<web::Json<Profile>> {
    Ok(web::Json(chat.profile(me.0.user_id).await?))
}

/// The directory: people ordered by username.
#[utoipa::path(tag = "users", operation_id = "search_users", security(("bearer" = [])), params(UserQuery), responses(
    (status = 200, description = "A page of people", body = UserList),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/users")]
pub async fn search(
    chat: web::Data<Chat>,
    _me: Authenticated,
    Query(query): Query<UserQuery>,
) -> ApiResult<web::Json<UserList>> {
    let text = query.query.as_deref().unwrap_or_default();
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let page = chat.search_users(text, query.cursor.as_deref(), limit).await?;
    Ok(web::Json(UserList { items: page.items, next_cursor: page.next_cursor }))
}

/// One person.
#[utoipa::path(tag = "users", operation_id = "get_user", security(("bearer" = [])), params(("user_id" = UserId, Path)), responses(
    (status = 200, description = "The person", body = UserSummary),
    (status = 404, description = "There is no such user", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/users/{user_id}")]
pub async fn find(
    chat: web::Data<Chat>,
    _me: Authenticated,
    user_id: web::Path<UserId>,
) -> ApiResult<web::Json<UserSummary>> {
    Ok(web::Json(chat.user(*user_id).await?.summary()))
}
