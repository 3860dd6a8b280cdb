//! `/rooms/{room_id}/messages/{message_id}`: one message, read, edited, deleted, reacted to.

use actix_web::{HttpResponse, delete, get, patch, put, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    identity::Authenticated,
    json::{Json, Query},
    page::PageQuery,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        id::{MessageId, RoomId, Seq},
        message::{Edit, Emoji, Message, MessageBody},
    },
    service::Chat,
    store::ledger::MessageChange,
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMessageRequest {
    #[garde(dive)]
    pub body: MessageBody,
    /// Only if the message still has this revision.
    #[garde(skip)]
    #[schema(value_type = Option<i64>)]
    pub if_revision: Option<Seq>,
}

#[derive(Serialize, ToSchema)]
pub struct EditList {
    pub items: Vec<Edit>,
    pub next_cursor: Option<String>,
}

/// One message, wherever it stands in the room's log; a deleted one is a tombstone.
#[utoipa::path(tag = "messages", operation_id = "get_message", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("message_id" = MessageId, Path)),
    responses(
        (status = 200, description = "The message as it stands now", body = Message),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms/{room_id}/messages/{message_id}")]
pub async fn show(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, MessageId)>,
) -> ApiResult<web::Json<Message>> {
    let (room_id, message_id) = path.into_inner();
    Ok(web::Json(chat.read_message(me.0.user_id, room_id, message_id).await?))
}

/// Edit a message of one's own.
#[utoipa::path(tag = "messages", operation_id = "edit_message", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("message_id" = MessageId, Path)),
    responses(
        (status = 200, description = "The message as it stands now", body = Message),
        (status = 409, description = "It has changed meanwhile, or was deleted", body = Problem, content_type = "application/problem+json"),
        (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[patch("/rooms/{room_id}/messages/{message_id}")]
pub async fn edit(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, MessageId)>,
    Json(body): Json<EditMessageRequest>,
) -> ApiResult<web::Json<Message>> {
    let (room_id, message_id) = path.into_inner();
    let change = MessageChange::Edit { body: body.body, if_revision: body.if_revision };
    Ok(web::Json(chat.change_message(me.0.user_id, room_id, message_id, change).await?))
}

/// Delete a message of one's own, or as an admin anybody's. A tombstone stays in its place.
#[utoipa::path(tag = "messages", operation_id = "delete_message", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("message_id" = MessageId, Path)),
    responses(
        (status = 204, description = "It is gone"),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/rooms/{room_id}/messages/{message_id}")]
pub async fn delete(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, MessageId)>,
) -> ApiResult<HttpResponse> {
    let (room_id, message_id) = path.into_inner();
    chat.change_message(me.0.user_id, room_id, message_id, MessageChange::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Earlier bodies of a message, oldest first.
#[utoipa::path(tag = "messages", operation_id = "list_edits", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("message_id" = MessageId, Path), PageQuery),
    responses(
        (status = 200, description = "A page of earlier bodies", body = EditList),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms/{room_id}/messages/{message_id}/edits")]
pub async fn edits(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, MessageId)>,
    Query(query): Query<PageQuery>,
) -> ApiResult<web::Json<EditList>> {
    let (room_id, message_id) = path.into_inner();
    let (cursor, limit) = (query.cursor.as_deref(), query.limit());
    let page = chat.edits(me.0.user_id, room_id, message_id, cursor, limit).await?;
    Ok(web::Json(EditList { items: page.items, next_cursor: page.next_cursor }))
}

/// React to a message. Doing it again changes nothing.
#[utoipa::path(tag = "messages", operation_id = "add_reaction", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("message_id" = MessageId, Path), ("emoji" = Emoji, Path)),
    responses(
        (status = 200, description = "The message as it stands now", body = Message),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[put("/rooms/{room_id}/messages/{message_id}/reactions/{emoji}")]
pub async fn add_reaction(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, MessageId, Emoji)>,
) -> ApiResult<web::Json<Message>> {
    let (room_id, message_id, emoji) = path.into_inner();
    emoji.validate()?;
    let change = MessageChange::AddReaction(emoji);
    Ok(web::Json(chat.change_message(me.0.user_id, room_id, message_id, change).await?))
}

/// Take a reaction back. Doing it again changes nothing.
#[utoipa::path(tag = "messages", operation_id = "remove_reaction", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), ("message_id" = MessageId, Path), ("emoji" = Emoji, Path)),
    responses(
        (status = 200, description = "The message as it stands now", body = Message),
        (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/rooms/{room_id}/messages/{message_id}/reactions/{emoji}")]
pub async fn remove_reaction(
    chat: web::Data<Chat>,
    me: Authenticated,
    path: web::Path<(RoomId, MessageId, Emoji)>,
) -> ApiResult<web::Json<Message>> {
    let (room_id, message_id, emoji) = path.into_inner();
    emoji.validate()?;
    let change = MessageChange::RemoveReaction(emoji);
    Ok(web::Json(chat.change_message(me.0.user_id, room_id, message_id, change).await?))
}
