//! What a configuration must not be: unsafe, or unable to work.

use std::net::IpAddr;

use anyhow::{bail, ensure};
use url::Url;

use super::{Config, MIN_SECRET_BYTES};
use crate::store::database::sqlite_path;

/// A secret that was copied from documentation protects nobody.
const EXAMPLE_WORDS: [&str; 4] = ["change-me", "changeme", "example", "secret-secret"];

impl Config {
    /// Refuses what would be unsafe or can't work, with a sentence that says what to do.
    pub fn check(&self) -> anyhow::Result<()> {
        let is_sqlite = sqlite_path(&self.database_url).is_some();
        let is_postgres = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| self.database_url.starts_with(scheme));
        ensure!(is_sqlite || is_postgres, "DATABASE_URL must begin with sqlite:// or postgres://");
        ensure!(
            !(is_sqlite && self.redis_url.is_some()),
            "REDIS_URL is for several instances, which need PostgreSQL: set DATABASE_URL to postgres://…, or unset REDIS_URL"
        );
        for secret in self.secret.iter().chain(&self.secret_previous) {
            ensure!(
                secret.len() >= MIN_SECRET_BYTES,
                "DEVSCHAT_SECRET must have at least {MIN_SECRET_BYTES} bytes: try `openssl rand -base64 48`"
            );
        }
        if let Some(url) = &self.public_url {
            ensure!(
                url.starts_with("https://") || is_local_url(url),
                "DEVSCHAT_PUBLIC_URL must begin with https://: tokens must not cross a network in the clear"
            );
        }
        ensure!(
            self.allowed_origins
                .iter()
                .all(|origin| origin.starts_with("http://") || origin.starts_with("https://")),
            "DEVSCHAT_ALLOWED_ORIGINS must list origins like https://chat.example.org"
        );
        ensure!(
            self.smtp_url.as_ref().is_none_or(|url| is_private_mail(url)),
            "DEVSCHAT_SMTP_URL must begin with smtps://, or end with ?tls=required: links to new passwords must not cross a network in the clear"
        );
        ensure!(
            self.smtp_url.is_none() || self.mail_from.is_some(),
            "DEVSCHAT_MAIL_FROM must say whom mail is from, since DEVSCHAT_SMTP_URL is set"
        );
        self.openid.provider()?;
        self.trusted_networks()?;
        if self.listen.ip().is_loopback() { Ok(()) } else { self.check_exposed() }
    }

    /// What listening beyond loopback asks for.
    fn check_exposed(&self) -> anyhow::Result<()> {
        let Some(secret) = &self.secret else {
            bail!(
                "DEVSCHAT_SECRET must be set to listen on {}: try `openssl rand -base64 48`",
                self.listen
            );
        };
        let lowered = secret.to_lowercase();
        ensure!(
            !EXAMPLE_WORDS.iter().any(|word| lowered.contains(word)),
            "DEVSCHAT_SECRET looks like an example: make your own with `openssl rand -base64 48`"
        );
        Ok(())
    }
}

/// Whether mail crosses no network in the clear on its way to this server.
fn is_private_mail(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let demands_tls = url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    url.scheme() == "smtps" || demands_tls || is_this_machine(&url)
}

/// Whether only this very machine can follow it.
pub fn is_local_url(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.scheme() == "http" && is_this_machine(&url))
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    fn checked(arguments: &[&str]) -> Result<(), String> {
        let arguments = std::iter::once(&"devschat").chain(arguments);
        let cli = Cli::try_parse_from(arguments).map_err(|error| error.to_string())?;
        let checked = cli.config.resolved().and_then(|config| config.check());
        checked.map_err(|error| error.to_string())
    }

    const GOOD_SECRET: &str = "--secret=Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0";

    #[test]
    fn loopback_needs_nothing() {
        assert_eq!(checked(&[]), Ok(()));
    }

    #[test]
    fn beyond_loopback_unsafe_settings_are_refused_with_what_to_do() {
        let open = "--listen=0.0.0.0:8080";
        let refusal = |arguments: &[&str]| checked(arguments).unwrap_err();

        assert!(refusal(&[open]).contains("DEVSCHAT_SECRET must be set"));
        assert!(refusal(&[open, "--secret=short"]).contains("at least 32 bytes"));
        assert!(
            refusal(&[open, "--secret=please-change-me-please-change-me-please"])
                .contains("example")
        );
        assert!(
            refusal(&[open, GOOD_SECRET, "--public-url=http://chat.example.org"])
                .contains("https://")
        );
        assert!(refusal(&["--public-url=http://chat.example.org"]).contains("https://"));
        assert!(refusal(&["--secret-previous=short"]).contains("at least 32 bytes"));
        assert_eq!(checked(&[open, GOOD_SECRET, "--public-url=https://chat.example.org"]), Ok(()));
        assert_eq!(checked(&[open, GOOD_SECRET, "--public-url=http://localhost:8080"]), Ok(()));
    }

    #[test]
    fn mail_crosses_no_network_in_the_clear() {
        let told = |url: &str| checked(&[&format!("--smtp-url={url}"), "--mail-from=a@b.example"]);

        for fine in [
            "smtps://ada:secret@mail.example.org",
            "smtp://ada:secret@mail.example.org:587?tls=required",
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
        ] {
            assert_eq!(told(fine), Ok(()), "{fine}");
        }
        for open in [
            "smtp://mail.example.org",
            "smtp://ada:secret@mail.example.org:587",
            "smtp://localhost@mail.example.org?tls=opportunistic",
            "smtp://mail.example.org?name=ada@localhost",
            "smtp://tls=required@mail.example.org",
        ] {
            assert!(told(open).unwrap_err().contains("tls=required"), "{open}");
        }
    }

    #[test]
    fn secrets_may_come_in_files() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret");
        std::fs::write(&path, "Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0\n").unwrap();
        let file = format!("--secret-file={}", path.display());
        let open = "--listen=0.0.0.0:8080";

        assert_eq!(checked(&[open, &file]), Ok(()));
        assert!(checked(&[open, &file, GOOD_SECRET]).unwrap_err().contains("not both"));
        assert!(checked(&["--secret-file=/nowhere"]).unwrap_err().contains("can't read"));
        std::fs::write(&path, "short").unwrap();
        assert!(checked(&[&file]).unwrap_err().contains("at least 32 bytes"));
        std::fs::write(&path, "").unwrap();
        assert!(checked(&[&file]).unwrap_err().contains("is empty"));
        std::fs::write(&path, "mysql://somewhere").unwrap();
        let database = format!("--database-url-file={}", path.display());
        assert!(checked(&[&database]).unwrap_err().contains("DATABASE_URL must begin"));
    }

    #[test]
    fn sqlite_with_redis_is_refused() {
        assert!(checked(&["--redis-url=redis://127.0.0.1/"]).unwrap_err().contains("PostgreSQL"));
        assert!(checked(&["--database-url=mysql://x/y"]).unwrap_err().contains("DATABASE_URL"));
        assert!(checked(&["--allowed-origins=*"]).unwrap_err().contains("origins"));
    }

    #[test]
    fn what_is_set_to_nothing_is_not_set() {
        let empty = [
            "--redis-url=",
            "--secret=",
            "--public-url=",
            "--trusted-proxies=",
            "--allowed-origins=",
        ];
        assert_eq!(checked(&empty), Ok(()));
    }

    #[test]
    fn a_trusted_proxy_is_an_address_or_a_network() {
        assert_eq!(checked(&["--trusted-proxies=10.0.0.0/8,192.0.2.7,::1"]), Ok(()));
        assert!(checked(&["--trusted-proxies=proxy"]).is_err());
    }
}
