//! The socket, spoken by another implementation than the server's.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, Message, client::IntoClientRequest as _, http::HeaderValue},
};

use super::canary;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(10);

const TOLD_IN_PASSING: [&str; 2] = ["presence", "typing"];

pub struct Socket {
    stream: WebSocketStream<TcpStream>,
}

impl Socket {
    pub async fn open(address: SocketAddr) -> Self {
        Self::open_with(address, &[("sec-websocket-protocol", "devschat.v1")])
            .await
            .expect("the server upgrades")
    }

    /// Opens with these headers; the status when the server refuses.
    pub async fn open_with(
        address: SocketAddr,
        headers: &[(&'static str, &'static str)],
    ) -> Result<Self, u16> {
        let url = format!("ws://{address}/api/v1/ws");
        let mut request = url.into_client_request().expect("a request");
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_static(value));
        }
        let tcp = TcpStream::connect(address).await.expect("the server listens");
        match client_async(request, tcp).await {
            Ok((stream, _)) => Ok(Self { stream }),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => {
                Err(response.status().as_u16())
            }
            Err(error) => panic!("the handshake failed: {error}"),
        }
    }

    pub async fn say(&mut self, frame: Value) {
        canary::forbid(&frame);
        self.send(Message::text(frame.to_string())).await;
    }

    pub async fn send(&mut self, message: Message) {
        self.stream.send(message).await.expect("the socket takes a frame");
    }

    /// Says a frame to a socket that may have ended.
    pub async fn try_say(&mut self, frame: Value) -> Result<(), tungstenite::Error> {
        canary::forbid(&frame);
        self.stream.send(Message::text(frame.to_string())).await
    }

    /// The bytes beneath, to send what no client would.
    pub fn wire(&mut self) -> &mut TcpStream {
        self.stream.get_mut()
    }

    /// The next frame, but for what is told in passing.
    pub async fn hear(&mut self) -> Value {
        loop {
            let frame = self.hears_at_all().await;
            if !TOLD_IN_PASSING.iter().any(|kind| frame["type"] == *kind) {
                return frame;
            }
        }
    }

    /// The next frame, whatever it is.
    pub async fn hears_at_all(&mut self) -> Value {
        loop {
            match self.next().await {
                Message::Text(text) => {
                    return serde_json::from_str(&text).expect("frames are JSON");
                }
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("expected a frame, got {other:?}"),
            }
        }
    }

    /// The next that is told in passing of this type.
    pub async fn overhears(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.hears_at_all().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// Waits until told that somebody is `online` or `offline`.
    pub async fn is_told_that(&mut self, user_id: &str, status: &str) {
        loop {
            let presence = self.overhears("presence").await;
            let users = presence["users"].as_array().expect("users");
            if users.iter().any(|user| user["user_id"] == user_id && user["status"] == status) {
                return;
            }
        }
    }

    /// The next message of the socket, whatever it is.
    pub async fn next(&mut self) -> Message {
        let next = tokio::time::timeout(PATIENCE, self.stream.next()).await;
        match next.expect("the server says something in time") {
            Some(Ok(message)) => message,
            Some(Err(error)) => panic!("the socket broke: {error}"),
            None => panic!("the socket ended without a close frame"),
        }
    }

    /// The next frame, which must be of this type.
    #[track_caller]
    pub fn expect<'a>(&'a mut self, kind: &'a str) -> impl Future<Output = Value> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let frame = self.hear().await;
            assert_eq!(frame["type"], kind, "at {caller}: {frame}");
            frame
        }
    }

    /// Skips to the next frame of this type.
    pub async fn until(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.hear().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// The code the server closes with, after whatever frames come before.
    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Close(reason) = self.next().await {
                return reason.expect("a close frame with a code").code.into();
            }
        }
    }

    /// The next frame, or nothing when the server closes instead.
    pub async fn heard_before_closing(&mut self) -> Option<Value> {
        match self.next().await {
            Message::Text(text) => serde_json::from_str(&text).ok(),
            _ => None,
        }
    }

    /// Asks to follow a room; `place` may have `after` and `epoch`.
    pub async fn subscribe(&mut self, room: &str, place: Value) {
        let mut entry = place;
        entry["room_id"] = json!(room);
        self.say(json!({ "type": "subscribe", "id": 1, "rooms": [entry] })).await;
    }

    /// Sends a message and does not wait for the answer.
    pub async fn sends(&mut self, room: &str, client_id: &str, body: &str) {
        let frame = json!({
            "type": "send", "id": client_id, "room_id": room, "client_id": client_id, "body": body,
        });
        self.say(frame).await;
    }

    /// The events up to `seq`, one by one, however they were packed.
    pub async fn events_until(&mut self, seq: i64) -> Vec<Value> {
        let mut events = Vec::new();
        while events.last().is_none_or(|event: &Value| event["seq"].as_i64() < Some(seq)) {
            let frame = self.hear().await;
            match frame["type"].as_str() {
                Some("event") => events.push(frame),
                Some("events") => {
                    events.extend(frame["events"].as_array().expect("events").iter().cloned());
                }
                Some("ack" | "pong" | "room_added" | "read") => {}
                other => panic!("expected events, got {other:?}: {frame}"),
            }
        }
        events
    }

    /// Proves that nothing else was on its way: a ping is answered after everything before it.
    pub async fn hears_nothing_but_pong(&mut self) {
        self.say(json!({ "type": "ping", "n": 4711 })).await;
        let pong = self.expect("pong").await;
        assert_eq!(pong["n"], 4711);
    }
}

/// The numbers of events.
pub fn seqs(events: &[Value]) -> Vec<i64> {
    events.iter().map(|event| event["seq"].as_i64().expect("a seq")).collect()
}

/// The bodies of those events that are messages.
pub fn bodies(events: &[Value]) -> Vec<String> {
    let messages = events.iter().filter_map(|event| event["data"]["message"]["body"].as_str());
    messages.map(ToOwned::to_owned).collect()
}
