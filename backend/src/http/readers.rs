//! `/rooms/{room_id}/messages/{message_id}/readers`: who has read a message.

use actix_web::{get, web};

use super::{
    identity::Authenticated,
    json::Query,
    page::PageQuery,
    problem::{ApiResult, Problem},
    users::UserList,
};
use crate::{
    domain::id::{MessageId, RoomId},
    service::Chat,
};

/// Who has read a message: members whose read mark is at it or past it, whoever asks included.
///
/// Not among them: its author, who joined (or came back) after it was sent, who marked it unread
/// again, and who doesn't share what they read (`shares_reads` of `PATCH /api/v1/users/me`). Of a
/// deleted message nobody is listed. Ordered by id.
#[utoipa::path(tag = "messages", operation_id = "list_readers", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("message_id" = MessageId, Path), PageQuery),
    responses(
        (status = 200, description = "A page of people", body = UserList),
        (status = 403, description = "Only members read here", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such message in the room, or no such room for whoever asks", body = Problem, content_type = "application/problem+json"),
        (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms/{room_id}/messages/{message_id}/readers")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, MessageId)>,
    Query(query): Query<PageQuery>,
) -> ApiResult<web::Json<UserList>> {
    let (room_id, message_id) = path.into_inner();
    let (cursor, limit) = (query.cursor.as_deref(), query.limit());
    let page = chat.readers(me.0.user_id, room_id, message_id, cursor, limit).await?;
    Ok(web::Json(UserList { items: page.items, next_cursor: page.next_cursor }))
}
