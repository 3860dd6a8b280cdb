//! One case: what a client does, and what it is to hear.

use serde_json::Value;

use crate::support::wire::{Heard, frame};

const TEXT: u8 = 0x81;
const PONG: u8 = 0x8a;

#[derive(Debug)]
pub struct Case {
    pub name: String,
    pub begins: Stage,
    pub steps: Vec<Step>,
    /// Of the answer to a handshake that is part of the case. A refusal ends the case.
    pub status: Option<u16>,
    pub hears: Vec<Answer>,
    pub end: End,
}

/// How far the connection is when the case begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was said yet.
    Connected,
    /// The handshake is done.
    Upgraded,
    /// `hello` was answered.
    Welcomed,
}

#[derive(Clone, Debug)]
pub enum Step {
    Write(Vec<u8>),
    /// Byte by byte.
    WriteSlowly(Vec<u8>),
    /// Nothing more will come.
    Finish,
    /// The connection is cut.
    Reset,
}

#[derive(Clone, Debug)]
pub enum Answer {
    Frame(Heard),
    /// A text frame with at least these fields.
    Json(Value),
}

#[derive(Clone, Copy, Debug)]
pub enum End {
    /// The socket goes on as if nothing had happened.
    Stays,
    /// The server closes with this code.
    Closes(u16),
    /// The connection ends, with or without a word.
    Ends,
}

/// A case that begins at this stage.
pub fn at(begins: Stage, name: impl Into<String>) -> Case {
    let name = format!("{} ({begins:?})", name.into());
    Case { name, begins, steps: vec![], status: None, hears: vec![], end: End::Ends }
}

/// A case that begins with the bytes of a handshake.
pub fn connected(name: impl Into<String>) -> Case {
    at(Stage::Connected, name)
}

pub fn upgraded(name: impl Into<String>) -> Case {
    at(Stage::Upgraded, name)
}

pub fn welcomed(name: impl Into<String>) -> Case {
    at(Stage::Welcomed, name)
}

/// The same before and after `hello`.
pub fn both(name: impl Into<String>, rest: impl Fn(Case) -> Case) -> Vec<Case> {
    let name = name.into();
    [Stage::Upgraded, Stage::Welcomed].map(|stage| rest(at(stage, name.clone()))).into()
}

impl Case {
    pub fn write(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Write(bytes.into()));
        self
    }

    pub fn write_slowly(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::WriteSlowly(bytes.into()));
        self
    }

    pub fn text(self, text: impl AsRef<[u8]>) -> Self {
        self.write(frame(TEXT, text.as_ref()))
    }

    pub fn finish(mut self) -> Self {
        self.steps.push(Step::Finish);
        self
    }

    pub fn reset(mut self) -> Self {
        self.steps.push(Step::Reset);
        self
    }

    pub fn answered_with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    pub fn hears_pong(mut self, content: &[u8]) -> Self {
        self.hears.push(Answer::Frame(Heard { first: PONG, payload: content.to_vec() }));
        self
    }

    pub fn hears(mut self, json: Value) -> Self {
        self.hears.push(Answer::Json(json));
        self
    }

    pub fn stays(mut self) -> Self {
        self.end = End::Stays;
        self
    }

    pub fn closes(mut self, code: u16) -> Self {
        self.end = End::Closes(code);
        self
    }

    pub fn ends(mut self) -> Self {
        self.end = End::Ends;
        self
    }
}
