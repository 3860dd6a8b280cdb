//! `/rooms/{room_id}/events`: the log itself, by long poll or as server-sent events, so that
//! `curl -N` can follow a room.

use std::{convert::Infallible, sync::Arc, time::Duration};

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    identity::Authenticated,
    json::Query,
    page::limit_rule,
    problem::{ApiResult, Problem},
};
use crate::{
    auth::access_token::Identity,
    domain::{
        event::{EndReason, Event},
        id::{Epoch, RoomId, Seq},
    },
    error::{Error, ErrorCode},
    service::{
        self, Chat,
        events::{LogReader, NextEvents, Opened},
        follow::Place,
        page::MAX_LIMIT,
    },
};

/// Longer than proxies like to wait for a first byte.
const MAX_WAIT_S: u64 = 25;
/// A comment goes out when nothing else does, so that nobody takes the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(8);
const RETRY_MS: u64 = 1_000;

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// The last event one has; 0, the default, is before the first.
    #[garde(range(min = 0))]
    #[param(minimum = 0, default = 0)]
    pub after: Option<i64>,
    /// The history `after` belongs to.
    #[garde(length(max = 64))]
    pub epoch: Option<String>,
    #[garde(custom(limit_rule))]
    #[param(minimum = 1, maximum = 100, default = 100)]
    pub limit: Option<u64>,
    /// Seconds to wait for an event when there is none yet.
    #[garde(range(max = MAX_WAIT_S))]
    #[param(maximum = 25, default = 0)]
    pub wait: Option<u64>,
}

/// Events in order; none when nothing came in time.
#[derive(Serialize, ToSchema)]
pub struct EventPage {
    #[schema(value_type = String)]
    pub epoch: Epoch,
    /// The last `seq` that was given: go on after it.
    #[schema(value_type = i64)]
    pub next_after: Seq,
    pub events: Vec<Event>,
    /// These are the last events one may have of this room.
    pub ended: Option<EndReason>,
}

/// The room's log, event by event.
///
/// As JSON, waiting up to `wait` seconds for the next event; or, with
/// `Accept: text/event-stream`, as an endless stream in which `id` is the `seq`, and which
/// resumes after `Last-Event-ID`.
#[utoipa::path(tag = "messages", operation_id = "list_events", security(("bearer" = [])),
    params(("room_id" = RoomId, Path), EventQuery),
    responses(
        (status = 200, description = "The next events", content(
            (EventPage = "application/json"),
            (String = "text/event-stream"),
        )),
        (status = 409, description = "`after` belongs to another history, or is too far behind: load messages anew", body = Problem, content_type = "application/problem+json"),
        (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/rooms/{room_id}/events")]
pub async fn list(
    request: HttpRequest,
    chat: web::Data<Chat>,
    me: Authenticated,
    room_id: web::Path<RoomId>,
    Query(query): Query<EventQuery>,
) -> ApiResult<HttpResponse> {
    let resumed = header_text(&request, "last-event-id").and_then(|id| id.parse().ok());
    let after = resumed.or(query.after).unwrap_or(0);
    let place = Place { epoch: query.epoch.as_deref(), after: Some(after) };
    let wants_stream = header_text(&request, header::ACCEPT.as_str())
        .is_some_and(|accept| accept.contains("text/event-stream"));
    let chat = chat.into_inner();
    let Opened::Reading(mut reader) = chat.open_log(me.0.user_id, *room_id, place).await? else {
        return Err(Error::other_history());
    };
    if wants_stream {
        return Ok(HttpResponse::Ok()
            .content_type("text/event-stream")
            .insert_header(("x-accel-buffering", "no"))
            .streaming(follow(chat, me.0, reader)));
    }
    let wait = Duration::from_secs(query.wait.unwrap_or(0));
    let next = reader.next(query.limit.unwrap_or(MAX_LIMIT), wait).await?;
    Ok(HttpResponse::Ok().json(EventPage {
        epoch: reader.epoch.clone(),
        next_after: reader.cursor,
        events: next.events,
        ended: next.ending,
    }))
}

fn header_text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

/// The events a reader has before it as server-sent events, until it may read no more, its
/// token runs out or its login ends. Clients come back by themselves, with `Last-Event-ID`.
/// Where the history itself ends, `reset` comes last.
fn follow(
    chat: Arc<Chat>,
    identity: Identity,
    reader: LogReader,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let opening = Bytes::from(format!("retry: {RETRY_MS}\n\n"));
    let events = stream::unfold(Some(reader), move |reader| {
        let chat = Arc::clone(&chat);
        async move {
            let mut reader = reader?;
            let (text, is_last) = next_lines(&chat, identity, &mut reader).await?;
            Some((Ok(Bytes::from(text)), (!is_last).then_some(reader)))
        }
    });
    stream::iter([Ok(opening)]).chain(events)
}

/// What goes out next, and whether the stream ends with it; nothing when it ends without a word.
async fn next_lines(
    chat: &Chat,
    identity: Identity,
    reader: &mut LogReader,
) -> Option<(String, bool)> {
    if identity.expires_at <= service::now() || !chat.is_logged_in(identity).await.ok()? {
        return None;
    }
    match reader.next(MAX_LIMIT, KEEP_ALIVE).await {
        Ok(next) => Some((lines(&next), next.ending.is_some())),
        Err(error) if error.code == ErrorCode::Conflict => {
            Some(("event: reset\ndata: {}\n\n".to_owned(), true))
        }
        Err(_) => None,
    }
}

fn lines(next: &NextEvents) -> String {
    if next.events.is_empty() {
        return ": still here\n\n".to_owned();
    }
    let mut text = String::new();
    for event in &next.events {
        // JSON has no line breaks of its own.
        let json = serde_json::to_string(event).unwrap_or_default();
        text.push_str(&format!("id: {}\ndata: {json}\n\n", event.seq));
    }
    text
}
