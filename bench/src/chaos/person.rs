//! What one person does all day: writes over both doors, sometimes twice, changes what they
//! wrote, reacts, comes and goes, and reads. Several things at once, as a device does it.

use std::{sync::Arc, time::Duration};

use reqwest::Method;
use serde_json::json;
use tokio::{
    sync::{Semaphore, mpsc, oneshot, watch},
    task::JoinSet,
};
use uuid::Uuid;

use super::membership;
use crate::{
    client::{
        ask::{AnswerShape, Request, ask},
        device::Command,
        me::Me,
        operation::Operation,
        outbox::Send,
        pages,
    },
    history::{Action, Digest},
};

const AT_ONCE: usize = 4;
/// Between two ideas of one person, at most.
const MAX_PAUSE_MS: u64 = 1_100;
const EMOJI: [&str; 6] = ["+1", "heart", "eyes", "tada", "rocket", "shipit"];
/// One message in this many is long.
const LONG_ONE_IN: u8 = 25;
const LONG_BYTES: std::ops::Range<usize> = 2_000..12_000;
const AWAY_MS: std::ops::Range<u64> = 200..3_000;

/// A room that the person owns, and whom they may remove from it.
#[derive(Clone)]
pub struct Owned {
    pub room_id: Uuid,
    pub guests: Vec<Uuid>,
}

pub struct Person {
    pub me: Arc<Me>,
    pub device: mpsc::Sender<Command>,
    pub owned: Option<Owned>,
    /// Public rooms, which anybody may join.
    pub public: Arc<Vec<Uuid>>,
    pub random: fastrand::Rng,
}

impl Person {
    /// Lives until told to stop; returns when everything begun is answered.
    pub async fn live(mut self, mut is_over: watch::Receiver<bool>) {
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        let mut begun = JoinSet::new();
        loop {
            let pause = Duration::from_millis(self.random.u64(0..MAX_PAUSE_MS));
            let ready = async {
                tokio::time::sleep(pause).await;
                Arc::clone(&slots).acquire_owned().await
            };
            tokio::select! {
                _ = is_over.wait_for(|is_over| *is_over) => break,
                // Never closed, so this only waits.
                Ok(slot) = ready => {
                    let idea = self.idea();
                    begun.spawn(async move {
                        idea.await;
                        drop(slot);
                    });
                }
            }
            while begun.try_join_next().is_some() {}
        }
        begun.join_all().await;
    }

