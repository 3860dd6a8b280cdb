//! A socket that is kept open, whatever happens: connects to one instance after the other,
//! says where it stands in its rooms, sends again what wasn't acknowledged, and lives until
//! nothing is heard any more.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use super::{
    backoff::Backoff,
    frames::Say,
    me::Me,
    outbox::{Outbox, Send},
    pages::{NoPage, Page},
    rooms::{Mark, State},
    socket::{self, Failure, Socket},
};
use crate::history::{ConnectionId, Seq, What};

/// How often a client asks whether the server is there, and when it stops believing it. A
/// tenth of what the protocol has, so that a run has time for many faults.
const PING_EVERY: Duration = Duration::from_secs(2);
const SILENCE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
const WRITE_WITHIN: Duration = Duration::from_secs(5);
/// How often it is looked after what is due.
const TICK: Duration = Duration::from_millis(100);
const QUEUE_LENGTH: usize = 64;

const TOKEN_INVALID: u16 = 4401;

/// What a person asks of their device.
pub enum Command {
    Send(Send),
    /// Read nothing for a while; before that, ask for everything from the beginning, if so.
    Stall {
        pause: Duration,
        from_the_beginning: bool,
    },
}

pub struct Device {
    pub(super) me: Arc<Me>,
    commands: mpsc::Receiver<Command>,
    pub(super) outbox: Outbox,
    pub(super) random: fastrand::Rng,
    last_id: u64,
    /// What was asked for by each `subscribe` under way.
    pub(super) asked: HashMap<(u64, Uuid), Option<Seq>>,
    /// Subscriptions to be asked for again, and when.
    pub(super) again: Vec<(Instant, Uuid)>,
    loads: mpsc::Sender<(Uuid, Result<Page, NoPage>)>,
    loaded: mpsc::Receiver<(Uuid, Result<Page, NoPage>)>,
    /// Frames that are to leave.
    outgoing: Vec<String>,
    pub(super) connection: ConnectionId,
    pub(super) door: usize,
    pub(super) epoch: String,
    pub(super) bye: Option<Duration>,
}

/// How a connection ended.
struct Ended {
    was_welcome: bool,
    code: Option<u16>,
}

impl Device {
    /// A device, and the way to command it.
    pub fn new(me: Arc<Me>, random: fastrand::Rng) -> (Self, mpsc::Sender<Command>) {
        let (commander, commands) = mpsc::channel(QUEUE_LENGTH);
        let (loads, loaded) = mpsc::channel(QUEUE_LENGTH);
        let device = Self {
            door: me.client as usize,
            me,
            commands,
            outbox: Outbox::default(),
            random,
            last_id: 0,
            asked: HashMap::new(),
            again: Vec::new(),
            loads,
            loaded,
            outgoing: Vec::new(),
            connection: 0,
            epoch: String::new(),
            bye: None,
        };
        (device, commander)
    }

    /// Connects again and again; ends when dropped.
    pub async fn run(mut self) {
        let mut backoff = Backoff::up_to(LONGEST_PAUSE);
        loop {
            let ended = self.connect().await;
            self.outbox.connection_lost();
            self.me.rooms.lock().connection_lost();
            self.asked.clear();
            self.again.clear();
            self.outgoing.clear();
            if ended.code == Some(TOKEN_INVALID) {
                let token = self.token().await;
                self.me.login.renewed(&token, &self.me.doors, &self.me.witness.tally).await;
            }
            if ended.was_welcome {
                backoff.succeeded();
            }
            self.door += 1;
            let pause = self.bye.take().unwrap_or_else(|| backoff.next(&mut self.random));
            tokio::time::sleep(pause).await;
        }
    }

    async fn token(&self) -> String {
        self.me.login.access_token(&self.me.doors, &self.me.witness.tally).await
    }

    async fn connect(&mut self) -> Ended {
        let token = self.token().await;
        let (mut socket, welcome) = match socket::open(&self.me.doors, self.door, &token).await {
            Ok(opened) => opened,
            Err(Failure::Closed(code)) => return Ended { was_welcome: false, code: Some(code) },
            Err(Failure::Unreachable) => return Ended { was_welcome: false, code: None },
        };
        let (client, witness) = (self.me.client, Arc::clone(&self.me.witness));
        self.connection = witness.new_connection();
        self.epoch.clone_from(&welcome.epoch);
        witness.tally.connections.add(1);
        let instance = u32::try_from(self.door % self.me.doors.count()).unwrap_or_default();
        let (connection, epoch) = (self.connection, welcome.epoch);
        witness.record(What::Connected { client, connection, instance, epoch });

        let joined = welcome.rooms.iter().map(|room| room.room_id);
        let rooms = self.me.rooms.lock().to_follow(joined);
        self.follow(rooms);
        let code = self.live(&mut socket).await;
        witness.tally.disconnections.add(1);
        witness.record(What::Disconnected { client, connection, code });
        Ended { was_welcome: true, code }
    }

