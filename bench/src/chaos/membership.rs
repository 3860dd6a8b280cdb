//! Letting people in and putting them out, over REST.

use std::{sync::Arc, time::Duration};

use reqwest::Method;
use uuid::Uuid;

use crate::{
    client::{
        ask::{AnswerShape, Request, ask},
        me::Me,
        operation::Operation,
    },
    history::Action,
};

/// Does one change of membership until it is answered for good.
pub async fn change(me: &Arc<Me>, room_id: Uuid, action: Action, door: usize) {
    let (method, who) = match &action {
        Action::Join => (Method::PUT, "me".to_owned()),
        Action::Leave => (Method::DELETE, "me".to_owned()),
        Action::AddMember { user_id } => (Method::PUT, user_id.to_string()),
        Action::RemoveMember { user_id } => (Method::DELETE, user_id.to_string()),
        _ => return,
    };
    let operation = Operation::invoke(me, room_id, action, 1);
    let path = format!("/api/v1/rooms/{room_id}/members/{who}");
    let request = Request { method, path, body: None, answer: AnswerShape::Done };
    ask(me, &operation, request, door).await;
}

/// Removes somebody, and lets them in again after a while.
pub async fn remove_for_a_while(
    owner: &Arc<Me>,
    room_id: Uuid,
    user_id: Uuid,
    away: Duration,
    door: usize,
) {
    change(owner, room_id, Action::RemoveMember { user_id }, door).await;
    tokio::time::sleep(away).await;
    change(owner, room_id, Action::AddMember { user_id }, door + 1).await;
}
