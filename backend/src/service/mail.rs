//! What goes by mail: a link to a new password, and one that shows whose an address is.
//!
//! A link is made and sent after its request was answered, by one task with a queue of its
//! own: the answer, and how long it takes, don't tell whether an address has an account.
//! What is queued when the server stops is lost, and asked for again.

use std::{sync::Arc, time::Duration};

use tokio::sync::mpsc;

use super::{Chat, now};
use crate::{
    auth::{access_token::Identity, link_token},
    domain::{
        audit::{Actor, AuditAction},
        email::Email,
        id::UserId,
        mail::MailPurpose,
        password::Password,
        user::User,
    },
    error::{Error, Result},
    mail::{Letter, Mailer},
    rate_limit::Limit,
    store::{access, mail_tokens, users},
};

/// A link counts this long.
const LIFETIME: Duration = Duration::from_secs(3600);
/// Links that wait to be made and sent; what is beyond is not sent.
const QUEUE: usize = 256;

/// A link somebody asked for.
pub enum Wish {
    Reset { email: Email, client_address: String },
    Verify { user_id: UserId },
}

/// How links are made and sent.
pub struct Post {
    pub mailer: Mailer,
    wishes: mpsc::Sender<Wish>,
}

impl Post {
    /// With the wishes for [`deliver`].
    pub fn new(mailer: Mailer) -> (Self, mpsc::Receiver<Wish>) {
        let (wishes, queue) = mpsc::channel(QUEUE);
        (Self { mailer, wishes }, queue)
    }

    fn wish(&self, wish: Wish) {
        if self.wishes.try_send(wish).is_err() {
            tracing::warn!("too many mails wait to be sent: one is lost");
        }
    }
}

impl Chat {
    /// Sends a link to a new password, if somebody has this address.
    pub async fn forgot_password(&self, email: Email, client_address: &str) -> Result<()> {
        self.require_mail()?;
        self.limit(Limit::Mail, client_address).await?;
        self.limit(Limit::Mail, &format!("to:{}", email.key())).await?;
        let client_address = client_address.to_owned();
        self.post.wish(Wish::Reset { email, client_address });
        Ok(())
    }

    /// Sets a password by what a mail carried, and ends all logins and API tokens.
    pub async fn reset_password(
        &self,
        token: &str,
        password: Password,
        client_address: &str,
    ) -> Result<()> {
        self.limit(Limit::Requests, client_address).await?;
        let hash = link_token::hash(token);
        // Looked at before a password is hashed for a stranger.
        let found = mail_tokens::find(&self.db, MailPurpose::Reset, &hash, now()).await?;
        let user_id = found.ok_or_else(used_up)?;
        let user = self.user(user_id).await?;
        password.unlike(user.about()).map_err(|why| Error::wrong("password", why))?;
        let new_hash = self.passwords.hash(password).await?;
        let ended = access::reset_password(&self.db, user_id, &hash, new_hash, now()).await?;
        self.close_sockets(user_id, ended.ok_or_else(used_up)?);
        let stranger = Actor::stranger(client_address);
        self.record(AuditAction::PasswordReset, stranger, Some(user_id)).await;
        Ok(())
    }

    /// Sends a link that shows that one reads the mail of one's address.
    pub async fn ask_for_verification(&self, asker: Identity, client_address: &str) -> Result<()> {
        self.require_mail()?;
        self.limit(Limit::Mail, client_address).await?;
        self.limit(Limit::Mail, &format!("verify:{}", asker.user_id)).await?;
        self.post.wish(Wish::Verify { user_id: asker.user_id });
        Ok(())
    }

    /// Remembers by what a mail carried that its reader has the address.
    pub async fn verify_email(&self, token: &str, client_address: &str) -> Result<()> {
        self.limit(Limit::Requests, client_address).await?;
        let hash = link_token::hash(token);
        let found = mail_tokens::find(&self.db, MailPurpose::Verify, &hash, now()).await?;
        let user_id = found.ok_or_else(used_up)?;
        if !access::verify_email(&self.db, user_id, &hash, now()).await? {
            return Err(used_up());
        }
        let stranger = Actor::stranger(client_address);
        self.record(AuditAction::EmailVerified, stranger, Some(user_id)).await;
        Ok(())
    }

    fn require_mail(&self) -> Result<()> {
        if self.post.mailer.is_on() {
            return Ok(());
        }
        Err(Error::forbidden("This server sends no mail: ask who runs it."))
    }

    async fn grant(&self, wish: Wish, public_url: &str) -> Result<()> {
        let (user, purpose) = match wish {
            Wish::Verify { user_id } => (self.user(user_id).await?, MailPurpose::Verify),
            Wish::Reset { email, client_address } => {
                let found = users::find_by_login(&self.db, email.as_str()).await?;
                // Somebody's username may look like an address that nobody has.
                let is_theirs = |user: &User| user.email.to_lowercase() == email.key();
                let Some(user) = found.map(|found| found.user).filter(is_theirs) else {
                    return Ok(());
                };
                let stranger = Actor::stranger(&client_address);
                let requested = AuditAction::PasswordResetRequested;
                self.record(requested, stranger, Some(user.id)).await;
                (user, MailPurpose::Reset)
            }
        };
        let token = link_token::make()?;
        let expires_at = now().plus(LIFETIME);
        let hash = link_token::hash(&token);
        if !access::add_mail_token(&self.db, user.id, purpose, hash, expires_at).await? {
            return Ok(());
        }
        // Behind #, so that no server and no proxy on the way writes it into its log.
        let link = format!("{public_url}/{}#{token}", purpose.as_str());
        self.post.mailer.send(letter(user, purpose, link)).await.map_err(Error::unavailable)
    }
}

/// Makes and sends the links that are asked for, one after the other, until the server ends.
pub async fn deliver(chat: Arc<Chat>, mut wishes: mpsc::Receiver<Wish>, public_url: String) {
    let public_url = public_url.trim_end_matches('/');
    while let Some(wish) = wishes.recv().await {
        if let Err(error) = chat.grant(wish, public_url).await {
            let cause = error.cause.map(|cause| format!("{cause:#}")).unwrap_or_default();
            tracing::error!(cause, "a mail was not sent");
        }
    }
}

fn letter(user: User, purpose: MailPurpose, link: String) -> Letter {
    let (subject, what, otherwise) = match purpose {
        MailPurpose::Reset => (
            "Your new DevsChat password",
            "choose a new password for your DevsChat account",
            "If you did not ask for this, ignore this mail: your password stays as it is.",
        ),
        MailPurpose::Verify => (
            "Confirm your DevsChat address",
            "confirm that this is the address of your DevsChat account",
            "If you have no such account, ignore this mail.",
        ),
    };
    let text = format!(
        "Hello {},\n\nfollow this link within an hour to {what}:\n\n{link}\n\n{otherwise}\n",
        user.username
    );
    Letter { to: user.email, subject, text, link }
}

fn used_up() -> Error {
    Error::wrong("token", "This link doesn't count any more: ask for a new one.")
}