    /// Serves one connection until it ends; returns the close code, if one came.
    async fn live(&mut self, socket: &mut Socket) -> Option<u16> {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let (mut heard_at, mut pinged_at, mut pings) = (Instant::now(), Instant::now(), 0);
        loop {
            tokio::select! {
                message = socket.next() => match message {
                    Some(Ok(Message::Text(text))) => {
                        heard_at = Instant::now();
                        self.hear(text.as_str());
                    }
                    Some(Ok(Message::Close(close))) => return close.map(|it| it.code.into()),
                    Some(Ok(_)) => heard_at = Instant::now(),
                    Some(Err(_)) | None => return None,
                },
                Some(command) = self.commands.recv() => {
                    if let Some(pause) = self.obey(command) {
                        self.write(socket).await?;
                        tokio::time::sleep(pause).await;
                        heard_at = Instant::now();
                    }
                }
                Some((room_id, page)) = self.loaded.recv() => self.loaded(room_id, page),
                _ = tick.tick() => {
                    if heard_at.elapsed() > SILENCE {
                        return None;
                    }
                    if pinged_at.elapsed() > PING_EVERY {
                        pinged_at = Instant::now();
                        pings += 1;
                        self.say(&Say::Ping { n: pings });
                    }
                    self.follow_again();
                }
            }
            self.write(socket).await?;
        }
    }

    /// Writes what is to leave, and sends that are due. Nothing when that can't be done.
    async fn write(&mut self, socket: &mut Socket) -> Option<()> {
        let mut frames = std::mem::take(&mut self.outgoing);
        frames.extend(self.outbox.due());
        if frames.is_empty() {
            return Some(());
        }
        let writing = async {
            for frame in frames {
                socket.feed(Message::text(frame)).await?;
            }
            socket.flush().await
        };
        tokio::time::timeout(WRITE_WITHIN, writing).await.ok()?.ok()
    }

    /// Does what the person asks for; returns how long not to read.
    fn obey(&mut self, command: Command) -> Option<Duration> {
        match command {
            Command::Send(send) => {
                let id = self.new_id();
                self.outbox.push(id, send);
                None
            }
            Command::Stall { pause, from_the_beginning } => {
                if from_the_beginning {
                    self.forget_places();
                }
                Some(pause)
            }
        }
    }

    /// Forgets how far it has read, and asks for all of it.
    fn forget_places(&mut self) {
        let live = self.me.rooms.lock().live();
        for room_id in &live {
            let mark = Mark { epoch: self.epoch.clone(), seq: 0 };
            self.me.rooms.lock().room(*room_id).mark = Some(mark);
        }
        self.follow(live);
    }

    /// Begins to follow rooms, each from where it stands.
    pub(super) fn follow(&mut self, rooms: Vec<Uuid>) {
        let id = self.new_id();
        let mut places = Vec::new();
        for room_id in rooms {
            let mark = self.me.rooms.lock().room(room_id).mark.clone();
            // Who comes for the first time begins in any of the three ways there are.
            let mark = match mark {
                None if self.random.bool() => {
                    self.load(room_id);
                    continue;
                }
                None if self.random.bool() => Some(Mark { epoch: self.epoch.clone(), seq: 0 }),
                mark => mark,
            };
            self.me.rooms.lock().room(room_id).state = State::Asked;
            let (epoch, after) = mark.map(|mark| (mark.epoch, mark.seq)).unzip();
            self.asked.insert((id, room_id), after);
            places.push(super::frames::Place { room_id, epoch, after });
        }
        if !places.is_empty() {
            self.say(&Say::Subscribe { id, rooms: places });
        }
    }

    fn follow_again(&mut self) {
        let now = Instant::now();
        let due = self.again.extract_if(.., |(at, _)| *at <= now);
        let due: Vec<Uuid> = due.map(|(_, room_id)| room_id).collect();
        if !due.is_empty() {
            self.follow(due);
        }
    }

    /// Loads the newest page of a room, to begin after it.
    pub(super) fn load(&mut self, room_id: Uuid) {
        self.me.rooms.lock().room(room_id).state = State::Loading;
        let (me, loads, door) = (Arc::clone(&self.me), self.loads.clone(), self.door);
        tokio::spawn(async move {
            let page = super::pages::read(&me, door, room_id, "limit=20").await;
            // A device that is gone needs no page.
            let _ = loads.send((room_id, page)).await;
        });
    }

    pub(super) fn say(&mut self, frame: &Say<'_>) {
        self.outgoing.push(frame.text());
    }

    fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}
