//! Sockets that say hello and then nothing.

use std::{path::Path, time::Instant};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::{link::Link, people, report::Figures, scenario::Server, subject::Subject};

/// Handshakes at once.
const AT_ONCE: usize = 64;

pub async fn run(sockets: usize, server: Server, programs: &Path) -> anyhow::Result<Figures> {
    let subject = Subject::start(server, programs).await?;
    let address = subject.addresses[0];
    let tokens = if server.is_devschat() {
        people::gather(address, 1).await?.tokens
    } else {
        vec![String::new()]
    };
    let rss = subject.memory_kib("VmRSS");
    let started = Instant::now();
    let opening = stream::iter(0..sockets).map(|index| {
        let token = &tokens[index % tokens.len()];
        async move {
            if server.is_devschat() {
                Link::hello(address, index, token).await
            } else {
                Link::open(address, index, "/rooms/0").await
            }
        }
    });
    let links: Vec<Link> = opening.buffer_unordered(AT_ONCE).try_collect().await?;
    let elapsed = started.elapsed().as_secs_f64();
    let grown_kib = subject.memory_kib("VmRSS").saturating_sub(rss);
    Ok(Figures {
        connects_per_s: Some(links.len() as f64 / elapsed),
        idle_bytes_per_connection: Some(grown_kib as f64 * 1024.0 / links.len() as f64),
        peak_rss_kib: Some(subject.memory_kib("VmHWM")),
        ..Figures::default()
    })
}
