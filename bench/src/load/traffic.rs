//! People chat, at a rate or as fast as answers come.

mod sending;

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    path::Path,
    rc::Rc,
    time::{Duration, Instant},
};

use reqwest::{Client, Method};
use serde_json::json;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::{
    counts::{Counts, Place, Verdict, record},
    dialect::{self, Heard},
    link::{Link, read, write},
    people::{self, PASSWORD, People},
    report::Figures,
    scenario::{Drive, Server, Traffic},
    subject::Subject,
    wire::{self, Opcode},
};

const WARM_UP: Duration = Duration::from_secs(2);
/// How long deliveries may take after the last message.
const DRAIN: Duration = Duration::from_secs(10);

struct Run {
    plan: Traffic,
    server: Server,
    started: Instant,
    /// Latencies count from here.
    measured_from: Cell<Duration>,
    is_over: Cell<bool>,
    counts: RefCell<Counts>,
    rooms: Vec<Room>,
}

#[derive(Default)]
struct Room {
    id: Uuid,
    sent: Cell<u64>,
    delivered: Cell<u64>,
    /// The messages that receivers are owed.
    committed: Cell<u64>,
    senders: RefCell<Vec<Rc<Socket>>>,
}

struct Socket {
    stream: tokio::net::TcpStream,
    room: usize,
    /// Nothing when it doesn't follow the room.
    place: Option<RefCell<Place>>,
    /// When each message that waits for its ack was meant to be sent.
    unacked: RefCell<HashMap<u64, Duration>>,
}

pub async fn run(plan: &Traffic, server: Server, programs: &Path) -> anyhow::Result<Figures> {
    let subject = Subject::start(server, programs).await?;
    let people = if server.is_devschat() {
        people::gather(subject.addresses[0], plan.rooms).await?
    } else {
        let rooms = (0..plan.rooms).map(|room| Uuid::from_u128(room as u128)).collect();
        People { tokens: Vec::new(), rooms }
    };
    let rooms = people.rooms.iter().map(|id| Room { id: *id, ..Room::default() }).collect();
    let run = Rc::new(Run {
        plan: plan.clone(),
        server,
        started: Instant::now(),
        measured_from: Cell::new(Duration::MAX),
        is_over: Cell::new(false),
        counts: RefCell::new(Counts::new()?),
        rooms,
    });
    let connecting = Instant::now();
    let mut listening = Vec::new();
    for room in 0..plan.rooms {
        for index in 0..plan.receivers.max(plan.senders) {
            listening.push(run.open(&subject, &people, room, index).await?);
        }
    }
    let connected = listening.len() as f64 / connecting.elapsed().as_secs_f64();

    let sending = tokio::task::spawn_local(Rc::clone(&run).send_all());
    let logging_in: Vec<_> = (0..plan.logins).map(|index| log_in(&subject, index)).collect();
    tokio::time::sleep(WARM_UP).await;
    run.measured_from.set(run.started.elapsed());
    let (cpu, from) = (subject.cpu(), Instant::now());
    let before = run.snapshot();
    tokio::time::sleep(Duration::from_secs(plan.seconds)).await;
    let (cpu_after, seconds) = (subject.cpu(), from.elapsed().as_secs_f64());
    let after = run.snapshot();
    run.is_over.set(true);
    logging_in.iter().for_each(JoinHandle::abort);
    sending.await??;
    run.drain().await;
    listening.iter().for_each(JoinHandle::abort);

    let counts = run.counts.borrow();
    let owed: u64 = run.rooms.iter().map(|room| room.committed.get()).sum();
    let owed = owed * plan.receivers as u64;
    Ok(Figures {
        connects_per_s: Some(connected),
        sent_per_s: Some((after.sent - before.sent) as f64 / seconds),
        acked_per_s: Some((after.acked - before.acked) as f64 / seconds),
        delivered_per_s: Some((after.delivered - before.delivered) as f64 / seconds),
        ack_ms: Some((&counts.ack).into()),
        end_to_end_ms: Some((&counts.end_to_end).into()),
        // Without receivers nothing is owed to anybody.
        lost: (plan.receivers > 0)
            .then(|| owed as i64 - (counts.delivered - counts.doubled) as i64),
        unanswered: server.acknowledges().then(|| counts.sent - counts.acked - counts.refused),
        doubled: Some(counts.doubled),
        reordered: Some(counts.reordered),
        refused: Some(counts.refused),
        peak_rss_kib: Some(subject.memory_kib("VmHWM")),
        ..Figures::default()
    }
    .with_cpu(
        cpu_after.server - cpu.server,
        cpu_after.backing.saturating_sub(cpu.backing),
        after.delivered - before.delivered,
        after.acked - before.acked,
    ))
}

#[derive(Clone, Copy)]
struct Snapshot {
    sent: u64,
    acked: u64,
    delivered: u64,
}

