//! `/admin/rooms`: which rooms there are, for server admins.
//!
//! From outside only. Server admins have no power over rooms they are not in, and neither
//! their topics nor their messages are told here.

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
    domain::room::RoomOutline,
    service::{Chat, page::DEFAULT_LIMIT},
};

#[derive(Serialize, ToSchema)]
pub struct RoomOutlineList {
    pub items: Vec<RoomOutline>,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoomOutlineQuery {
    /// Part of the name.
    #[garde(length(max = 80), inner(custom(no_nul)))]
    #[param(max_length = 80)]
    pub query: Option<String>,
    /// `next_cursor` of the page before.
    #[garde(length(max = 1024))]
    pub cursor: Option<String>,
    #[garde(custom(limit_rule))]
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub limit: Option<u64>,
}

/// Every room, private ones too, ordered by name. What is said in them is not here: server
/// admins have no power over rooms they are not in.
#[utoipa::path(tag = "admin", operation_id = "list_all_rooms", security(("bearer" = [])), params(RoomOutlineQuery), responses(
    (status = 200, description = "A page of rooms", body = RoomOutlineList),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/admin/rooms")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    Query(query): Query<RoomOutlineQuery>,
) -> ApiResult<web::Json<RoomOutlineList>> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let (text, cursor) = (query.query.as_deref(), query.cursor.as_deref());
    let page = chat.all_rooms(me.0.user_id, text, cursor, limit).await?;
    Ok(web::Json(RoomOutlineList { items: page.items, next_cursor: page.next_cursor }))
}
