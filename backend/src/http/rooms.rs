//! `/rooms`: making, finding, changing and deleting rooms.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    identity::Authenticated,
    json::{Json, Query},
    page::{limit_rule, no_nul},
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        id::RoomId,
        room::{Room, RoomName, Topic, Visibility},
    },
    service::{Chat, page::DEFAULT_LIMIT},
    store::ledger::{NewRoom, RoomPatch},
};

#[derive(Serialize, ToSchema)]
pub struct RoomList {
    pub items: Vec<Room>,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoomQuery {
    /// Part of the name.
    #[garde(length(max = 80), inner(custom(no_nul)))]
    #[param(max_length = 80)]
    pub query: Option<String>,
    /// Only rooms one is in, or only rooms one is not in.
    #[garde(skip)]
    pub joined: Option<bool>,
    /// `next_cursor` of the page before.
    #[garde(length(max = 1024))]
    pub cursor: Option<String>,
    #[garde(custom(limit_rule))]
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub limit: Option<u64>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRoomRequest {
    #[garde(dive)]
    pub name: RoomName,
    #[garde(dive)]
    #[serde(default)]
    #[schema(required = false)]
    pub topic: Topic,
    #[garde(skip)]
    pub visibility: Visibility,
}

/// What is given is changed, the rest stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateRoomRequest {
    #[garde(dive)]
    pub name: Option<RoomName>,
    #[garde(dive)]
    pub topic: Option<Topic>,
    /// An archived room can be read, not written.
    #[garde(skip)]
    pub archived: Option<bool>,
    /// In slow mode members send at most one message a second.
    #[garde(skip)]
    pub slow_mode: Option<bool>,
}

/// The rooms one may see, ordered by name.
#[utoipa::path(tag = "rooms", operation_id = "list_rooms", security(("bearer" = [])), params(RoomQuery), responses(
    (status = 200, description = "A page of rooms", body = RoomList),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    Query(query): Query<RoomQuery>,
) -> ApiResult<web::Json<RoomList>> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let (text, cursor) = (query.query.as_deref(), query.cursor.as_deref());
    let page = chat.rooms(me.0.user_id, text, query.joined, cursor, limit).await?;
    Ok(web::Json(RoomList { items: page.items, next_cursor: page.next_cursor }))
}

/// Make a room, and be its owner.
#[utoipa::path(tag = "rooms", operation_id = "create_room", security(("bearer" = [])), responses(
    (status = 201, description = "The room", body = Room),
    (status = 409, description = "A room with this name exists", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/rooms")]
pub async fn create(
    chat: web::Data<Chat>,
    me: Authenticated,
    Json(body): Json<CreateRoomRequest>,
) -> ApiResult<HttpResponse> {
    let new = NewRoom { name: body.name, topic: body.topic, visibility: body.visibility };
    let room = chat.create_room(me.0.user_id, new).await?;
    Ok(HttpResponse::Created().json(room))
}

/// One room.
#[utoipa::path(tag = "rooms", operation_id = "get_room", security(("bearer" = [])), params(("room_id" = RoomId, Path)), responses(
    (status = 200, description = "The room", body = Room),
    (status = 404, description = "There is no such room, or it is private", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms/{room_id}")]
pub async fn find(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
) -> ApiResult<web::Json<Room>> {
    Ok(web::Json(chat.room(me.0.user_id, *room_id).await?))
}

/// Rename a room, change its topic or slow mode, archive it or take it out of the archive. For
/// its admins.
#[utoipa::path(tag = "rooms", operation_id = "update_room", security(("bearer" = [])), params(("room_id" = RoomId, Path)), responses(
    (status = 200, description = "The room", body = Room),
    (status = 409, description = "A room with this name exists", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[patch("/rooms/{room_id}")]
pub async fn update(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
    Json(body): Json<UpdateRoomRequest>,
) -> ApiResult<web::Json<Room>> {
    let UpdateRoomRequest { name, topic, archived, slow_mode } = body;
    let patch = RoomPatch { name, topic, archived, slow_mode };
    Ok(web::Json(chat.update_room(me.0.user_id, *room_id, patch).await?))
}

/// Delete a room and everything in it. For its owners.
#[utoipa::path(tag = "rooms", operation_id = "delete_room", security(("bearer" = [])), params(("room_id" = RoomId, Path)), responses(
    (status = 204, description = "It is gone"),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/rooms/{room_id}")]
pub async fn delete(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
) -> ApiResult<HttpResponse> {
    chat.delete_room(me.0.user_id, *room_id).await?;
    Ok(HttpResponse::NoContent().finish())
}
