//! From the start of the process to its first accepted request, on a database that exists.

use std::{path::Path, time::Instant};

use super::{people, report::Figures, scenario::Server, subject::Subject};

pub async fn run(server: Server, programs: &Path) -> anyhow::Result<Figures> {
    let mut subject = Subject::start(server, programs).await?;
    people::gather(subject.addresses[0], 1).await?;
    subject.kill_last();
    let started = Instant::now();
    subject.launch(server, programs).await?;
    let url = format!("http://{}/readyz", subject.addresses[0]);
    reqwest::get(url).await?.error_for_status()?;
    Ok(Figures {
        start_ms: Some(started.elapsed().as_secs_f64() * 1e3),
        peak_rss_kib: Some(subject.memory_kib("VmHWM")),
        ..Figures::default()
    })
}
