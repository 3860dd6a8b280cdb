//! When and what the senders send: by the clock, or as fast as answers or deliveries come.

use std::{rc::Rc, time::Duration};

use uuid::Uuid;

use super::{Room, Run, Socket};
use crate::load::{
    dialect,
    link::write,
    scenario::{Drive, Server},
    wire,
};

impl Run {
    /// Sends what the room may have on its way once more.
    pub(super) async fn refill(&self, room: &Room) -> anyhow::Result<()> {
        let Drive::UndeliveredPerRoom(window) = self.plan.drive else { return Ok(()) };
        let receivers = self.plan.receivers as u64;
        while !self.is_over.get()
            && room.sent.get() * receivers < room.delivered.get() + window * receivers
            && room.sent.get() < room.delivered.get() / receivers + window
        {
            let sender = Rc::clone(&room.senders.borrow()[0]);
            self.send(&sender, self.started.elapsed()).await?;
        }
        Ok(())
    }

    pub(super) async fn send(&self, socket: &Rc<Socket>, intended: Duration) -> anyhow::Result<()> {
        let room = &self.rooms[socket.room];
        let id = room.sent.get() + 1;
        room.sent.set(id);
        self.counts.borrow_mut().sent += 1;
        if self.server.acknowledges() {
            socket.unacked.borrow_mut().insert(id, intended);
        } else {
            room.committed.set(id);
        }
        let text = match self.server {
            Server::BareTokio | Server::BareActix => dialect::ready_made(id, room.id, intended),
            Server::SocketIo => dialect::socket_io_send(id, intended),
            _ => dialect::send(id, room.id, Uuid::now_v7(), intended),
        };
        write(&socket.stream, &wire::text(&text)).await
    }

    pub(super) async fn send_all(self: Rc<Self>) -> anyhow::Result<()> {
        match self.plan.drive {
            Drive::PerSecond(rate) => self.send_at(rate).await,
            Drive::UndeliveredPerRoom(_) => {
                for room in &self.rooms {
                    self.refill(room).await?;
                }
                Ok(())
            }
            Drive::UnackedPerSender(window) => {
                for room in &self.rooms {
                    let senders = room.senders.borrow().clone();
                    for sender in senders {
                        for _ in 0..window {
                            self.send(&sender, self.started.elapsed()).await?;
                        }
                    }
                }
                Ok(())
            }
        }
    }

    /// Keeps to the clock by asking it again and again: timers are coarser than latencies.
    async fn send_at(&self, rate: f64) -> anyhow::Result<()> {
        let begin = self.started.elapsed();
        for number in 0_usize.. {
            let intended = begin + Duration::from_secs_f64(number as f64 / rate);
            while self.started.elapsed() < intended {
                if self.is_over.get() {
                    return Ok(());
                }
                tokio::task::yield_now().await;
            }
            let room = &self.rooms[number % self.rooms.len()];
            let sender = {
                let senders = room.senders.borrow();
                Rc::clone(&senders[number / self.rooms.len() % senders.len()])
            };
            self.send(&sender, intended).await?;
        }
        Ok(())
    }
}