    /// Something to do.
    fn idea(&mut self) -> futures_util::future::BoxFuture<'static, ()> {
        let room = self.room();
        let Some(room) = room else { return self.join() };
        match self.random.u8(0..100) {
            0..60 => self.write(room, Way::Socket),
            60..70 => self.write(room, Way::Rest),
            70..74 => self.write(room, Way::Both),
            74..78 => self.write(room, Way::Again),
            78..84 => self.edit(room),
            84..87 => self.delete(room),
            87..93 => self.react(room, true),
            93..95 => self.react(room, false),
            95..97 => self.read(room),
            97..98 => self.join(),
            _ => self.remove_or_leave(room),
        }
    }

    /// Mostly one that is followed; sometimes one from which the person was removed.
    fn room(&mut self) -> Option<Uuid> {
        let rooms = self.me.rooms.lock();
        if self.random.u8(0..20) == 0
            && let Some(room) = self.random.choice(rooms.away())
        {
            return Some(room);
        }
        self.random.choice(rooms.live())
    }

    fn write(&mut self, room_id: Uuid, way: Way) -> futures_util::future::BoxFuture<'static, ()> {
        let (me, device, door) = (Arc::clone(&self.me), self.device.clone(), self.door());
        let client_id = Uuid::new_v4().simple().to_string();
        let body = self.body(&client_id);
        let reply_to = (self.random.u8(0..8) == 0)
            .then(|| self.me.knowledge.lock().any(room_id, &mut self.random))
            .flatten()
            .map(|known| known.message_id);
        let message = Draft { room_id, client_id, body, reply_to };
        Box::pin(async move { message.send(&me, &device, way, door).await })
    }

    fn body(&mut self, name: &str) -> String {
        let mut body = format!("This is {name}.");
        if self.random.u8(0..LONG_ONE_IN) == 0 {
            let length = self.random.usize(LONG_BYTES);
            body.extend(std::iter::repeat_with(|| self.random.alphanumeric()).take(length));
        }
        body
    }

    fn edit(&mut self, room_id: Uuid) -> futures_util::future::BoxFuture<'static, ()> {
        let (me, door, author) = (Arc::clone(&self.me), self.door(), self.me.user_id);
        let known = self.me.knowledge.lock().any_by(author, room_id, &mut self.random);
        let Some(known) = known else { return Box::pin(std::future::ready(())) };
        let body = self.body(&format!("edit {}", Uuid::new_v4().simple()));
        let message_id = known.message_id;
        Box::pin(async move {
            let action = Action::Edit { message_id, body: Digest::of(&body) };
            let operation = Operation::invoke(&me, room_id, action, 1);
            let path = format!("/api/v1/rooms/{room_id}/messages/{message_id}");
            let body = Some(json!({ "body": body }));
            let request =
                Request { method: Method::PATCH, path, body, answer: AnswerShape::Changed };
            ask(&me, &operation, request, door).await;
        })
    }

    fn delete(&mut self, room_id: Uuid) -> futures_util::future::BoxFuture<'static, ()> {
        let (me, door, author) = (Arc::clone(&self.me), self.door(), self.me.user_id);
        let known = self.me.knowledge.lock().any_by(author, room_id, &mut self.random);
        let Some(known) = known else { return Box::pin(std::future::ready(())) };
        let message_id = known.message_id;
        Box::pin(async move {
            let operation = Operation::invoke(&me, room_id, Action::Delete { message_id }, 1);
            let path = format!("/api/v1/rooms/{room_id}/messages/{message_id}");
            let answer = AnswerShape::Done;
            let request = Request { method: Method::DELETE, path, body: None, answer };
            ask(&me, &operation, request, door).await;
        })
    }

    fn react(&mut self, room: Uuid, is_set: bool) -> futures_util::future::BoxFuture<'static, ()> {
        let (me, door) = (Arc::clone(&self.me), self.door());
        let known = self.me.knowledge.lock().any(room, &mut self.random);
        let Some(known) = known else { return Box::pin(std::future::ready(())) };
        let emoji = EMOJI[self.random.usize(0..EMOJI.len())];
        let message_id = known.message_id;
        Box::pin(async move {
            let name = emoji.to_owned();
            let (method, action) = if is_set {
                (Method::PUT, Action::React { message_id, emoji: name })
            } else {
                (Method::DELETE, Action::Unreact { message_id, emoji: name })
            };
            let operation = Operation::invoke(&me, room, action, 1);
            let path = format!("/api/v1/rooms/{room}/messages/{message_id}/reactions/{emoji}");
            // What changed last is unknown where nothing may have changed.
            let request = Request { method, path, body: None, answer: AnswerShape::Done };
            ask(&me, &operation, request, door).await;
        })
    }

    fn read(&mut self, room: Uuid) -> futures_util::future::BoxFuture<'static, ()> {
        let (me, door) = (Arc::clone(&self.me), self.door());
        Box::pin(async move {
            // What can't be read now is read another time.
            let _ = pages::read(&me, door, room, "limit=30").await;
        })
    }

    fn join(&mut self) -> futures_util::future::BoxFuture<'static, ()> {
        let (me, door) = (Arc::clone(&self.me), self.door());
        let Some(room) = self.random.choice(self.public.iter().copied()) else {
            return Box::pin(std::future::ready(()));
        };
        Box::pin(async move { membership::change(&me, room, Action::Join, door).await })
    }

    /// Owners remove one of their guests for a while; others leave, where they can come back.
    fn remove_or_leave(&mut self, room: Uuid) -> futures_util::future::BoxFuture<'static, ()> {
        let (me, door) = (Arc::clone(&self.me), self.door());
        if let Some(Owned { room_id, guests }) = &self.owned {
            let room_id = *room_id;
            let Some(guest) = self.random.choice(guests.iter().copied()) else {
                return Box::pin(std::future::ready(()));
            };
            let away = Duration::from_millis(self.random.u64(AWAY_MS));
            return Box::pin(async move {
                membership::remove_for_a_while(&me, room_id, guest, away, door).await;
            });
        }
        if !self.public.contains(&room) {
            return Box::pin(std::future::ready(()));
        }
        let away = Duration::from_millis(self.random.u64(AWAY_MS));
        Box::pin(async move {
            membership::change(&me, room, Action::Leave, door).await;
            tokio::time::sleep(away).await;
            membership::change(&me, room, Action::Join, door).await;
        })
    }

    fn door(&mut self) -> usize {
        self.random.usize(0..self.me.doors.count())
    }
}

/// Which door a message goes through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Socket,
    Rest,
    /// Two copies at once.
    Both,
    /// Over the socket, and once more over REST when it was acknowledged.
    Again,
}

struct Draft {
    room_id: Uuid,
    client_id: String,
    body: String,
    reply_to: Option<Uuid>,
}

impl Draft {
    async fn send(self, me: &Arc<Me>, device: &mpsc::Sender<Command>, way: Way, door: usize) {
        let (client_id, body) = (self.client_id.clone(), Digest::of(&self.body));
        let action = Action::Send { client_id, body, reply_to: self.reply_to };
        let copies = if way == Way::Both { 2 } else { 1 };
        let operation = Operation::invoke(me, self.room_id, action, copies);
        match way {
            Way::Socket => self.over_socket(&operation, device).await,
            Way::Rest => self.over_rest(me, &operation, door).await,
            Way::Both => {
                tokio::join!(
                    self.over_socket(&operation, device),
                    self.over_rest(me, &operation, door)
                );
            }
            Way::Again => {
                self.over_socket(&operation, device).await;
                if operation.is_acked() {
                    operation.copy();
                    self.over_rest(me, &operation, door).await;
                }
            }
        }
    }

    async fn over_socket(&self, operation: &Arc<Operation>, device: &mpsc::Sender<Command>) {
        let (answered, answer) = oneshot::channel();
        let send = Send {
            operation: Arc::clone(operation),
            room_id: self.room_id,
            client_id: self.client_id.clone(),
            body: self.body.clone(),
            reply_to: self.reply_to,
            answered,
        };
        if device.send(Command::Send(send)).await.is_ok() {
            // Dropping the other end is the answer.
            let _ = answer.await;
        }
    }

    async fn over_rest(&self, me: &Arc<Me>, operation: &Operation, door: usize) {
        let mut body = json!({ "client_id": self.client_id, "body": self.body });
        if let Some(reply_to) = self.reply_to {
            body["reply_to"] = json!(reply_to);
        }
        let path = format!("/api/v1/rooms/{}/messages", self.room_id);
        let request =
            Request { method: Method::POST, path, body: Some(body), answer: AnswerShape::Sent };
        ask(me, operation, request, door).await;
    }
}
