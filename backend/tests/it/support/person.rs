//! Somebody with an account, doing what people do.

use std::net::SocketAddr;

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use super::{Client, Reply, Socket};

pub const PASSWORD: &str = "correct horse 9";

pub struct Person {
    pub client: Client,
    pub id: String,
    pub refresh_token: String,
}

impl Person {
    pub async fn join(address: SocketAddr, name: &str) -> Self {
        let stranger = Client::new(address, None);
        stranger.post("/auth/signup", Self::signup(name)).await.expect(201);
        Self::log_in(address, name).await
    }

    pub fn signup(name: &str) -> Value {
        json!({
            "username": name, "email": format!("{name}@example.org"), "password": PASSWORD,
            "first_name": name, "last_name": "Example",
        })
    }

    /// The same person on another device, or another instance.
    pub async fn log_in(address: SocketAddr, name: &str) -> Self {
        let stranger = Client::new(address, None);
        let login = json!({ "login": name, "password": PASSWORD, "session": "token" });
        let login = stranger.post("/auth/login", login).await.expect(200);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Self {
            client: Client::new(address, Some(text(&login["access_token"]))),
            id: text(&login["user"]["id"]),
            refresh_token: text(&login["refresh_token"]),
        }
    }

    pub fn token(&self) -> &str {
        self.client.token.as_deref().expect("logged in")
    }

    pub async fn creates_room(&self, name: &str) -> String {
        let room = json!({ "name": name, "visibility": "public" });
        id_of(self.client.post("/rooms", room).await.expect(201))
    }

    pub async fn creates_private_room(&self, name: &str) -> String {
        let room = json!({ "name": name, "visibility": "private" });
        id_of(self.client.post("/rooms", room).await.expect(201))
    }

    pub async fn joins(&self, room: &str) {
        self.client.put(&format!("/rooms/{room}/members/me"), Value::Null).await.expect(201);
    }

    pub async fn leaves(&self, room: &str) {
        self.client.delete(&format!("/rooms/{room}/members/me")).await.expect(204);
    }

    pub async fn adds(&self, other: &Self, room: &str) {
        let path = format!("/rooms/{room}/members/{}", other.id);
        self.client.put(&path, Value::Null).await.expect(201);
    }

    pub async fn removes(&self, other: &Self, room: &str) {
        let path = format!("/rooms/{room}/members/{}", other.id);
        self.client.delete(&path).await.expect(204);
    }

    pub async fn sets_role(&self, other: &Self, room: &str, role: &str) -> Reply {
        let path = format!("/rooms/{room}/members/{}", other.id);
        self.client.patch(&path, json!({ "role": role })).await
    }

    /// Sends a message by REST.
    pub async fn says(&self, room: &str, body: &str) -> Value {
        self.says_as(room, &Uuid::new_v4().to_string(), body).await.expect(201)
    }

    /// Sends a message by REST under a `client_id`.
    pub async fn says_as(&self, room: &str, client_id: &str, body: &str) -> Reply {
        let message = json!({ "client_id": client_id, "body": body });
        self.client.post(&format!("/rooms/{room}/messages"), message).await
    }

    /// A page of messages; `query` with its question mark.
    pub async fn reads(&self, room: &str, query: &str) -> Value {
        self.client.get(&format!("/rooms/{room}/messages{query}")).await.expect(200)
    }

    /// The bodies of the newest messages.
    pub async fn bodies(&self, room: &str) -> Vec<String> {
        bodies(&self.reads(room, "?limit=100").await)
    }

    /// A socket that has been welcomed.
    pub async fn connects(&self) -> Socket {
        self.connects_to(self.client.address).await
    }

    pub async fn connects_to(&self, address: SocketAddr) -> Socket {
        let mut socket = Socket::open(address).await;
        socket.say(json!({ "type": "hello", "token": self.token() })).await;
        socket.expect("welcome").await;
        socket
    }

    /// A socket that follows a room from now on.
    pub async fn follows(&self, room: &str) -> Socket {
        let mut socket = self.connects().await;
        socket.subscribe(room, json!({})).await;
        socket.expect("subscribed").await;
        socket
    }

    /// A socket that follows a room after a place.
    pub async fn follows_after(&self, room: &str, after: i64) -> Socket {
        let mut socket = self.connects().await;
        socket.subscribe(room, json!({ "after": after })).await;
        socket.expect("subscribed").await;
        socket
    }
}

/// A moment, as requests have it.
pub fn in_an_hour() -> String {
    let moment = OffsetDateTime::now_utc() + time::Duration::HOUR;
    moment.format(&Rfc3339).expect("a moment can be written")
}

pub fn id_of(value: Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

/// The bodies of a page of messages.
pub fn bodies(page: &Value) -> Vec<String> {
    let messages = page["messages"].as_array().expect("messages");
    messages.iter().map(|message| message["body"].as_str().unwrap_or("").to_owned()).collect()
}
