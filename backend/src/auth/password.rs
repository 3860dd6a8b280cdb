//! Password hashing: argon2id, off the async threads, a bounded number at a time.
//!
//! Parameters are OWASP's first choice (m = 19 MiB, t = 2, p = 1), stored with each hash (PHC
//! string). A hash takes tens of milliseconds of one core and 19 MiB, so as many run at once
//! as there are cores, a few wait, and the rest is refused with `overloaded`.

use std::{sync::Arc, time::Duration};

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use parking_lot::Mutex;
use tokio::sync::{mpsc, oneshot};

use super::random;
use crate::{
    domain::password::Password,
    error::{Error, Result},
};

/// How many may wait for a core; more are told to come back.
const MAX_WAITING: usize = 32;
/// 128 bits.
const MADE_UP_BYTES: usize = 16;
/// nice's largest value.
const LEAST_URGENT: i32 = 19;
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// A hash of a password nobody has, verified when the user is unknown, so that an unknown
/// name and a wrong password take equally long.
static DUMMY_HASH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    hash_now("a password that nobody has").expect("the parameters are argon2's defaults")
});

/// Whether a stored hash costs a guesser less than those that are made now.
pub fn is_weak(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return false };
    let now = Argon2::default();
    let params = now.params();
    Params::try_from(&hash)
        .is_ok_and(|stored| stored.m_cost() < params.m_cost() || stored.t_cost() < params.t_cost())
}

type Job = Box<dyn FnOnce() + Send>;

#[derive(Clone)]
pub struct PasswordHasher {
    jobs: mpsc::Sender<Job>,
}

impl PasswordHasher {
    /// Runs at most `parallelism` hashes at once, on as many threads of their own: each thread
    /// that ever hashed keeps the memory for one.
    pub fn new(parallelism: usize) -> anyhow::Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job>(MAX_WAITING);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..parallelism {
            let queue = Arc::clone(&queue);
            std::thread::Builder::new().name("password hashing".to_owned()).spawn(move || {
                give_way();
                // In a statement of its own, so that the lock isn't held while hashing.
                while let Some(job) = { queue.lock().blocking_recv() } {
                    job();
                }
            })?;
        }
        Ok(Self { jobs })
    }

    /// A password that nobody can guess, and its PHC string.
    pub async fn make_up(&self) -> Result<(String, String)> {
        let password = random::text::<MADE_UP_BYTES>()?;
        let hash = self.hash(Password::from(password.as_str())).await?;
        Ok((password, hash))
    }

    /// The PHC string to store.
    pub async fn hash(&self, password: Password) -> Result<String> {
        self.run(move || hash_now(password.as_str())).await?
    }

    /// Whether `password` is the one that `stored` was made of. Takes as long without one.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<bool> {
        self.run(move || {
            let text = stored.as_ref().unwrap_or(&DUMMY_HASH);
            let is_match = PasswordHash::new(text).is_ok_and(|hash| {
                Argon2::default().verify_password(password.as_str().as_bytes(), &hash).is_ok()
            });
            is_match && stored.is_some()
        })
        .await
    }

    /// Refuses when too many wait already: before anything is asked for them, so that a flood of
    /// log-ins costs next to nothing.
    pub fn require_room(&self) -> Result<()> {
        if self.jobs.capacity() == 0 { Err(Error::overloaded(RETRY_AFTER)) } else { Ok(()) }
    }

    async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Nobody waits any more when the client is gone.
            let _ = reply.send(job());
        });
        self.jobs.try_send(job).map_err(|_| Error::overloaded(RETRY_AFTER))?;
        answer.await.map_err(Error::internal)
    }
}

/// From now on this thread runs when nothing else wants its core, so that a hundred log-ins
/// keep nobody's message waiting. Linux takes the priority of a thread by its id.
fn give_way() {
    let this_thread = rustix::thread::gettid();
    if let Err(error) = rustix::process::setpriority_process(Some(this_thread), LEAST_URGENT) {
        tracing::warn!(%error, "password hashing is as urgent as everything else");
    }
}

fn hash_now(password: &str) -> Result<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|error| Error::internal(anyhow::anyhow!("argon2: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_verifies_its_password_only() {
        let hasher = PasswordHasher::new(1).unwrap();
        let hash = hasher.hash(Password::from("correct horse")).await.unwrap();

        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.verify(Password::from("correct horse"), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(Password::from("wrong horse"), Some(hash)).await.unwrap());
        assert!(!hasher.verify(Password::from("a password that nobody has"), None).await.unwrap());
    }
}
