//! Everybody there is, and rooms to try them in.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Client, Data, Person, Socket, TestApp, id_of, in_an_hour};

/// As whom somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    Anonymous,
    Garbage,
    Expired,
    LoggedOut,
    Disabled,
    /// An API token that was made for something else.
    Bot,
    Outsider,
    Removed,
    Member,
    Admin,
    Owner,
    ServerAdmin,
}

impl Identity {
    pub const ALL: [Self; 12] = [
        Self::Anonymous,
        Self::Garbage,
        Self::Expired,
        Self::LoggedOut,
        Self::Disabled,
        Self::Bot,
        Self::Outsider,
        Self::Removed,
        Self::Member,
        Self::Admin,
        Self::Owner,
        Self::ServerAdmin,
    ];

    pub const LOGGED_IN: [Self; 6] =
        [Self::Outsider, Self::Removed, Self::Member, Self::Admin, Self::Owner, Self::ServerAdmin];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomKind {
    Public,
    Private,
    /// Public and archived.
    Archived,
}

impl RoomKind {
    pub const ALL: [Self; 3] = [Self::Public, Self::Private, Self::Archived];
}

/// A room in which everybody stands as they should, with a message of the plain member's.
pub struct Room {
    pub id: String,
    pub message: String,
}

pub struct Cast {
    pub app: TestApp,
    owner: Person,
    /// A plain member to whom things are done.
    pub target: Person,
    server_admin: Person,
    admin: Person,
    member: Person,
    removed: Person,
    outsider: Person,
    disabled: Client,
    logged_out: Client,
    expired: Client,
    /// May write rooms, and nothing else; and one that may read messages, and nothing else.
    room_bot: Client,
    message_bot: Client,
}

impl Cast {
    pub async fn assemble() -> Self {
        let data = Data::fresh().await;
        let app = TestApp::on(&data, &[]).await;
        // The first account administers the server.
        let server_admin = app.person("root").await;
        let owner = app.person("owner").await;
        let member = app.person("member").await;
        let disabled = app.person("disabled").await;
        let path = format!("/admin/users/{}", disabled.id);
        server_admin.client.patch(&path, json!({ "is_disabled": true })).await.expect(200);
        Self {
            logged_out: logged_out(&app).await,
            expired: expired(&app, &data).await,
            room_bot: bot(&member, "rooms:write").await,
            message_bot: bot(&member, "messages:read").await,
            target: app.person("target").await,
            admin: app.person("admin").await,
            removed: app.person("removed").await,
            outsider: app.person("outsider").await,
            disabled: disabled.client,
            server_admin,
            owner,
            member,
            app,
        }
    }

    /// A room that nobody has changed.
    pub async fn room(&self, kind: RoomKind) -> Room {
        let name = format!("r{}", uuid::Uuid::new_v4());
        let visibility = if kind == RoomKind::Private { "private" } else { "public" };
        let room = json!({ "name": name, "visibility": visibility });
        let id = id_of(self.owner.client.post("/rooms", room).await.expect(201));
        for person in [&self.admin, &self.member, &self.removed, &self.target] {
            self.owner.adds(person, &id).await;
        }
        self.owner.sets_role(&self.admin, &id, "admin").await.expect(200);
        let message = id_of(self.member.says(&id, "hello").await);
        self.owner.removes(&self.removed, &id).await;
        if kind == RoomKind::Archived {
            let archived = json!({ "archived": true });
            self.owner.client.patch(&format!("/rooms/{id}"), archived).await.expect(200);
        }
        Room { id, message }
    }

    pub fn client(&self, identity: Identity, needs_rooms_write: bool) -> Client {
        let somebody = |person: &Person| person.client.clone();
        match identity {
            Identity::Anonymous => self.app.stranger(),
            Identity::Garbage => Client::new(self.app.address, Some("garbage".to_owned())),
            Identity::Expired => self.expired.clone(),
            Identity::LoggedOut => self.logged_out.clone(),
            Identity::Disabled => self.disabled.clone(),
            Identity::Bot if needs_rooms_write => self.message_bot.clone(),
            Identity::Bot => self.room_bot.clone(),
            Identity::Outsider => somebody(&self.outsider),
            Identity::Removed => somebody(&self.removed),
            Identity::Member => somebody(&self.member),
            Identity::Admin => somebody(&self.admin),
            Identity::Owner => somebody(&self.owner),
            Identity::ServerAdmin => somebody(&self.server_admin),
        }
    }

    /// A socket that was welcomed.
    pub async fn greets(&self, identity: Identity) -> Socket {
        let mut socket = Socket::open(self.app.address).await;
        let token = self.client(identity, false).token;
        socket.say(json!({ "type": "hello", "token": token })).await;
        socket.expect("welcome").await;
        socket
    }
}

async fn logged_out(app: &TestApp) -> Client {
    let person = app.person("logged-out").await;
    let body = json!({ "refresh_token": person.refresh_token });
    app.stranger().post("/auth/logout", body).await.expect(204);
    person.client
}

/// Somebody whose access token has run out, by an instance that hands out short ones.
async fn expired(app: &TestApp, data: &Data) -> Client {
    let hasty = TestApp::on(data, &["--access-token-s=1"]).await;
    let token = hasty.person("expired").await.client.token;
    let client = Client::new(app.address, token);
    let started = Instant::now();
    while client.get("/users/me").await.status != 401 {
        assert!(started.elapsed() < Duration::from_secs(10), "it still counts");
    }
    client
}

async fn bot(owner: &Person, scope: &str) -> Client {
    let token = json!({ "name": "b", "scopes": [scope], "expires_at": in_an_hour() });
    let made = owner.client.post("/users/me/tokens", token).await.expect(201);
    Client::new(owner.client.address, made["token"].as_str().map(ToOwned::to_owned))
}
