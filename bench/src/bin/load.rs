//! The command line of the load generator.

use std::path::{Path, PathBuf};

use clap::Parser;
use devschat_bench::load::{
    idle, reads,
    report::{self, Figures, Line},
    scenario::{Kind, Scenario, Server},
    start, storm,
    subject::GENERATOR_CORE,
    traffic,
    usage::pin,
};
use tokio::task::LocalSet;

/// Measures the released server under load, beside yardsticks.
#[derive(Parser)]
struct Cli {
    /// Files of bench/scenarios.
    #[arg(required = true)]
    scenarios: Vec<PathBuf>,
    /// How often each is run.
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// Only on these servers, by their names in the scenario files.
    #[arg(long, value_delimiter = ',')]
    servers: Vec<String>,
    /// The folder of the released programs; this one's when absent.
    #[arg(long)]
    programs: Option<PathBuf>,
    /// Where to write the results as JSON.
    #[arg(long, default_value = "bench/results/latest.json")]
    results: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    pin(std::process::id(), GENERATOR_CORE)?;
    LocalSet::new().run_until(measure(cli)).await
}

async fn measure(cli: Cli) -> anyhow::Result<()> {
    let beside = || anyhow::Ok(std::env::current_exe()?.with_file_name(""));
    let programs = cli.programs.map_or_else(beside, Ok)?;
    let scenarios = cli.scenarios.iter().map(|path| Scenario::read(path));
    let scenarios = scenarios.collect::<anyhow::Result<Vec<_>>>()?;
    let mut lines = Vec::new();
    for run in 1..=cli.runs {
        for scenario in &scenarios {
            for server in &scenario.servers {
                let name = serde_json::to_value(server)?;
                if !cli.servers.is_empty()
                    && !cli.servers.iter().any(|wanted| name == wanted.as_str())
                {
                    continue;
                }
                let figures = once(&scenario.kind, *server, &programs).await?;
                let line = Line { scenario: scenario.name.clone(), server: *server, run, figures };
                report::print(&line);
                lines.push(line);
                report::write(&cli.results, &lines)?;
            }
        }
    }
    report::print_medians(&lines);
    Ok(())
}

async fn once(kind: &Kind, server: Server, programs: &Path) -> anyhow::Result<Figures> {
    match kind {
        Kind::Traffic(plan) => traffic::run(plan, server, programs).await,
        Kind::Idle { sockets } => idle::run(*sockets, server, programs).await,
        Kind::Storm { rooms, sockets, missed } => {
            storm::run((*rooms, *sockets, *missed), server, programs).await
        }
        Kind::Reads { messages, rooms } => reads::run((*messages, *rooms), server, programs).await,
        Kind::Start => start::run(server, programs).await,
    }
}
