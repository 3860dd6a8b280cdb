//! An OpenID Connect provider, found by discovery: authorization code flow with PKCE, state
//! and nonce (RFC 9700).
//!
//! What the provider says about itself, its keys included, is kept for a while, and asked for
//! again when a token names a key that isn't known. Errors hold no code, no token and nothing
//! about a person: they are for the log.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use anyhow::{Context as _, anyhow, ensure};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, TokenResponse as _,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType,
        CoreIdTokenClaims, CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata,
        CoreTokenResponse, CoreUserInfoClaims,
    },
};
use parking_lot::Mutex;
use serde::Serialize;

use crate::domain::openid::{ExternalIdentity, Profile};

/// A provider that takes longer than this for one answer is given up.
const TIMEOUT: Duration = Duration::from_secs(10);
/// What a provider says about itself counts this long.
const KNOWN_FOR: Duration = Duration::from_secs(600);
/// OpenID Connect Core, 2.
const MAX_SUBJECT_BYTES: usize = 255;
/// What ID tokens may be signed with: never nothing, and never a secret shared with others.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Where to send a browser, and what must be remembered until it comes back.
pub struct Departure {
    pub location: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// A provider, and what this server is there.
pub struct Provider {
    pub name: String,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    http: reqwest::Client,
    /// Known once the server listens.
    redirect_url: OnceLock<RedirectUrl>,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

impl Provider {
    /// Fails where TLS can't be set up. The provider itself is first spoken to when somebody
    /// signs in: the server starts without it.
    pub fn new(
        name: String,
        issuer: String,
        client_id: String,
        client_secret: String,
    ) -> anyhow::Result<Self> {
        let issuer = IssuerUrl::new(issuer)?;
        let http = reqwest::Client::builder()
            .https_only(issuer.url().scheme() == "https")
            // A redirect could lead to a server of the inner network.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self {
            name,
            issuer,
            client_id: ClientId::new(client_id),
            client_secret: ClientSecret::new(client_secret),
            http,
            redirect_url: OnceLock::new(),
            known: Mutex::new(None),
        })
    }

    /// Says where the provider sends browsers back to.
    pub fn come_back_to(&self, redirect_url: String) -> anyhow::Result<()> {
        let redirect_url = RedirectUrl::new(redirect_url)?;
        self.redirect_url.get_or_init(|| redirect_url);
        Ok(())
    }

    pub fn is_issuer(&self, issuer: &str) -> bool {
        self.issuer.as_str() == issuer
    }

    /// Begins a sign-in.
    pub async fn depart(&self) -> anyhow::Result<Departure> {
        let client = self.client(self.metadata().await?)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (location, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Departure {
            location: location.into(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Who signed in, by the code that the browser brought back.
    pub async fn identify(
        &self,
        code: String,
        verifier: String,
        nonce: String,
    ) -> anyhow::Result<(ExternalIdentity, Profile)> {
        let mut client = self.client(self.metadata().await?)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.http)
            .await
            .map_err(told_without_secrets)?;
        let nonce = Nonce::new(nonce);
        let claims = match verified(&client, &tokens, &nonce) {
            // Its keys have changed.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                client = self.client(self.discover().await?)?;
                verified(&client, &tokens, &nonce)
            }
            outcome => outcome,
        };
        let claims =
            claims.map_err(|error| anyhow!("the ID token is refused: {}", kind(&error)))?;
        let subject = claims.subject().clone();
        ensure!(subject.len() <= MAX_SUBJECT_BYTES, "the ID token's subject is too long");
        let mut profile = profile(&claims)?;
        if profile.email.is_none() && client.user_info_url().is_some() {
            let asked = client.user_info(tokens.access_token().clone(), Some(subject.clone()))?;
            let told: CoreUserInfoClaims = asked
                .request_async(&self.http)
                .await
                .map_err(|_| anyhow!("the provider does not tell who its user is"))?;
            profile = self::profile(&told)?;
        }
        let issuer = self.issuer.as_str().to_owned();
        Ok((ExternalIdentity { issuer, subject: subject.to_string() }, profile))
    }

    fn client(&self, metadata: CoreProviderMetadata) -> anyhow::Result<Client> {
        let redirect_url = self.redirect_url.get().context("the server does not listen yet")?;
        let methods = metadata.token_endpoint_auth_methods_supported();
        // Without a list, Basic is what a provider takes (OpenID Connect Discovery, 3).
        let takes_basic = methods
            .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let (id, secret) = (self.client_id.clone(), self.client_secret.clone());
        let client = CoreClient::from_provider_metadata(metadata, id, Some(secret));
        let client = client.set_redirect_uri(redirect_url.clone());
        Ok(if takes_basic {
            client
        } else {
            client.set_auth_type(openidconnect::AuthType::RequestBody)
        })
    }

    async fn metadata(&self) -> anyhow::Result<CoreProviderMetadata> {
        let known = self.known.lock().clone();
        match known {
            Some((since, metadata)) if since.elapsed() < KNOWN_FOR => Ok(metadata),
            _ => self.discover().await,
        }
    }

    async fn discover(&self) -> anyhow::Result<CoreProviderMetadata> {
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http)
            .await
            .context("the OpenID Connect provider can't be discovered")?;
        *self.known.lock() = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }
}

fn verified(
    client: &Client,
    tokens: &CoreTokenResponse,
    nonce: &Nonce,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let missing = || ClaimsVerificationError::Other("there is none".to_owned());
    let id_token = tokens.id_token().ok_or_else(missing)?;
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let claims = id_token.claims(&verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let hash = id_token.signing_alg().and_then(|algorithm| {
            let key = id_token.signing_key(&verifier)?;
            AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
                .map_err(|error| SignatureVerificationError::Other(error.to_string()))
        });
        if hash.map_err(ClaimsVerificationError::SignatureVerification)? != *expected {
            return Err(ClaimsVerificationError::Other("another access token".to_owned()));
        }
    }
    Ok(claims.clone())
}

/// The claims that an ID token and a user info answer have in common.
fn profile(claims: &impl Serialize) -> anyhow::Result<Profile> {
    Ok(serde_json::from_value(serde_json::to_value(claims)?)?)
}

/// What is wrong with a token, without anything that stands in it.
fn kind(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "it has expired",
        ClaimsVerificationError::InvalidAudience(_) => "it is for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "somebody else made it",
        ClaimsVerificationError::InvalidNonce(_) => "it is for another sign-in",
        ClaimsVerificationError::SignatureVerification(_) => "its signature is not the provider's",
        _ => "it breaks a rule",
    }
}

fn told_without_secrets<R: std::error::Error + 'static>(
    error: RequestTokenError<R, StandardErrorResponse<CoreErrorResponseType>>,
) -> anyhow::Error {
    match error {
        RequestTokenError::ServerResponse(told) => {
            anyhow!("the provider does not take the code: {}", told.error())
        }
        RequestTokenError::Request(_) => anyhow!("the provider can't be reached"),
        _ => anyhow!("the provider's answer is not understood"),
    }
}
