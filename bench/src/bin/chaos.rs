//! The command line of the fault runs.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use devschat_bench::{
    chaos::{
        options::{FULL, Options, SHORT},
        run,
    },
    cluster::Runtime,
};
use tokio::signal::unix::{SignalKind, signal};

/// Lets people chat while everything breaks, and checks that nothing was lost.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run once: about four minutes, or one with --short.
    Run(RunArgs),
    /// Check the files of an earlier run again.
    Check { folder: PathBuf },
}

#[derive(Args)]
struct RunArgs {
    /// At most a minute, with fewer clients and faults.
    #[arg(long, conflicts_with = "seconds")]
    short: bool,
    /// The length of the whole run.
    #[arg(long)]
    seconds: Option<u64>,
    /// Draws the faults; any number when absent.
    #[arg(long)]
    seed: Option<u64>,
    #[arg(long, value_enum, default_value = "scale-out")]
    runtime: Runtime,
    /// The server's program; beside this one when absent.
    #[arg(long)]
    server: Option<PathBuf>,
    /// Where to put the run's files, and to leave them.
    #[arg(long)]
    keep: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    match Cli::parse().command {
        Command::Run(arguments) => {
            let options = options(arguments)?;
            let mut terminated = signal(SignalKind::terminate())?;
            tokio::select! {
                outcome = run_once(&options) => outcome,
                _ = tokio::signal::ctrl_c() => Ok(ExitCode::from(130)),
                _ = terminated.recv() => Ok(ExitCode::from(143)),
            }
        }
        Command::Check { folder } => check(&folder),
    }
}

fn options(arguments: RunArgs) -> anyhow::Result<Options> {
    let beside = || anyhow::Ok(std::env::current_exe()?.with_file_name("devschat"));
    let total = match arguments.seconds {
        Some(seconds) => Duration::from_secs(seconds),
        None if arguments.short => SHORT,
        None => FULL,
    };
    Ok(Options {
        runtime: arguments.runtime,
        seed: arguments.seed.unwrap_or_else(|| fastrand::u64(1..1_000_000)),
        total,
        server: arguments.server.map_or_else(beside, Ok)?,
        keep: arguments.keep,
    })
}

/// The services' folder, removed with all that is in it.
struct WorkFolder(PathBuf);

impl Drop for WorkFolder {
    fn drop(&mut self) {
        // What can't be removed is left to whoever cleans up temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn run_once(options: &Options) -> anyhow::Result<ExitCode> {
    let Options { seed, runtime, total, .. } = options;
    println!("chaos: seed {seed}, {}, {} s", runtime.name(), total.as_secs());
    let name = format!("devschat-chaos-{seed}-{}", std::process::id());
    // Not TMPDIR: PostgreSQL's user must be able to enter it, and a socket's path is short.
    let work = WorkFolder(Path::new("/tmp").join(format!("{name}-work")));
    std::fs::create_dir_all(&work.0)?;
    let folder = options.keep.clone().unwrap_or_else(|| std::env::temp_dir().join(&name));
    std::fs::create_dir_all(&folder)?;

    let outcome = run::run(options, &folder, work.0.clone()).await;
    drop(work);
    let complaints = match outcome {
        Ok(report) => {
            println!("\n{report}");
            report.complaints()
        }
        Err(error) => vec![format!("the run broke off: {error:#}")],
    };
    if complaints.is_empty() {
        println!("all is well");
        if options.keep.is_none() {
            std::fs::remove_dir_all(&folder)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    for complaint in &complaints {
        println!("FAILED: {complaint}");
    }
    println!("see {}; again with --seed {seed}", folder.display());
    Ok(ExitCode::FAILURE)
}

fn check(folder: &Path) -> anyhow::Result<ExitCode> {
    let snapshot = std::fs::read(folder.join(run::SNAPSHOT)).context("there is no snapshot")?;
    let violations = run::check(folder, &serde_json::from_slice(&snapshot)?)?;
    for violation in &violations {
        println!("{violation}");
    }
    println!("{} violations", violations.len());
    Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
