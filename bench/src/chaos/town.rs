//! The people of a run and their rooms.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, ensure};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;

use super::options::Shape;
use crate::{
    client::{
        device::{Command, Device},
        doors::Doors,
        login::Login,
        me::{Me, Witness},
        rest::Reply,
    },
    cluster::Cluster,
    history::What,
};

/// Hashing passwords is the server's most expensive work.
const SIGNUPS_AT_ONCE: usize = 4;
const CALLS_AT_ONCE: usize = 8;
const PASSWORD: &str = "correct-horse-battery-staple";

/// A room; its owner is the person with this index.
#[derive(Clone, Debug)]
pub struct Room {
    pub id: Uuid,
    pub owner: usize,
    /// Indices of those who were let in at first, without the owner.
    pub guests: Vec<usize>,
    pub is_public: bool,
}

/// Somebody with a device that is kept connected.
pub struct Resident {
    pub me: Arc<Me>,
    pub device: mpsc::Sender<Command>,
    running: JoinHandle<()>,
}

impl Drop for Resident {
    fn drop(&mut self) {
        self.running.abort();
    }
}

pub struct Town {
    pub residents: Vec<Resident>,
    pub rooms: Vec<Room>,
}

/// People with accounts, and rooms with members; nobody is connected yet.
pub struct Settlers {
    people: Vec<Arc<Me>>,
    rooms: Vec<Room>,
}

impl Settlers {
    pub async fn arrive(
        cluster: &Cluster,
        witness: &Arc<Witness>,
        shape: &Shape,
        random: &mut fastrand::Rng,
    ) -> anyhow::Result<Self> {
        let doors: Vec<_> = cluster.nodes.iter().map(|node| node.from_clients.address()).collect();
        let people = stream::iter(0..shape.clients)
            .map(|client| sign_up(client, Arc::clone(witness), doors.clone()))
            .buffered(SIGNUPS_AT_ONCE)
            .try_collect::<Vec<_>>()
            .await?;
        let rooms = draw_rooms(people.len(), shape.rooms, random);
        let rooms = stream::iter(rooms)
            .map(|room| make_room(&people, room))
            .buffered(CALLS_AT_ONCE)
            .try_collect::<Vec<_>>()
            .await?;
        Ok(Self { people, rooms })
    }

    /// Everybody connects.
    pub fn connect(self, random: &mut fastrand::Rng) -> Town {
        let residents = self.people.into_iter().map(|me| {
            let (device, commander) = Device::new(Arc::clone(&me), random.fork());
            Resident { me, device: commander, running: tokio::spawn(device.run()) }
        });
        Town { residents: residents.collect(), rooms: self.rooms }
    }
}

impl Town {
    /// Waits until everybody follows something, at most for a while.
    pub async fn is_awake(&self, patience: Duration) -> bool {
        let waiting = async {
            for resident in &self.residents {
                while resident.me.rooms.lock().live().is_empty() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        };
        tokio::time::timeout(patience, waiting).await.is_ok()
    }
}

async fn sign_up(
    client: u32,
    witness: Arc<Witness>,
    addresses: Vec<std::net::SocketAddr>,
) -> anyhow::Result<Arc<Me>> {
    #[derive(Deserialize)]
    struct Account {
        id: Uuid,
    }
    let [high, low] = u16::try_from(client).unwrap_or(u16::MAX).to_be_bytes();
    // An address of one's own: everything under 127 is this machine (RFC 1122, 3.2.1.3).
    let source = IpAddr::V4(Ipv4Addr::new(127, 1, high, low.max(1)));
    let doors = Doors::new(addresses, source)?;
    let username = format!("person-{client}");
    let body = json!({
        "username": username,
        "email": format!("{username}@chaos.test"),
        "password": PASSWORD,
        "first_name": "Ada",
        "last_name": format!("Number {client}"),
    });
    let door = client as usize;
    let path = "/api/v1/auth/signup";
    let answer = doors.request(door, Method::POST, path, None, Some(&body)).await?;
    ensure!(answer.status == 201, "signing up answered {}: {}", answer.status, answer.text);
    let Account { id: user_id } = serde_json::from_str(&answer.text)?;
    witness.record(What::Client { client, user_id });
    let login = Login::new(username, PASSWORD.to_owned());
    login.access_token(&doors, &witness.tally).await;
    let (rooms, knowledge) = Default::default();
    Ok(Arc::new(Me { client, user_id, witness, doors, login, rooms, knowledge }))
}

/// Everybody is in two or three rooms; the first people own one each. Every other room is
/// public.
fn draw_rooms(people: usize, rooms: usize, random: &mut fastrand::Rng) -> Vec<Room> {
    let new_room =
        |owner| Room { id: Uuid::nil(), owner, guests: Vec::new(), is_public: owner % 2 == 0 };
    let mut rooms: Vec<Room> = (0..rooms).map(new_room).collect();
    for person in 0..people {
        let mut choice: Vec<usize> = (0..rooms.len()).filter(|room| *room != person).collect();
        random.shuffle(&mut choice);
        let more = random.usize(2..=3) - usize::from(person < rooms.len());
        for room in choice.into_iter().take(more) {
            rooms[room].guests.push(person);
        }
    }
    rooms
}

async fn make_room(people: &[Arc<Me>], mut room: Room) -> anyhow::Result<Room> {
    #[derive(Deserialize)]
    struct Made {
        id: Uuid,
    }
    let owner = &people[room.owner];
    let visibility = if room.is_public { "public" } else { "private" };
    let body = json!({ "name": format!("room-{}", room.owner), "visibility": visibility });
    let made = prepare(owner, Method::POST, "/api/v1/rooms", Some(&body)).await?;
    room.id = serde_json::from_str::<Made>(&made)?.id;
    for guest in &room.guests {
        let guest = people[*guest].user_id;
        let path = format!("/api/v1/rooms/{}/members/{guest}", room.id);
        prepare(owner, Method::PUT, &path, None).await?;
    }
    Ok(room)
}

async fn prepare(
    me: &Me,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> anyhow::Result<String> {
    match me.call(me.client as usize, method, path, body).await {
        Reply::Done { text, .. } => Ok(text),
        other => Err(anyhow::anyhow!("{other:?}")).context(path.to_owned()),
    }
}
