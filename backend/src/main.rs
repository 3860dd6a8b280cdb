//! The command line of DevsChat.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use devschat::{
    config::Config,
    openapi,
    server::{
        Server,
        operator::{self, Admin},
    },
    store::database::Database,
    telemetry,
};
use tokio::signal::unix::{SignalKind, signal};

/// Gives memory back after a burst of password hashing, and takes less CPU than glibc's; the
/// figures are in docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Real-time chat for teams of developers: a room is a log.
#[derive(Parser)]
#[command(version, about, args_conflicts_with_subcommands = false)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    config: Config,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (the default).
    Serve,
    /// Bring the database's schema up to date, and end.
    Migrate,
    /// Write the OpenAPI document, and the socket's AsyncAPI document beside it.
    Openapi {
        /// Where to; `-` for standard output, without the socket's.
        #[arg(default_value = "openapi/openapi.json")]
        path: String,
    },
    /// Things only an operator may do.
    #[command(subcommand)]
    Admin(Admin),
    /// Ask a running server whether it is ready; exit 1 when it isn't.
    Healthcheck,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(cli.config.resolved()?).await,
        Command::Migrate => migrate(cli.config.resolved()?).await,
        Command::Openapi { path } => write_document(&path),
        Command::Admin(command) => operate(cli.config.resolved()?, command).await,
        Command::Healthcheck => check_health(&cli.config).await,
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    telemetry::start_log(&config.log, config.log_format, std::io::stderr)?;
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let server = tokio::select! {
        server = Server::start(config) => server?,
        // The database may never come; leaving must be possible all the same.
        _ = terminated.recv() => return Ok(()),
        _ = interrupted.recv() => return Ok(()),
    };
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
    }
    server.stop().await;
    Ok(())
}

async fn migrate(config: Config) -> anyhow::Result<()> {
    telemetry::start_log(&config.log, config.log_format, std::io::stderr)?;
    let db = Database::connect(&config.database_url).await?;
    db.migrate().await?;
    tracing::info!("the schema is up to date");
    Ok(())
}

async fn operate(config: Config, command: Admin) -> anyhow::Result<()> {
    telemetry::start_log(&config.log, config.log_format, std::io::stderr)?;
    operator::run(&config, command).await
}

fn write_document(path: &str) -> anyhow::Result<()> {
    let json = openapi::json()?;
    if path == "-" {
        print!("{json}");
        return Ok(());
    }
    let beside = Path::new(path).with_file_name("asyncapi.json");
    std::fs::write(path, json).with_context(|| format!("can't write {path}"))?;
    std::fs::write(&beside, openapi::asyncapi_json()?)
        .with_context(|| format!("can't write {}", beside.display()))
}

/// Asks `/readyz` by hand: one request is not worth an HTTP client in the image.
async fn check_health(config: &Config) -> anyhow::Result<()> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let mut address = config.listen;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let asking = async {
        let mut stream = tokio::net::TcpStream::connect(address).await?;
        let request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        anyhow::Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    let answer = tokio::time::timeout(Duration::from_secs(5), asking).await??;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    if status != "200" {
        bail!("{address} is not ready: {status}");
    }
    Ok(())
}
