//! All that rules judge by, gathered once.

use super::{bounds::Bounds, log::Log, stays::Stays, story::Story};
use crate::{history::Record, snapshot::Snapshot};

pub struct Evidence<'a> {
    pub story: Story<'a>,
    pub log: Log<'a>,
    pub stays: Stays,
    pub bounds: Bounds,
}

impl<'a> Evidence<'a> {
    pub fn gather(history: &'a [Record], snapshot: &'a Snapshot) -> Self {
        let story = Story::read(history);
        let log = Log::of(snapshot);
        let bounds = Bounds::of(&story, &log);
        Self { stays: Stays::of(&log), story, log, bounds }
    }
}
