//! One writer: takes what is queued, commits it, tells the sink, answers.

use std::{collections::HashSet, sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use super::{
    CommitSink, Job,
    batch::Batch,
    change::{self, ChangeRequest},
    known_rights::KnownRights,
    post::{self, Outcome, event_of},
    single_statement,
};
use crate::{
    domain::{event::Event, timestamp::Timestamp},
    error::{Error, ErrorCode, Result},
    store::{
        database::{Database, within_deadline},
        is_lock_timeout,
    },
};

/// How long a commit is retried while the database is away.
const PATIENCE: Duration = Duration::from_secs(5);
const FIRST_RETRY: Duration = Duration::from_millis(20);
const LONGEST_RETRY: Duration = Duration::from_millis(500);

type Answer<T> = oneshot::Sender<Result<T>>;

pub struct Writer {
    db: Database,
    sink: Arc<dyn CommitSink>,
    rights: KnownRights,
}

impl Writer {
    pub fn new(db: Database, sink: Arc<dyn CommitSink>) -> Self {
        Self { db, sink, rights: KnownRights::default() }
    }

    /// Works until the queue is closed and empty.
    pub async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut next = None;
        loop {
            let job = match next.take() {
                Some(job) => job,
                None => match jobs.recv().await {
                    Some(job) => job,
                    None => return,
                },
            };
            match job {
                Job::Change(request, answer) => self.change(request, answer).await,
                Job::Post(post, answer) => {
                    let (batch, ended_by) = Batch::gather(post, answer, &mut jobs);
                    next = ended_by;
                    self.post(batch).await;
                }
            }
        }
    }

    async fn post(&mut self, batch: Batch) {
        let plain = match self.db.postgres() {
            Some(_) => self.rights.plain_rooms(&batch.posts),
            None => HashSet::new(),
        };
        let (plain, mut others) = batch.take_rooms(&plain);
        others.join(self.post_plain(plain).await);
        if !others.is_empty() {
            self.post_checked(others).await;
        }
    }

    /// Commits messages in a single statement; returns those that have to go the long way.
    async fn post_plain(&self, batch: Batch) -> Batch {
        let Some(postgres) = self.db.postgres().filter(|_| !batch.is_empty()) else {
            return batch;
        };
        let started = Instant::now();
        let committing = single_statement::commit(postgres, &batch.posts, &self.rights, now());
        match within_deadline(committing).await {
            Ok(posted) => {
                let messages = posted.iter().flatten().map(|posted| &posted.message);
                let events: Vec<_> = messages.map(|message| Arc::new(event_of(message))).collect();
                measure("statement", started, events.len());
                self.publish(&events);
                batch.answer_some(posted)
            }
            // A repeated send, or something worse: the long way finds out.
            Err(error) => {
                tracing::debug!(error = ?error, "a batch goes the long way");
                batch
            }
        }
    }

    async fn post_checked(&mut self, batch: Batch) {
        let smaller = match self.commit(&batch).await {
            Ok(outcome) => {
                self.publish(&outcome.events);
                self.rights.learn(outcome.rights);
                return batch.answer(outcome.answers);
            }
            // One room that nobody can lock must not hold up the others of the batch.
            Err(error) if is_lock_timeout(&error) && batch.spans_rooms() => batch.by_room(),
            // One message that can't be stored must not take the others with it.
            Err(error) if error.code == ErrorCode::Internal && batch.posts.len() > 1 => {
                let messages = batch.posts.len();
                tracing::error!(error = ?error, messages, "a batch is committed one by one");
                batch.one_by_one()
            }
            Err(error) => {
                let messages = batch.posts.len();
                tracing::error!(error = ?error, messages, "messages could not be committed");
                return batch.refuse(&error);
            }
        };
        for batch in smaller {
            Box::pin(self.post_checked(batch)).await;
        }
    }

    async fn commit(&self, batch: &Batch) -> Result<Outcome> {
        let started = Instant::now();
        let can_split = batch.spans_rooms();
        let is_worth_it = |error: &Error| !(can_split && is_lock_timeout(error));
        let unit = |_| post::commit(&self.db, &batch.posts, now());
        let outcome = retrying(is_worth_it, unit).await?;
        measure("transaction", started, outcome.events.len());
        Ok(outcome)
    }

    async fn change(&self, request: ChangeRequest, answer: Answer<Vec<Arc<Event>>>) {
        let unit = |attempt| change::commit(&self.db, &request, attempt, now());
        let outcome = retrying(|_| true, unit).await;
        if let Ok(events) = &outcome {
            self.publish(events);
        }
        let _ = answer.send(outcome);
    }

    fn publish(&self, events: &[Arc<Event>]) {
        if !events.is_empty() {
            self.sink.committed(events);
        }
    }
}

/// Counts a commit, by the way it went, and the messages it brought.
fn measure(way: &'static str, started: Instant, messages: usize) {
    metrics::counter!("devschat_commits_total", "way" => way).increment(1);
    metrics::histogram!("devschat_commit_seconds").record(started.elapsed());
    metrics::histogram!("devschat_commit_batch_messages").record(messages as f64);
    metrics::counter!("devschat_messages_committed_total").increment(messages as u64);
}

/// Repeats the whole unit, which is told its attempt, while the failure is one that passes.
/// Its outcome may be unknown, a connection lost during COMMIT for example; the unit itself
/// notices what is done already.
async fn retrying<T, F: Future<Output = Result<T>>>(
    is_worth_it: impl Fn(&Error) -> bool,
    mut unit: impl FnMut(u32) -> F,
) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    let mut pause = FIRST_RETRY;
    let mut attempt = 1;
    loop {
        let error = match within_deadline(unit(attempt)).await {
            Err(error) if error.code == ErrorCode::Unavailable => error,
            outcome => return outcome,
        };
        if Instant::now() + pause >= deadline || !is_worth_it(&error) {
            return Err(error);
        }
        metrics::counter!("devschat_commit_retries_total").increment(1);
        tracing::warn!(error = ?error, attempt, "a commit is retried");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_RETRY);
        attempt += 1;
    }
}

fn now() -> Timestamp {
    time::OffsetDateTime::now_utc().into()
}
