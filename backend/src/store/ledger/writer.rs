//! One writer: takes what is queued, commits it, tells the sink, answers.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use super::{
    CommitSink, Job,
    change::{self, ChangeRequest},
    post::{self, Outcome, Post, Posted},
};
use crate::{
    domain::{event::Event, timestamp::Timestamp},
    error::{Error, ErrorCode, Result},
    store::database::Database,
};

/// A batch ends here, or earlier when nothing more is queued.
const MAX_BATCH: usize = 256;
const MAX_BATCH_BYTES: usize = 512 * 1024;

/// How long a commit is retried while the database is away.
const PATIENCE: Duration = Duration::from_secs(5);
const FIRST_RETRY: Duration = Duration::from_millis(20);
const LONGEST_RETRY: Duration = Duration::from_millis(500);

type Answer<T> = oneshot::Sender<Result<T>>;

pub struct Writer {
    db: Database,
    sink: Arc<dyn CommitSink>,
}

impl Writer {
    pub fn new(db: Database, sink: Arc<dyn CommitSink>) -> Self {
        Self { db, sink }
    }

    /// Works until the queue is closed and empty.
    pub async fn run(self, mut jobs: mpsc::Receiver<Job>) {
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
                    let mut posts = vec![post];
                    let mut answers = vec![answer];
                    next = take_queued(&mut jobs, &mut posts, &mut answers);
                    self.post(posts, answers).await;
                }
            }
        }
    }

    async fn post(&self, posts: Vec<Post>, answers: Vec<Answer<Posted>>) {
        match self.commit_posts(&posts).await {
            Ok(outcome) => {
                self.publish(&outcome.events);
                for (answer, posted) in answers.into_iter().zip(outcome.answers) {
                    // Nobody waits any more: the client is gone, its message isn't.
                    let _ = answer.send(posted);
                }
            }
            // One room that nobody can lock must not hold up the others of the batch.
            Err(error) if error.code == ErrorCode::Unavailable && spans_rooms(&posts) => {
                for (posts, answers) in by_room(posts, answers) {
                    Box::pin(self.post(posts, answers)).await;
                }
            }
            Err(error) => {
                tracing::error!(error = ?error, messages = posts.len(), "messages could not be committed");
                for answer in answers {
                    let _ = answer.send(Err(Error::new(error.code, error.detail.clone())));
                }
            }
        }
    }

    async fn commit_posts(&self, posts: &[Post]) -> Result<Outcome> {
        let started = Instant::now();
        let outcome = retrying(|| post::commit(&self.db, posts, now())).await?;
        metrics::histogram!("devschat_commit_seconds").record(started.elapsed());
        metrics::histogram!("devschat_commit_batch_messages").record(posts.len() as f64);
        metrics::counter!("devschat_messages_committed_total")
            .increment(outcome.events.len() as u64);
        Ok(outcome)
    }

    async fn change(&self, request: ChangeRequest, answer: Answer<Vec<Arc<Event>>>) {
        let outcome = retrying(|| change::commit(&self.db, &request, now())).await;
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

/// Adds the posts that are queued already. Returns the job that ended the batch, if one did.
fn take_queued(
    jobs: &mut mpsc::Receiver<Job>,
    posts: &mut Vec<Post>,
    answers: &mut Vec<Answer<Posted>>,
) -> Option<Job> {
    let mut bytes = posts.iter().map(|post| post.body.as_str().len()).sum::<usize>();
    while posts.len() < MAX_BATCH && bytes < MAX_BATCH_BYTES {
        match jobs.try_recv() {
            Ok(Job::Post(post, answer)) => {
                bytes += post.body.as_str().len();
                posts.push(post);
                answers.push(answer);
            }
            Ok(other) => return Some(other),
            Err(_) => return None,
        }
    }
    None
}

fn spans_rooms(posts: &[Post]) -> bool {
    posts.iter().any(|post| post.room_id != posts[0].room_id)
}

type Batches = Vec<(Vec<Post>, Vec<Answer<Posted>>)>;

/// The batch, split by room, each room's posts in their order.
fn by_room(posts: Vec<Post>, answers: Vec<Answer<Posted>>) -> Batches {
    let mut batches = Batches::new();
    for (post, answer) in posts.into_iter().zip(answers) {
        match batches.iter_mut().find(|(posts, _)| posts[0].room_id == post.room_id) {
            Some((posts, answers)) => {
                posts.push(post);
                answers.push(answer);
            }
            None => batches.push((vec![post], vec![answer])),
        }
    }
    batches
}

/// Repeats the whole unit while the failure is one that passes. Its outcome may be unknown,
/// a connection lost during COMMIT for example; the unit itself notices what is done already.
async fn retrying<T, F: Future<Output = Result<T>>>(mut unit: impl FnMut() -> F) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    let mut pause = FIRST_RETRY;
    loop {
        match unit().await {
            Err(error)
                if error.code == ErrorCode::Unavailable && Instant::now() + pause < deadline =>
            {
                metrics::counter!("devschat_commit_retries_total").increment(1);
                tracing::warn!(error = ?error, "a commit is retried");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_RETRY);
            }
            outcome => return outcome,
        }
    }
}

fn now() -> Timestamp {
    time::OffsetDateTime::now_utc().into()
}
