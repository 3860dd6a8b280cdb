//! The only writer of the log.
//!
//! Every durable change of a room goes through here and gets the room's next `seq` in the
//! transaction that commits it. A few writer tasks own the commits, rooms spread over them by
//! hash, so a client that vanishes can't cancel one, and a room's changes queue in one place.
//! A writer takes what queued up while its last commit ran and commits it as one batch: under
//! load the number of commits stays flat while messages grow.
//!
//! Invariants:
//! * A room's numbers are 1, 2, 3 … without holes: the head is locked, only what is new is
//!   numbered, and the head moves in the same transaction.
//! * Whether somebody may is decided under that lock, by `domain::policy`.
//! * What was answered with success is committed and flushed.
//! * Queues are bounded: a full one answers `overloaded`, nothing is dropped silently.
//!
//! Absent on purpose: telling others. Committed events go to a [`CommitSink`], wired by `server`.

mod batch;
mod change;
mod known_rights;
mod message_change;
mod post;
mod post_context;
mod room_lock;
mod single_statement;
mod workbench;
mod writer;

use std::{num::NonZero, sync::Arc, time::Duration};

use parking_lot::RwLock;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

pub use change::{ChangeRequest, NewRoom, RoomChange, RoomPatch};
pub use message_change::MessageChange;
pub use post::{Post, Posted};

use super::database::{Database, sqlite_path};
use crate::{
    domain::{event::Event, id::RoomId},
    error::{Error, Result},
};

/// Operations that may wait for one writer.
const QUEUE_LENGTH: usize = 1_024;
/// With PostgreSQL, at most: there are no more of them than cores, since on few cores fewer
/// and larger batches carry more.
const MAX_WRITERS: usize = 4;
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// Learns of events right after their commit, in each room's order, before their senders do.
pub trait CommitSink: Send + Sync + 'static {
    /// Must not block: it runs on the writer's task.
    fn committed(&self, events: &[Arc<Event>]);
}

/// What waits for a writer.
enum Job {
    Post(Post, oneshot::Sender<Result<Posted>>),
    Change(ChangeRequest, oneshot::Sender<Result<Vec<Arc<Event>>>>),
}

/// A handle to the writers.
pub struct Ledger {
    /// Nothing once it was closed.
    queues: RwLock<Option<Vec<mpsc::Sender<Job>>>>,
    writers: parking_lot::Mutex<Vec<JoinHandle<()>>>,
}

impl Ledger {
    /// Starts the writers: one for SQLite, which has one writer anyhow, a few for PostgreSQL.
    pub fn start(db: &Database, database_url: &str, sink: &Arc<dyn CommitSink>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let count = if sqlite_path(database_url).is_some() { 1 } else { cores.min(MAX_WRITERS) };
        let (queues, writers) = (0..count)
            .map(|_| {
                let (queue, jobs) = mpsc::channel(QUEUE_LENGTH);
                let writer = writer::Writer::new(db.clone(), Arc::clone(sink));
                (queue, tokio::spawn(writer.run(jobs)))
            })
            .unzip();
        Self { queues: RwLock::new(Some(queues)), writers: parking_lot::Mutex::new(writers) }
    }

    /// Queues a message at once and in call order; the answer comes when it is committed.
    /// Dropping the answer does not cancel the commit.
    pub fn post(&self, post: Post) -> Result<impl Future<Output = Result<Posted>> + use<>> {
        let (reply, answer) = oneshot::channel();
        self.enqueue(post.room_id, Job::Post(post, reply))?;
        Ok(async move { answer.await.map_err(Error::unavailable)? })
    }

    /// Changes a room. Answers with the events that made the change: none when everything
    /// already was as asked.
    pub async fn change(&self, request: ChangeRequest) -> Result<Vec<Arc<Event>>> {
        let (reply, answer) = oneshot::channel();
        self.enqueue(request.room_id, Job::Change(request, reply))?;
        answer.await.map_err(Error::unavailable)?
    }

    fn enqueue(&self, room_id: RoomId, job: Job) -> Result<()> {
        let queues = self.queues.read();
        let Some(queues) = queues.as_ref() else {
            return Err(Error::unavailable(anyhow::anyhow!("the ledger is closed")));
        };
        // The last bytes of a UUIDv7 are random.
        let hash = room_id.0.as_u64_pair().1;
        let index = usize::try_from(hash % queues.len() as u64).unwrap_or(0);
        queues[index].try_send(job).map_err(|_| Error::overloaded(RETRY_AFTER))
    }

    /// Takes nothing more, commits what is queued, and returns when that is done.
    pub async fn close(&self) {
        drop(self.queues.write().take());
        let writers = std::mem::take(&mut *self.writers.lock());
        for writer in writers {
            if let Err(error) = writer.await {
                tracing::error!(%error, "a ledger writer failed");
            }
        }
    }
}
