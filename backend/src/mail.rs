//! Sends mail, by SMTP.
//!
//! On somebody's own machine without SMTP a letter goes to the log, so that its link can be
//! followed. Elsewhere a server without SMTP sends none, and says so before one is written.

use std::time::Duration;

use anyhow::Context as _;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

/// A server that takes longer than this for one step is given up.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A text for one address. Holds nothing that its reader's account has chosen but a username:
/// anybody can sign up with somebody else's address, and must not write to them through us.
pub struct Letter {
    pub to: String,
    pub subject: &'static str,
    pub text: String,
    /// What the letter is about; for the log of somebody's own machine.
    pub link: String,
}

/// How mail leaves.
pub enum Mailer {
    Smtp {
        transport: AsyncSmtpTransport<Tokio1Executor>,
        from: Box<Mailbox>,
    },
    /// To the log, on somebody's own machine.
    Log,
    Off,
}

impl Mailer {
    /// By the server at a `smtp://` or `smtps://` URL.
    pub fn smtp(url: &str, from: &str) -> anyhow::Result<Self> {
        // The URL holds a password: what is wrong with it is not repeated.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .ok()
            .context("DEVSCHAT_SMTP_URL must be like smtps://name:password@mail.example.org")?
            .timeout(Some(TIMEOUT))
            .build();
        let from = from.parse().ok().context(
            "DEVSCHAT_MAIL_FROM must be an address, DevsChat <chat@example.org> for example",
        )?;
        Ok(Self::Smtp { transport, from: Box::new(from) })
    }

    pub const fn is_on(&self) -> bool {
        !matches!(self, Self::Off)
    }

    /// Hands a letter over. Errors name no address.
    pub async fn send(&self, letter: Letter) -> anyhow::Result<()> {
        let (transport, from) = match self {
            Self::Smtp { transport, from } => (transport, from),
            Self::Log => {
                tracing::info!("no SMTP is set, so a mail goes here: {}", letter.link);
                return Ok(());
            }
            Self::Off => anyhow::bail!("this server sends no mail"),
        };
        let to: Address = letter.to.parse().ok().context("an address is none to SMTP")?;
        let message = Message::builder()
            .from(from.as_ref().clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text)
            .ok()
            .context("a mail can't be put together")?;
        // A server's refusal may repeat the address.
        transport.send(message).await.map(drop).map_err(|error| {
            let kind = match error.status() {
                Some(status) => format!("answered {status}"),
                None if error.is_timeout() => "did not answer in time".to_owned(),
                None if error.is_tls() => "can't be trusted".to_owned(),
                None => "can't be reached".to_owned(),
            };
            anyhow::anyhow!("the SMTP server {kind}")
        })
    }
}
