//! Who may do what: every documented operation, by everybody there is, in every kind of room; and
//! every frame about a room, by everybody who can open a socket.
//!
//! Operations come from the OpenAPI document, what is expected of each from [`rules`]. One
//! without an expectation fails the test.

mod cast;
mod rules;

use std::collections::BTreeSet;

use futures_util::{StreamExt as _, stream};
use reqwest::Method;
use serde_json::{Value, json};

use self::{
    cast::{Cast, Identity, Room, RoomKind},
    rules::{Expected, Rule},
};
use crate::support::{Reply, Socket, TestApp};

const AT_ONCE: usize = 8;

struct Operation {
    id: String,
    method: Method,
    path: String,
}

#[tokio::test]
async fn everybody_may_do_what_they_may_by_rest_and_nothing_else() {
    let cast = Cast::assemble().await;
    let operations = documented(&cast.app).await;
    let known: BTreeSet<_> = rules::OPERATIONS.iter().map(|(id, _)| *id).collect();
    let documented: BTreeSet<_> = operations.iter().map(|of| of.id.as_str()).collect();
    assert_eq!(
        known, documented,
        "each operation has its expectation, and each expectation its operation"
    );

    let closed = operations.iter().filter(|of| rules::of(&of.id) != Rule::Open);
    let cells = closed.flat_map(|operation| {
        let rule = rules::of(&operation.id);
        let kinds = if rule.is_of_a_room() { &RoomKind::ALL[..] } else { &RoomKind::ALL[..1] };
        kinds.iter().map(move |kind| (operation, rule, *kind))
    });
    let judged = stream::iter(cells).map(|(operation, rule, kind)| {
        let cast = &cast;
        async move { judge(cast, operation, rule, kind).await }
    });
    let judged: Vec<Vec<String>> = judged.buffer_unordered(AT_ONCE).collect().await;

    let cells = judged.len() * Identity::ALL.len();
    let wrong: Vec<_> = judged.into_iter().flatten().collect();
    println!("{} operations, {cells} cells", operations.len());
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn everybody_may_do_what_they_may_over_the_socket_and_nothing_else() {
    let cast = Cast::assemble().await;
    let document = cast.app.stranger().get("/api/openapi.json").await.expect(200);
    let frames = document["components"]["schemas"]["ClientFrame"]["oneOf"].as_array().unwrap();
    let documented: BTreeSet<_> = frames
        .iter()
        .map(|frame| frame["properties"]["type"]["enum"][0].as_str().unwrap())
        .collect();
    let known: BTreeSet<_> = rules::FRAMES.iter().map(|(name, _)| *name).collect();
    assert_eq!(known, documented, "each frame has its expectation, and each expectation its frame");

    let mut wrong = Vec::new();
    for identity in Identity::LOGGED_IN {
        for kind in RoomKind::ALL {
            for (name, rule) in rules::FRAMES {
                if !rule.is_of_a_room() {
                    continue;
                }
                let room = cast.room(kind).await;
                let mut socket = cast.greets(identity).await;
                socket.say(frame(name, &room)).await;
                let code = refusal(&mut socket, name).await;
                let as_expected = match rule.expects(identity, kind) {
                    Expected::Done => code.is_none(),
                    Expected::Forbidden => code.as_deref() == Some("forbidden"),
                    Expected::NotThere => code.as_deref() == Some("not_found"),
                    Expected::Unauthenticated => false,
                };
                if !as_expected {
                    wrong.push(format!("{name} by {identity:?} in {kind:?}: {code:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong about one operation in one kind of room.
async fn judge(cast: &Cast, operation: &Operation, rule: Rule, kind: RoomKind) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut room = cast.room(kind).await;
    for identity in Identity::ALL {
        let expected = rule.expects(identity, kind);
        let reply = ask(cast, operation, identity, &room).await;
        if !expected.is(&reply, rule.is_of_a_room()) {
            let (id, status) = (&operation.id, reply.status);
            wrong.push(format!("{id} by {identity:?} in {kind:?}: {status} {}", reply.text));
        }
        if expected == Expected::Done && rule.is_of_a_room() {
            room = cast.room(kind).await;
        }
    }
    wrong
}

async fn ask(cast: &Cast, operation: &Operation, identity: Identity, room: &Room) -> Reply {
    let client = cast.client(identity, rules::needs_rooms_write(&operation.id));
    let user = if operation.id == "add_member" { "me" } else { &cast.target.id };
    let path = operation
        .path
        .replace("{room_id}", &room.id)
        .replace("{message_id}", &room.message)
        .replace("{emoji}", "+1")
        .replace("{user_id}", user)
        .replace("{session_id}", &uuid::Uuid::nil().to_string())
        .replace("{token_id}", &uuid::Uuid::nil().to_string())
        .replace("{invitation_id}", &uuid::Uuid::nil().to_string());
    let request = client.request(operation.method.clone(), &path);
    Reply::of(match rules::body(&operation.id) {
        Value::Null => request,
        body => request.json(&body),
    })
    .await
}

/// The code with which a frame was refused; nothing when it was done.
async fn refusal(socket: &mut Socket, name: &str) -> Option<String> {
    let done = match name {
        "send" => "ack",
        "subscribe" => "subscribed",
        // They have no answer: what comes after them does.
        _ => {
            socket.say(json!({ "type": "ping", "n": 1 })).await;
            "pong"
        }
    };
    loop {
        let frame = socket.hear().await;
        if frame["type"] == "error" {
            return frame["code"].as_str().map(ToOwned::to_owned);
        }
        if frame["type"] == done {
            return None;
        }
    }
}

fn frame(name: &str, room: &Room) -> Value {
    let room_id = &room.id;
    match name {
        "subscribe" => json!({ "type": name, "id": 1, "rooms": [{ "room_id": room_id }] }),
        "send" => {
            let client_id = uuid::Uuid::new_v4();
            json!({ "type": name, "id": 1, "room_id": room_id, "client_id": client_id, "body": "hi" })
        }
        "read" => json!({ "type": name, "room_id": room_id, "seq": 1 }),
        "typing" => json!({ "type": name, "room_id": room_id }),
        other => panic!("{other} is of no room"),
    }
}

async fn documented(app: &TestApp) -> Vec<Operation> {
    let document = app.stranger().get("/api/openapi.json").await.expect(200);
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, operations)| {
        let operations = operations.as_object().unwrap();
        operations.iter().map(move |(method, operation)| Operation {
            id: operation["operationId"].as_str().unwrap().to_owned(),
            method: Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(),
            path: path.strip_prefix("/api/v1").unwrap_or(path).to_owned(),
        })
    });
    operations.collect()
}
