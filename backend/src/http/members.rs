//! `/rooms/{room_id}/members`: joining and leaving, and who is what; how far one
//! has read, `/rooms/{room_id}/read` and `/unread`.

use actix_web::{HttpResponse, delete, get, patch, put, web};
use garde::Validate;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::ToSchema;

use super::{
    identity::Authenticated,
    json::{Json, Query},
    problem::{ApiResult, Problem},
    users::UserQuery,
};
use crate::{
    domain::{
        id::{RoomId, Seq, UserId},
        role::Role,
        room::Member,
    },
    service::{Chat, page::DEFAULT_LIMIT},
};

#[derive(Serialize, ToSchema)]
pub struct MemberList {
    pub items: Vec<Member>,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMemberRequest {
    #[garde(skip)]
    pub role: Role,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkReadRequest {
    /// The last event that was read.
    #[garde(range(min = 0))]
    #[schema(value_type = i64, minimum = 0)]
    pub seq: Seq,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkUnreadRequest {
    /// The first event that is unread; at most one more than the room's head.
    #[garde(range(min = 1))]
    #[schema(value_type = i64, minimum = 1)]
    pub seq: Seq,
}

/// A user id, or `me`.
#[derive(Clone, Copy, Debug)]
enum Who {
    Me,
    User(UserId),
}

impl Who {
    fn id(self, me: UserId) -> UserId {
        match self {
            Self::Me => me,
            Self::User(id) => id,
        }
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "me" => Ok(Self::Me),
            id => id.parse().map(|id| Self::User(UserId(id))).map_err(D::Error::custom),
        }
    }
}

/// Who is in the room.
#[utoipa::path(tag = "members", operation_id = "list_members", security(("bearer" = [])), params(("room_id" = RoomId, Path), UserQuery), responses(
    (status = 200, description = "A page of members", body = MemberList),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms/{room_id}/members")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
    Query(query): Query<UserQuery>,
) -> ApiResult<web::Json<MemberList>> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let (text, cursor) = (query.query.as_deref(), query.cursor.as_deref());
    let page = chat.members(me.0.user_id, *room_id, text, cursor, limit).await?;
    Ok(web::Json(MemberList { items: page.items, next_cursor: page.next_cursor }))
}

/// Join a public room (`me`), or add somebody.
#[utoipa::path(tag = "members", operation_id = "add_member", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("user_id" = String, Path, description = "A user's id, or `me`")),
    responses(
        (status = 201, description = "A member from now on", body = Member),
        (status = 200, description = "A member already", body = Member),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[put("/rooms/{room_id}/members/{user_id}")]
pub async fn add(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, Who)>,
) -> ApiResult<HttpResponse> {
    let (room_id, who) = path.into_inner();
    let (me, user_id) = (me.0.user_id, who.id(me.0.user_id));
    let (member, is_new) = chat.add_member(me, room_id, user_id).await?;
    Ok(if is_new { HttpResponse::Created().json(member) } else { HttpResponse::Ok().json(member) })
}

/// Change somebody's role. For admins and owners.
#[utoipa::path(tag = "members", operation_id = "change_member", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("user_id" = String, Path, description = "A user's id, or `me`")),
    responses(
        (status = 200, description = "The member", body = Member),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[patch("/rooms/{room_id}/members/{user_id}")]
pub async fn change(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, Who)>,
    Json(body): Json<ChangeMemberRequest>,
) -> ApiResult<web::Json<Member>> {
    let (room_id, who) = path.into_inner();
    let (me, user_id) = (me.0.user_id, who.id(me.0.user_id));
    Ok(web::Json(chat.set_role(me, room_id, user_id, body.role).await?))
}

/// Leave a room (`me`), or remove somebody.
#[utoipa::path(tag = "members", operation_id = "remove_member", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("user_id" = String, Path, description = "A user's id, or `me`")),
    responses(
        (status = 204, description = "Not a member any more"),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/rooms/{room_id}/members/{user_id}")]
pub async fn remove(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, Who)>,
) -> ApiResult<HttpResponse> {
    let (room_id, who) = path.into_inner();
    let (me, user_id) = (me.0.user_id, who.id(me.0.user_id));
    chat.remove_member(me, room_id, user_id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Say how far one has read. It only moves forward.
#[utoipa::path(tag = "members", operation_id = "mark_read", security(("bearer" = [])), params(("room_id" = RoomId, Path)), responses(
    (status = 204, description = "Noted"),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[put("/rooms/{room_id}/read")]
pub async fn mark_read(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
    Json(body): Json<MarkReadRequest>,
) -> ApiResult<HttpResponse> {
    chat.mark_read(me.0.user_id, *room_id, body.seq).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Make everything from an event on unread, whether one's mark goes back or forward by that.
///
/// One's devices hear `read` with the seq before it. Reading on moves the mark forward again.
#[utoipa::path(tag = "members", operation_id = "mark_unread", security(("bearer" = [])), params(("room_id" = RoomId, Path)), responses(
    (status = 204, description = "Noted"),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[put("/rooms/{room_id}/unread")]
pub async fn mark_unread(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
    Json(body): Json<MarkUnreadRequest>,
) -> ApiResult<HttpResponse> {
    chat.mark_unread(me.0.user_id, *room_id, body.seq).await?;
    Ok(HttpResponse::NoContent().finish())
}
