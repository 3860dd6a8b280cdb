//! `/auth/sessions`: where one is signed in.

use actix_web::{HttpResponse, delete, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    identity::{Authenticated, ClientAddress},
    json::Query,
    page::PageQuery,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{id::SessionId, session::ActiveSession, timestamp::Timestamp},
    service::Chat,
};

/// A login.
#[derive(Serialize, ToSchema)]
pub struct SessionItem {
    pub id: SessionId,
    /// What the browser or program called itself.
    pub user_agent: String,
    pub created_at: Timestamp,
    /// It was in use a few minutes after this, at most.
    pub last_used_at: Timestamp,
    /// When it ends if it isn't used.
    pub expires_at: Timestamp,
    /// The one that asks.
    pub is_current: bool,
}

#[derive(Serialize, ToSchema)]
pub struct SessionList {
    pub items: Vec<SessionItem>,
    pub next_cursor: Option<String>,
}

/// Where one is signed in, newest first.
#[utoipa::path(tag = "auth", operation_id = "list_sessions", security(("bearer" = [])), params(PageQuery), responses(
    (status = 200, description = "A page of logins", body = SessionList),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/auth/sessions")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    Query(query): Query<PageQuery>,
) -> ApiResult<web::Json<SessionList>> {
    let page = chat.sessions(me.0.user_id, query.cursor.as_deref(), query.limit()).await?;
    let item = |session: ActiveSession| SessionItem {
        is_current: session.id == me.0.session_id,
        id: session.id,
        user_agent: session.user_agent,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        expires_at: session.expires_at,
    };
    let items = page.items.into_iter().map(item).collect();
    Ok(web::Json(SessionList { items, next_cursor: page.next_cursor }))
}

/// End one login and close its sockets.
#[utoipa::path(tag = "auth", operation_id = "end_session", security(("bearer" = [])), params(("session_id" = SessionId, Path)), responses(
    (status = 204, description = "It has ended"),
    (status = 404, description = "One has no such login", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/auth/sessions/{session_id}")]
pub async fn end(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    session_id: web::Path<SessionId>,
) -> ApiResult<HttpResponse> {
    chat.end_own_session(me.0.user_id, *session_id, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// End all logins but this one, and close their sockets.
#[utoipa::path(tag = "auth", operation_id = "end_other_sessions", security(("bearer" = [])), responses(
    (status = 204, description = "They have ended"),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/auth/sessions")]
pub async fn end_others(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
) -> ApiResult<HttpResponse> {
    chat.end_other_sessions(me.0, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
