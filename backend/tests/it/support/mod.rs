//! Starts the real server and speaks to it as people do.

mod canary;
mod data;
mod http;
pub mod mailbox;
pub mod openid_provider;
mod person;
pub mod process;
mod relay;
mod socket;
pub mod wire;

use std::{net::SocketAddr, sync::Arc};

use clap::Parser;
use devschat::{
    config::Config,
    relay::{Relay, local::LocalRelay},
    server::Server,
};

pub use data::{Data, is_scale_out, redis_url};
pub use http::{Client, Reply};
pub use mailbox::Mailbox;
pub use person::{PASSWORD, Person};
pub use person::{bodies, id_of, in_an_hour};
pub use process::Process;
pub use relay::FaultyRelay;
pub use socket::{Socket, bodies as bodies_of, seqs};
pub use wire::Wire;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// A running server with data of its own.
pub struct TestApp {
    pub address: SocketAddr,
    _server: Server,
    /// Lives as long as the server that uses it.
    _data: Data,
}

impl TestApp {
    /// One instance. Limits that would be in a test's way are off.
    pub async fn spawn() -> Self {
        Self::with(&[]).await
    }

    /// One instance with these arguments, `--limit-messages=1/m:3` for example.
    pub async fn with(arguments: &[&str]) -> Self {
        Self::on(&Data::fresh().await, arguments).await
    }

    /// An instance on given data, beside others or after another one.
    pub async fn on(data: &Data, arguments: &[&str]) -> Self {
        let server = Server::start(config(data, arguments)).await.expect("the server starts");
        Self { address: server.address(), _server: server, _data: data.clone() }
    }

    /// Two instances that share everything.
    pub async fn pair() -> (Self, Self) {
        let data = Data::fresh().await;
        if is_scale_out() {
            (Self::on(&data, &[]).await, Self::on(&data, &[]).await)
        } else {
            let relay: Arc<dyn Relay> = Arc::new(LocalRelay::new());
            (Self::relayed(&data, &relay).await, Self::relayed(&data, &relay).await)
        }
    }

    /// An instance with a relay that was made for it.
    pub async fn relayed(data: &Data, relay: &Arc<dyn Relay>) -> Self {
        let server = Server::start_with(config(data, &[]), Arc::clone(relay)).await;
        let server = server.expect("the server starts");
        Self { address: server.address(), _server: server, _data: data.clone() }
    }

    /// Somebody nobody knows.
    pub fn stranger(&self) -> Client {
        Client::new(self.address, None)
    }

    /// Signs somebody up and logs them in.
    pub async fn person(&self, name: &str) -> Person {
        Person::join(self.address, name).await
    }

    /// Ada, who made a public room, and Linus, who joined it.
    pub async fn two_members_of_a_room(&self) -> (Person, Person, String) {
        let (ada, linus) = (self.person("ada").await, self.person("linus").await);
        let room = ada.creates_room("back-end").await;
        linus.joins(&room).await;
        (ada, linus, room)
    }
}

fn config(data: &Data, arguments: &[&str]) -> Config {
    canary::watch();
    let fixed = ["devschat", "--listen=127.0.0.1:0", "--workers=2"].map(ToOwned::to_owned);
    let defaults = [
        ("--limit-messages", "off"),
        ("--limit-frames", "off"),
        ("--limit-signup", "off"),
        ("--limit-login", "off"),
        ("--limit-handshakes", "off"),
        ("--limit-requests", "off"),
        ("--limit-mail", "off"),
    ];
    let is_given = |name: &str| arguments.iter().any(|argument| argument.starts_with(name));
    let defaults = defaults.iter().filter(|(name, _)| !is_given(name));
    let arguments = fixed
        .into_iter()
        .chain(data.arguments())
        .chain(defaults.map(|(name, value)| format!("{name}={value}")))
        .chain(arguments.iter().map(|argument| (*argument).to_owned()));
    Arguments::parse_from(arguments).config
}
