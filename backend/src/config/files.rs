//! Secrets that come in files, as orchestrators hand them out: `DEVSCHAT_SECRET_FILE` instead
//! of `DEVSCHAT_SECRET`, and so on.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;

#[derive(Clone, Debug, Default, Args)]
pub struct SecretFiles {
    /// Holds what DEVSCHAT_SECRET would.
    #[arg(long, env = "DEVSCHAT_SECRET_FILE")]
    pub secret_file: Option<PathBuf>,

    /// Holds what DEVSCHAT_SECRET_PREVIOUS would.
    #[arg(long, env = "DEVSCHAT_SECRET_PREVIOUS_FILE")]
    pub secret_previous_file: Option<PathBuf>,

    /// Holds what DATABASE_URL would.
    #[arg(long, env = "DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,

    /// Holds what REDIS_URL would.
    #[arg(long, env = "REDIS_URL_FILE")]
    pub redis_url_file: Option<PathBuf>,

    /// Holds what DEVSCHAT_SMTP_URL would.
    #[arg(long, env = "DEVSCHAT_SMTP_URL_FILE")]
    pub smtp_url_file: Option<PathBuf>,

    /// Holds what DEVSCHAT_OIDC_CLIENT_SECRET would.
    #[arg(long, env = "DEVSCHAT_OIDC_CLIENT_SECRET_FILE")]
    pub oidc_client_secret_file: Option<PathBuf>,
}

/// What stands in the file a setting names, if it names one. Setting both is refused: nobody
/// could tell which counts.
pub fn read(setting: &str, path: Option<&Path>, given: bool) -> anyhow::Result<Option<String>> {
    let Some(path) = path.filter(|path| !path.as_os_str().is_empty()) else { return Ok(None) };
    ensure!(!given, "set {setting} or {setting}_FILE, not both");
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{setting}_FILE: can't read {}", path.display()))?;
    let text = text.trim();
    ensure!(!text.is_empty(), "{setting}_FILE: {} is empty", path.display());
    Ok(Some(text.to_owned()))
}
