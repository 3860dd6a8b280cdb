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
    store::{
        database::{Database, within_deadline},
        is_lock_timeout,
    },
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
        let smaller = match self.commit_posts(&posts).await {
            Ok(outcome) => {
                self.publish(&outcome.events);
                for (answer, posted) in answers.into_iter().zip(outcome.answers) {
                    // Nobody waits any more: the client is gone, its message isn't.
                    let _ = answer.send(posted);
                }
                return;
            }
            // One room that nobody can lock must not hold up the others of the batch.
            Err(error) if is_lock_timeout(&error) && spans_rooms(&posts) => {
                split(posts, answers, |one, other| one.room_id == other.room_id)
            }
            // One message that can't be stored must not take the others with it.
            Err(error) if error.code == ErrorCode::Internal && posts.len() > 1 => {
                tracing::error!(error = ?error, messages = posts.len(), "a batch is committed one by one");
                split(posts, answers, |_, _| false)
            }
            Err(error) => {
                tracing::error!(error = ?error, messages = posts.len(), "messages could not be committed");
                for answer in answers {
                    let _ = answer.send(Err(Error::new(error.code, error.detail.clone())));
                }
                return;
            }
        };
        for (posts, answers) in smaller {
            Box::pin(self.post(posts, answers)).await;
        }
    }

    async fn commit_posts(&self, posts: &[Post]) -> Result<Outcome> {
        let started = Instant::now();
        let can_split = spans_rooms(posts);
        let is_worth_it = |error: &Error| !(can_split && is_lock_timeout(error));
        let unit = |_| post::commit(&self.db, posts, now());
        let outcome = retrying(is_worth_it, unit).await?;
        metrics::histogram!("devschat_commit_seconds").record(started.elapsed());
        metrics::histogram!("devschat_commit_batch_messages").record(posts.len() as f64);
        metrics::counter!("devschat_messages_committed_total")
            .increment(outcome.events.len() as u64);
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

/// The batch, split into those that belong together, each in their order.
fn split(
    posts: Vec<Post>,
    answers: Vec<Answer<Posted>>,
    belong_together: impl Fn(&Post, &Post) -> bool,
) -> Batches {
    let mut batches = Batches::new();
    for (post, answer) in posts.into_iter().zip(answers) {
        match batches.iter_mut().find(|(posts, _)| belong_together(&posts[0], &post)) {
            Some((posts, answers)) => {
                posts.push(post);
                answers.push(answer);
            }
            None => batches.push((vec![post], vec![answer])),
        }
    }
    batches
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
