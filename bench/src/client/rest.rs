//! One call with a client's token, and what its answer means for the operation it belongs to.

use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::{doors::Answer, me::Me};

/// What a call came to.
#[derive(Debug)]
pub enum Reply {
    Done {
        status: u16,
        text: String,
    },
    /// It can't be done; asking again is no use.
    Refused {
        status: u16,
        code: String,
    },
    /// It was not done, and may be asked again after a while.
    Later(Duration),
    /// Nobody knows what became of it; it may be asked again after a while.
    Unknown(Duration),
}

/// A pause where the server names none.
const PAUSE: Duration = Duration::from_millis(300);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

impl Me {
    /// Calls, renewing the token if that is all that is wrong.
    pub async fn call(
        &self,
        door: usize,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Reply {
        let tally = &self.witness.tally;
        let mut token = self.login.access_token(&self.doors, tally).await;
        for _ in 0..2 {
            let asking = self.doors.request(door, method.clone(), path, Some(&token), body);
            match asking.await {
                Ok(answer) if answer.status == 401 => {
                    token = self.login.renewed(&token, &self.doors, tally).await;
                }
                Ok(answer) => return self.meaning(answer),
                Err(_) => return Reply::Unknown(PAUSE),
            }
        }
        Reply::Later(PAUSE)
    }

    fn meaning(&self, answer: Answer) -> Reply {
        let pause = answer.retry_after.unwrap_or(PAUSE).min(LONGEST_PAUSE);
        if (200..300).contains(&answer.status) {
            return Reply::Done { status: answer.status, text: answer.text };
        }
        let code = code_of(&answer.text);
        match (answer.status, code.as_str()) {
            (429, _) | (503, "overloaded") => Reply::Later(pause),
            (408 | 502..=504, _) => Reply::Unknown(pause),
            (500, _) => {
                self.witness.tally.internal_errors.add(1);
                Reply::Unknown(pause)
            }
            (status, _) => Reply::Refused { status, code },
        }
    }
}

fn code_of(text: &str) -> String {
    #[derive(Deserialize)]
    struct Problem {
        code: String,
    }
    serde_json::from_str::<Problem>(text).map_or_else(|_| "unreadable".to_owned(), |it| it.code)
}
