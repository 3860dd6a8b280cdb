//! `/rooms/{room_id}/messages`: sending and paging.

use actix_web::{HttpResponse, get, post, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    identity::Authenticated,
    json::{Json, Query},
    page::limit_rule,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        id::{Epoch, MessageId, RoomId, Seq},
        message::{ClientId, Message, MessageBody},
    },
    error::{Error, LimitState, Result},
    service::{Chat, page::DEFAULT_LIMIT},
    store::{ledger::Post, message_pages::Position},
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostMessageRequest {
    #[garde(dive)]
    pub client_id: ClientId,
    #[garde(dive)]
    pub body: MessageBody,
    /// A message of the same room.
    #[garde(skip)]
    pub reply_to: Option<MessageId>,
}

/// At most one of `before`, `after` and `around`; without one, the newest messages.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageQuery {
    #[garde(range(min = 0))]
    #[param(minimum = 0)]
    pub before: Option<i64>,
    #[garde(range(min = 0))]
    #[param(minimum = 0)]
    pub after: Option<i64>,
    #[garde(range(min = 0))]
    #[param(minimum = 0)]
    pub around: Option<i64>,
    #[garde(custom(limit_rule))]
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub limit: Option<u64>,
}

impl MessageQuery {
    fn position(&self) -> Result<Position> {
        match (self.before, self.after, self.around) {
            (None, None, None) => Ok(Position::Latest),
            (Some(seq), None, None) => Ok(Position::Before(seq)),
            (None, Some(seq), None) => Ok(Position::After(seq)),
            (None, None, Some(seq)) => Ok(Position::Around(seq)),
            _ => Err(Error::invalid("Give one of before, after and around.")),
        }
    }
}

/// Messages, oldest first. Subscribing after `as_of_seq` continues without a seam.
#[derive(Serialize, ToSchema)]
pub struct MessagePage {
    #[schema(value_type = String)]
    pub epoch: Epoch,
    #[schema(value_type = i64)]
    pub as_of_seq: Seq,
    pub messages: Vec<Message>,
    pub has_more_before: bool,
    pub has_more_after: bool,
}

/// A page of a room's messages.
#[utoipa::path(tag = "messages", operation_id = "list_messages", security(("bearer" = [])), params(("room_id" = RoomId, Path), MessageQuery), responses(
    (status = 200, description = "The messages", body = MessagePage),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms/{room_id}/messages")]
pub async fn page(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
    Query(query): Query<MessageQuery>,
) -> ApiResult<web::Json<MessagePage>> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let found = chat.messages(me.0.user_id, *room_id, query.position()?, limit).await?;
    Ok(web::Json(MessagePage {
        epoch: found.epoch,
        as_of_seq: found.page.as_of_seq,
        messages: found.page.messages,
        has_more_before: found.page.has_more_before,
        has_more_after: found.page.has_more_after,
    }))
}

/// Send a message. Repeating it with the same `client_id` answers with the first one, for ever.
#[utoipa::path(tag = "messages", operation_id = "post_message", security(("bearer" = [])), params(("room_id" = RoomId, Path)), responses(
    (status = 201, description = "Sent: durable, and at its place", body = Message),
    (status = 200, description = "Was sent before", body = Message),
    (status = 409, description = "The `client_id` was used for a different message", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many messages", body = Problem, content_type = "application/problem+json",
        headers(("Retry-After" = u64, description = "Seconds"))),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/rooms/{room_id}/messages")]
pub async fn post(
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
    Json(body): Json<PostMessageRequest>,
) -> ApiResult<HttpResponse> {
    let limit = chat.admit_message(me.0.user_id).await?;
    let post = Post {
        room_id: *room_id,
        author_id: me.0.user_id,
        client_id: body.client_id,
        body: body.body,
        reply_to: body.reply_to,
    };
    let posted = chat.post(post)?.await?;
    let mut response = if posted.duplicate { HttpResponse::Ok() } else { HttpResponse::Created() };
    for header in limit.iter().flat_map(LimitState::headers) {
        response.insert_header(header);
    }
    Ok(response.json(posted.message))
}
