//! The log and the measurements of the process.

use std::io::{IsTerminal as _, Write};

use anyhow::Context as _;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use parking_lot::Mutex;
use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Upper bounds of latency buckets, in seconds.
const LATENCIES: [f64; 12] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const BATCH_SIZES: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// Libraries that say more than anybody wants to know, unless the filter asks for them. The
/// dispatcher's errors are requests that are none, which anybody can send.
const QUIETER: &str = "actix_server=warn,sea_orm_migration=warn,actix_http::h1::dispatcher=off";

/// Sends the log to `writer`: readable in a terminal, JSON elsewhere.
pub fn start_log<W>(
    filter: &str,
    format: Option<LogFormat>,
    writer: impl Fn() -> W + Send + Sync + 'static,
) -> anyhow::Result<()>
where
    W: Write + 'static,
{
    let filter = EnvFilter::try_new(format!("{QUIETER},{filter}"))
        .context("DEVSCHAT_LOG is not a log filter")?;
    let is_terminal = std::io::stderr().is_terminal();
    let format = format.unwrap_or(if is_terminal { LogFormat::Pretty } else { LogFormat::Json });
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    let started = match format {
        LogFormat::Pretty => log.with_ansi(is_terminal).with_target(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("the log can't be started: {error}"))
}

/// The recorder of this process's measurements, installed on the first call.
pub fn measurements() -> anyhow::Result<PrometheusHandle> {
    static RECORDER: Mutex<Option<PrometheusHandle>> = Mutex::new(None);
    let mut recorder = RECORDER.lock();
    if let Some(recorder) = recorder.as_ref() {
        return Ok(recorder.clone());
    }
    let installed = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &LATENCIES)?
        .set_buckets_for_metric(Matcher::Suffix("_messages".to_owned()), &BATCH_SIZES)?
        .install_recorder()?;
    Ok(recorder.insert(installed).clone())
}