impl Run {
    async fn open(
        self: &Rc<Self>,
        subject: &Subject,
        people: &People,
        room: usize,
        index: usize,
    ) -> anyhow::Result<JoinHandle<()>> {
        let is_sender = index < self.plan.senders;
        let mut place = None;
        let link = if self.server.is_devschat() {
            let token = &people.tokens[(room + index) % people.tokens.len()];
            let instance = if is_sender { 0 } else { subject.addresses.len() - 1 };
            let mut link = Link::hello(subject.addresses[instance], index, token).await?;
            if index < self.plan.receivers {
                let last = link.subscribe(self.rooms[room].id, None).await?;
                place = Some(RefCell::new(Place::after(last)));
            }
            link
        } else {
            let follows = self.server != Server::SocketIo || index < self.plan.receivers;
            place = follows.then(RefCell::default);
            let address = subject.addresses[0];
            match self.server {
                Server::SocketIo => {
                    Link::socket_io(address, index, self.rooms[room].id, follows).await?
                }
                _ => Link::open(address, index, &format!("/rooms/{room}")).await?,
            }
        };
        let Link { stream, unheard } = link;
        let socket = Rc::new(Socket { stream, room, place, unacked: RefCell::default() });
        if is_sender {
            self.rooms[room].senders.borrow_mut().push(Rc::clone(&socket));
        }
        let run = Rc::clone(self);
        Ok(tokio::task::spawn_local(async move {
            // Ends with the server, or because it closed the socket: what is then missing
            // counts as lost.
            if let Err(error) = run.listen(&socket, unheard).await
                && !run.is_over.get()
            {
                eprintln!("load: {error:#}");
            }
        }))
    }

    async fn listen(&self, socket: &Rc<Socket>, mut bytes: Vec<u8>) -> anyhow::Result<()> {
        loop {
            let mut heard = 0;
            while let Some((opcode, content)) = wire::first_frame(&bytes[heard..]) {
                let frame = &bytes[heard..][content.clone()];
                match opcode {
                    Opcode::Text => self.hear(socket, frame).await?,
                    Opcode::Ping => write(&socket.stream, &wire::pong(frame)).await?,
                    Opcode::Close => anyhow::bail!("closed: {}", String::from_utf8_lossy(frame)),
                    Opcode::Other => {}
                }
                heard += content.end;
            }
            bytes.drain(..heard);
            read(&socket.stream, &mut bytes).await?;
        }
    }

    async fn hear(&self, socket: &Rc<Socket>, frame: &[u8]) -> anyhow::Result<()> {
        match dialect::hear(frame) {
            Heard::Events(from, to) => {
                self.count(socket, from, to, frame);
                self.refill(&self.rooms[socket.room]).await
            }
            Heard::Ack(id) => {
                self.acked(socket, id);
                if matches!(self.plan.drive, Drive::UnackedPerSender(_)) && !self.is_over.get() {
                    return self.send(socket, self.started.elapsed()).await;
                }
                Ok(())
            }
            Heard::Refused => {
                self.counts.borrow_mut().refused += 1;
                Ok(())
            }
            Heard::Ping => write(&socket.stream, &wire::text(dialect::PONG)).await,
            _ => Ok(()),
        }
    }

    fn count(&self, socket: &Socket, from: u64, to: u64, frame: &[u8]) {
        let Some(place) = &socket.place else { return };
        let now = self.started.elapsed();
        let mut counts = self.counts.borrow_mut();
        let mut place = place.borrow_mut();
        for seq in from..=to {
            match place.hear(seq) {
                Verdict::New => {}
                Verdict::Doubled => counts.doubled += 1,
                Verdict::Reordered => counts.reordered += 1,
            }
        }
        counts.delivered += to - from + 1;
        let room = &self.rooms[socket.room];
        room.delivered.set(room.delivered.get() + to - from + 1);
        for intended in dialect::stamps(frame) {
            if intended >= self.measured_from.get() {
                record(&mut counts.end_to_end, now.saturating_sub(intended));
            }
        }
    }

    fn acked(&self, socket: &Socket, id: u64) {
        let Some(intended) = socket.unacked.borrow_mut().remove(&id) else { return };
        let room = &self.rooms[socket.room];
        room.committed.set(room.committed.get() + 1);
        let mut counts = self.counts.borrow_mut();
        counts.acked += 1;
        if intended >= self.measured_from.get() {
            record(&mut counts.ack, self.started.elapsed().saturating_sub(intended));
        }
    }

    async fn drain(&self) {
        let deadline = Instant::now() + DRAIN;
        let is_done = |room: &Room| {
            room.committed.get() == room.sent.get()
                && room.delivered.get() >= room.committed.get() * self.plan.receivers as u64
        };
        while !self.rooms.iter().all(is_done) && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn snapshot(&self) -> Snapshot {
        let counts = self.counts.borrow();
        Snapshot { sent: counts.sent, acked: counts.acked, delivered: counts.delivered }
    }
}

/// Somebody who logs in again and again.
fn log_in(subject: &Subject, index: usize) -> JoinHandle<()> {
    let address = subject.addresses[0];
    tokio::task::spawn_local(async move {
        let http = Client::new();
        loop {
            let login = people::username(index % 10);
            let body = json!({ "login": login, "password": PASSWORD, "session": "token" });
            // A log-in refused because the server is busy is part of the load.
            let _ =
                people::call(&http, address, Method::POST, "auth/login", None, Some(body)).await;
        }
    })
}
