//! Writes a run's history: takes the time and the place of each line under one lock.
//!
//! Encoding and writing happen on a thread of their own, so that the lock is short. What was
//! recorded is in the file once [`Recorder::finish`] has returned.

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    path::Path,
    sync::mpsc::{self, Receiver, Sender},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use crate::history::{Record, What};

const BUFFER_BYTES: usize = 1 << 20;

pub struct Recorder {
    started: Instant,
    /// Nothing when the history is finished: what comes later is not part of it.
    lines: Mutex<Option<Sender<Record>>>,
    writer: Mutex<Option<JoinHandle<io::Result<()>>>>,
}

impl Recorder {
    pub fn create(path: &Path) -> io::Result<Self> {
        let file = File::create(path)?;
        let (lines, incoming) = mpsc::channel();
        let writer = std::thread::spawn(move || write(&file, &incoming));
        Ok(Self {
            started: Instant::now(),
            lines: Mutex::new(Some(lines)),
            writer: Mutex::new(Some(writer)),
        })
    }

    /// Writes a line down. Returns when that was, since the run's start.
    pub fn record(&self, what: What) -> Duration {
        let lines = self.lines.lock();
        let at = self.started.elapsed();
        let at_us = u64::try_from(at.as_micros()).unwrap_or(u64::MAX);
        if let Some(lines) = &*lines {
            // The writer ends early only when the disk fails, which `finish` tells.
            let _ = lines.send(Record { at_us, what });
        }
        at
    }

    /// Time since the run's start.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Ends the history; returns when all of it is written.
    pub fn finish(&self) -> io::Result<()> {
        self.lines.lock().take();
        match self.writer.lock().take() {
            Some(writer) => writer.join().map_err(|_| io::Error::other("the writer panicked"))?,
            None => Ok(()),
        }
    }
}

fn write(file: &File, incoming: &Receiver<Record>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, file);
    for record in incoming {
        serde_json::to_writer(&mut out, &record)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// The history a recorder wrote.
pub fn read(path: &Path) -> anyhow::Result<Vec<Record>> {
    use anyhow::Context as _;

    let text = std::fs::read_to_string(path)
        .with_context(|| format!("can't read the history {}", path.display()))?;
    let records = text.lines().enumerate().map(|(index, line)| {
        serde_json::from_str(line).with_context(|| format!("line {} is no record", index + 1))
    });
    records.collect()
}
