//! Messages that are committed together, with those who wait for their answers.

use std::collections::HashSet;

use tokio::sync::{mpsc, oneshot};

use super::{
    Job,
    post::{Post, Posted},
};
use crate::{
    domain::id::RoomId,
    error::{Error, Result},
};

/// A batch ends here, or earlier when nothing more is queued.
const MAX_MESSAGES: usize = 256;
const MAX_BYTES: usize = 512 * 1024;

type Answer = oneshot::Sender<Result<Posted>>;

#[derive(Default)]
pub struct Batch {
    pub posts: Vec<Post>,
    answers: Vec<Answer>,
}

impl Batch {
    /// Begins with one message and adds what is queued already. Returns the job that ended the
    /// batch, if one did.
    pub fn gather(
        post: Post,
        answer: Answer,
        jobs: &mut mpsc::Receiver<Job>,
    ) -> (Self, Option<Job>) {
        let mut bytes = post.body.as_str().len();
        let mut batch = Self { posts: vec![post], answers: vec![answer] };
        while batch.posts.len() < MAX_MESSAGES && bytes < MAX_BYTES {
            match jobs.try_recv() {
                Ok(Job::Post(post, answer)) => {
                    bytes += post.body.as_str().len();
                    batch.push(post, answer);
                }
                Ok(other) => return (batch, Some(other)),
                Err(_) => break,
            }
        }
        (batch, None)
    }

    fn push(&mut self, post: Post, answer: Answer) {
        self.posts.push(post);
        self.answers.push(answer);
    }

    pub fn is_empty(&self) -> bool {
        self.posts.is_empty()
    }

    pub fn spans_rooms(&self) -> bool {
        self.posts.iter().any(|post| post.room_id != self.posts[0].room_id)
    }

    /// Answers everybody, in order.
    pub fn answer(self, outcomes: impl IntoIterator<Item = Result<Posted>>) {
        for (answer, outcome) in self.answers.into_iter().zip(outcomes) {
            // Nobody waits any more: the client is gone, its message isn't.
            let _ = answer.send(outcome);
        }
    }

    pub fn refuse(self, error: &Error) {
        for answer in self.answers {
            let _ = answer.send(Err(Error::new(error.code, error.detail.clone())));
        }
    }

    /// Answers those that have an outcome; the others remain, in their order.
    pub fn answer_some(self, outcomes: Vec<Option<Posted>>) -> Self {
        let mut rest = Self::default();
        for ((post, answer), outcome) in self.posts.into_iter().zip(self.answers).zip(outcomes) {
            match outcome {
                Some(posted) => {
                    let _ = answer.send(Ok(posted));
                }
                None => rest.push(post, answer),
            }
        }
        rest
    }

    /// Takes the messages of some rooms out, and leaves the others, each in their order.
    pub fn take_rooms(self, rooms: &HashSet<RoomId>) -> (Self, Self) {
        let (mut taken, mut left) = (Self::default(), Self::default());
        for (post, answer) in self.posts.into_iter().zip(self.answers) {
            let side = if rooms.contains(&post.room_id) { &mut taken } else { &mut left };
            side.push(post, answer);
        }
        (taken, left)
    }

    /// Joins another batch, of other rooms.
    pub fn join(&mut self, other: Self) {
        self.posts.extend(other.posts);
        self.answers.extend(other.answers);
    }

    /// One batch a room, each in its order.
    pub fn by_room(self) -> Vec<Self> {
        self.split(|one, other| one.room_id == other.room_id)
    }

    /// One batch a message.
    pub fn one_by_one(self) -> Vec<Self> {
        self.split(|_, _| false)
    }

    fn split(self, belong_together: impl Fn(&Post, &Post) -> bool) -> Vec<Self> {
        let mut batches = Vec::<Self>::new();
        for (post, answer) in self.posts.into_iter().zip(self.answers) {
            match batches.iter_mut().find(|batch| belong_together(&batch.posts[0], &post)) {
                Some(batch) => batch.push(post, answer),
                None => batches.push(Self { posts: vec![post], answers: vec![answer] }),
            }
        }
        batches
    }
}
