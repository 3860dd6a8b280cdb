//! `/users/me/tokens`: tokens for one's scripts and bots.

use actix_web::{HttpResponse, delete, get, post, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    identity::{Authenticated, ClientAddress},
    json::{Json, Query},
    page::PageQuery,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        api_token::{ApiToken, TokenName},
        scope::Scope,
        timestamp::Timestamp,
    },
    service::Chat,
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTokenRequest {
    #[garde(dive)]
    pub name: TokenName,
    #[garde(length(min = 1, max = 5))]
    #[schema(min_items = 1, max_items = 5)]
    pub scopes: Vec<Scope>,
    /// Within a year.
    #[garde(skip)]
    pub expires_at: Timestamp,
}

#[derive(Serialize, ToSchema)]
pub struct CreatedToken {
    #[serde(flatten)]
    pub info: ApiToken,
    /// What to send as `Authorization: Bearer …`, or in `hello`. Shown once.
    #[schema(example = "dvc_…")]
    pub token: String,
}

#[derive(Serialize, ToSchema)]
pub struct TokenList {
    pub items: Vec<ApiToken>,
    pub next_cursor: Option<String>,
}

/// Make a token for a script or bot. It acts as oneself, within its scopes, until it expires.
#[utoipa::path(tag = "users", operation_id = "create_token", security(("bearer" = [])), responses(
    (status = 201, description = "The token, shown once", body = CreatedToken),
    (status = 409, description = "One has too many", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "Some fields break a rule", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/users/me/tokens")]
pub async fn create(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    Json(body): Json<CreateTokenRequest>,
) -> ApiResult<HttpResponse> {
    let CreateTokenRequest { name, scopes, expires_at } = body;
    let (info, token) = chat.create_api_token(me.0, name, scopes, expires_at, &address.0).await?;
    Ok(HttpResponse::Created().json(CreatedToken { info, token }))
}

/// One's tokens that still count, newest first.
#[utoipa::path(tag = "users", operation_id = "list_tokens", security(("bearer" = [])), params(PageQuery), responses(
    (status = 200, description = "A page of tokens, without their secrets", body = TokenList),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/users/me/tokens")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    Query(query): Query<PageQuery>,
) -> ApiResult<web::Json<TokenList>> {
    let page = chat.api_tokens(me.0.user_id, query.cursor.as_deref(), query.limit()).await?;
    Ok(web::Json(TokenList { items: page.items, next_cursor: page.next_cursor }))
}

/// Revoke a token and close its sockets.
#[utoipa::path(tag = "users", operation_id = "revoke_token", security(("bearer" = [])), params(("token_id" = Uuid, Path)), responses(
    (status = 204, description = "It counts no more"),
    (status = 404, description = "One has no such token", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/users/me/tokens/{token_id}")]
pub async fn revoke(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    token_id: web::Path<Uuid>,
) -> ApiResult<HttpResponse> {
    chat.revoke_api_token(me.0.user_id, *token_id, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
