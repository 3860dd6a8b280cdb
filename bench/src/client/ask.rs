//! An operation over REST: asked until it is answered for good.

use std::sync::Arc;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{
    me::Me,
    operation::{Operation, Standing},
    rest::Reply,
};
use crate::history::Seq;

/// A request that may be repeated: its operation is idempotent, or named by a `client_id`.
pub struct Request {
    pub method: Method,
    pub path: String,
    pub body: Option<Value>,
    pub answer: AnswerShape,
}

/// What a success tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum AnswerShape {
    /// The message that was sent: 201, or 200 when it had been sent before.
    Sent,
    /// The message as it stands now.
    Changed,
    /// Nothing of interest.
    Done,
}

#[derive(Deserialize)]
struct Message {
    id: Uuid,
    seq: Seq,
    revision: Seq,
}

/// Asks at one door after the other until the operation is acknowledged or refused.
pub async fn ask(me: &Arc<Me>, operation: &Operation, request: Request, first_door: usize) {
    let Request { method, path, body, answer } = request;
    for door in first_door.. {
        operation.attempt();
        match me.call(door, method.clone(), &path, body.as_ref()).await {
            Reply::Done { status, text } => {
                match standing(answer, status, &text) {
                    Ok(standing) => operation.acked(standing),
                    Err(_) => operation.refused("unreadable".to_owned()),
                }
                return;
            }
            Reply::Refused { code, .. } => return operation.refused(code),
            Reply::Later(pause) => tokio::time::sleep(pause).await,
            Reply::Unknown(pause) => {
                operation.lost_sight();
                tokio::time::sleep(pause).await;
            }
        }
    }
}

fn standing(shape: AnswerShape, status: u16, text: &str) -> serde_json::Result<Standing> {
    if shape == AnswerShape::Done {
        return Ok(Standing::default());
    }
    let message: Message = serde_json::from_str(text)?;
    let is_send = shape == AnswerShape::Sent;
    Ok(Standing {
        epoch: None,
        seq: Some(if is_send { message.seq } else { message.revision }),
        message_id: Some(message.id),
        is_duplicate: is_send.then_some(status == 200),
    })
}
