//! Sign-in with an OpenID Connect provider: all of its settings, or none.

use anyhow::{Context as _, ensure};
use clap::Args;
use url::Url;

use super::safety::is_local_url;

/// As long as the column that keeps it.
const MAX_ISSUER_BYTES: usize = 255;

#[derive(Clone, Debug, Default, Args)]
pub struct OpenIdSettings {
    /// The OpenID Connect provider people may sign in with: its issuer, `https://id.example.org`.
    #[arg(long, env = "DEVSCHAT_OIDC_ISSUER")]
    pub oidc_issuer: Option<String>,

    /// What the provider calls this server.
    #[arg(long, env = "DEVSCHAT_OIDC_CLIENT_ID")]
    pub oidc_client_id: Option<String>,

    /// By what the provider knows this server.
    #[arg(long, env = "DEVSCHAT_OIDC_CLIENT_SECRET", hide_env_values = true)]
    pub oidc_client_secret: Option<String>,

    /// What people call the provider; the host of its issuer when absent.
    #[arg(long, env = "DEVSCHAT_OIDC_NAME")]
    pub oidc_name: Option<String>,
}

/// A provider, completely described.
#[derive(Clone)]
pub struct OpenIdProvider {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    pub name: String,
}

impl OpenIdSettings {
    /// What may be set to nothing, which counts as not set.
    pub fn texts(&mut self) -> [&mut Option<String>; 4] {
        [
            &mut self.oidc_issuer,
            &mut self.oidc_client_id,
            &mut self.oidc_client_secret,
            &mut self.oidc_name,
        ]
    }

    /// The provider, where one is set. Fails, saying what to do, when it is described in part or
    /// would be spoken to in the clear.
    pub fn provider(&self) -> anyhow::Result<Option<OpenIdProvider>> {
        let Some(issuer) = &self.oidc_issuer else {
            let others = [&self.oidc_client_id, &self.oidc_client_secret, &self.oidc_name];
            ensure!(
                others.into_iter().all(Option::is_none),
                "DEVSCHAT_OIDC_ISSUER must be set as well, to the provider's issuer, or no DEVSCHAT_OIDC_… at all"
            );
            return Ok(None);
        };
        let url = Url::parse(issuer).ok().filter(Url::has_host);
        let url = url.context("DEVSCHAT_OIDC_ISSUER must be a URL like https://id.example.org")?;
        ensure!(
            url.scheme() == "https" || is_local_url(issuer),
            "DEVSCHAT_OIDC_ISSUER must begin with https://: who somebody is must not cross a network in the clear"
        );
        ensure!(
            issuer.len() <= MAX_ISSUER_BYTES,
            "DEVSCHAT_OIDC_ISSUER must have at most {MAX_ISSUER_BYTES} bytes"
        );
        let needed = |name: &str, value: &Option<String>| {
            value.clone().with_context(|| {
                format!("{name} must be set as well: the provider gives it when this server is registered there")
            })
        };
        let host = || url.host_str().unwrap_or_default().to_owned();
        Ok(Some(OpenIdProvider {
            issuer: issuer.clone(),
            client_id: needed("DEVSCHAT_OIDC_CLIENT_ID", &self.oidc_client_id)?,
            client_secret: needed("DEVSCHAT_OIDC_CLIENT_SECRET", &self.oidc_client_secret)?,
            name: self.oidc_name.clone().unwrap_or_else(host),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: Option<&str>, id: Option<&str>, secret: Option<&str>) -> OpenIdSettings {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        OpenIdSettings {
            oidc_issuer: owned(issuer),
            oidc_client_id: owned(id),
            oidc_client_secret: owned(secret),
            oidc_name: None,
        }
    }

    #[test]
    fn it_is_described_completely_or_not_at_all() {
        let refusal = |issuer, id, secret| {
            let provider = settings(issuer, id, secret).provider();
            provider.map(|_| ()).unwrap_err().to_string()
        };
        let issuer = Some("https://id.example.org/realms/team");

        assert!(settings(None, None, None).provider().unwrap().is_none());
        let provider = settings(issuer, Some("chat"), Some("secret")).provider().unwrap().unwrap();
        assert_eq!(provider.name, "id.example.org");
        assert!(refusal(None, Some("chat"), None).contains("DEVSCHAT_OIDC_ISSUER must be set"));
        assert!(refusal(None, None, Some("secret")).contains("DEVSCHAT_OIDC_ISSUER must be set"));
        assert!(refusal(issuer, None, Some("secret")).contains("DEVSCHAT_OIDC_CLIENT_ID must"));
        assert!(refusal(issuer, Some("chat"), None).contains("DEVSCHAT_OIDC_CLIENT_SECRET must"));
    }

    #[test]
    fn it_is_spoken_to_in_the_clear_on_this_machine_only() {
        let told = |issuer: &str| {
            let provider = settings(Some(issuer), Some("chat"), Some("secret")).provider();
            provider.map(|_| ()).map_err(|error| error.to_string())
        };

        for fine in ["https://id.example.org", "http://127.0.0.1:9000", "http://localhost/x"] {
            assert_eq!(told(fine), Ok(()), "{fine}");
        }
        for open in ["http://id.example.org", "http://localhost@id.example.org"] {
            assert!(told(open).unwrap_err().contains("https://"), "{open}");
        }
        assert!(told("id.example.org").unwrap_err().contains("must be a URL"));
    }
}
