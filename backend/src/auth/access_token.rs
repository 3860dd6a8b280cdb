//! The access token: a JWT that proves who is asking, for a few minutes.
//!
//! RFC 9068 (`typ: at+jwt`) and RFC 8725: one algorithm fixed in code, every claim required.
//! No roles inside: what somebody may do is read from the database when they do it.

use std::{collections::HashMap, time::Duration};

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{hmac_provider::HMAC_PROVIDER, key::Secrets};
use crate::{
    domain::{
        id::{SessionId, UserId},
        scope::Rights,
        timestamp::Timestamp,
    },
    error::{Error, ErrorCode, Result},
};

const TOKEN_TYPE: &str = "at+jwt";
const ISSUER: &str = "devschat";
const AUDIENCE: &str = "devschat-api";
const PURPOSE: &[u8] = b"devschat access token";

/// Whom a valid access token speaks for, what for, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    pub user_id: UserId,
    /// An API token stands for a login: this is its id then.
    pub session_id: SessionId,
    pub expires_at: Timestamp,
    pub rights: Rights,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    iat: i64,
    exp: i64,
    jti: Uuid,
}

/// Issues and verifies access tokens.
pub struct AccessTokens {
    pub lifetime: Duration,
    /// The key that signs, by its name.
    key_id: String,
    encoding: EncodingKey,
    /// The keys that verify.
    decoding: HashMap<String, DecodingKey>,
    validation: Validation,
}

impl AccessTokens {
    pub fn new(secrets: &Secrets, lifetime: Duration) -> Self {
        // Already installed, by another server in this process: the same one.
        let _ = HMAC_PROVIDER.install_default();
        let key = secrets.key(PURPOSE);
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = 0;
        // Checked by ourselves against the caller's clock, so that it is told apart from forgery.
        validation.validate_exp = false;
        Self {
            lifetime,
            key_id: key_id(&key),
            encoding: EncodingKey::from_secret(&key),
            decoding: secrets
                .keys(PURPOSE)
                .iter()
                .map(|key| (key_id(key), DecodingKey::from_secret(key)))
                .collect(),
            validation,
        }
    }

    /// A token for this login, valid for the lifetime given to [`Self::new`].
    pub fn issue(&self, user_id: UserId, session_id: SessionId, now: Timestamp) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user_id,
            sid: session_id,
            iat: now.unix_seconds(),
            exp: now.plus(self.lifetime).unix_seconds(),
            jti: Uuid::new_v4(),
        };
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(self.key_id.clone());
        jsonwebtoken::encode(&header, &claims, &self.encoding).map_err(Error::internal)
    }

    /// Whom the token speaks for. `unauthenticated` when it isn't ours, `token_expired` when
    /// it was.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Identity> {
        let refused = || Error::unauthenticated("The access token is not valid.");
        let header = jsonwebtoken::decode_header(token).map_err(|_| refused())?;
        let key = header.kid.as_ref().and_then(|kid| self.decoding.get(kid)).ok_or_else(refused)?;
        let token =
            jsonwebtoken::decode::<Claims>(token, key, &self.validation).map_err(|error| {
                match error.kind() {
                    ErrorKind::Provider(_) => Error::internal(error),
                    _ => refused(),
                }
            })?;
        if token.header.typ.as_deref() != Some(TOKEN_TYPE) {
            return Err(refused());
        }
        let claims = token.claims;
        let lifetime_s = self.lifetime.as_secs() as i64;
        if claims.exp - claims.iat > lifetime_s || claims.iat > now.unix_seconds() + 60 {
            return Err(refused());
        }
        if claims.exp <= now.unix_seconds() {
            return Err(Error::new(ErrorCode::TokenExpired, "The access token has expired."));
        }
        Ok(Identity {
            user_id: claims.sub,
            session_id: claims.sid,
            expires_at: Timestamp::from_unix_ms(claims.exp * 1000),
            rights: Rights::Login,
        })
    }
}

/// A public name of the key, so that two can be told apart while they are changed.
fn key_id(key: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, key);
    digest.as_ref()[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: Duration = Duration::from_secs(600);
    const NOW: Timestamp = Timestamp::from_unix_ms(1_795_414_579_000);

    fn someone() -> (UserId, SessionId) {
        (UserId(Uuid::now_v7()), SessionId(Uuid::now_v7()))
    }

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
    const OTHER: &[u8] = b"ffffffffffffffffffffffffffffffff";

    fn tokens() -> AccessTokens {
        AccessTokens::new(&Secrets::only(SECRET), LIFETIME)
    }

    #[test]
    fn a_changed_secret_still_verifies_what_the_one_before_signed_and_signs_nothing_with_it() {
        let (user_id, session_id) = someone();
        let changed = Secrets { current: OTHER.to_vec(), previous: Some(SECRET.to_vec()) };
        let changed = AccessTokens::new(&changed, LIFETIME);
        let old = tokens().issue(user_id, session_id, NOW).unwrap();
        let new = changed.issue(user_id, session_id, NOW).unwrap();
        let afterwards = AccessTokens::new(&Secrets::only(OTHER), LIFETIME);

        assert!(changed.verify(&old, NOW).is_ok() && changed.verify(&new, NOW).is_ok());
        assert!(afterwards.verify(&old, NOW).is_err() && afterwards.verify(&new, NOW).is_ok());
    }

    #[test]
    fn a_token_speaks_for_its_user_and_session_for_its_lifetime() {
        let (user_id, session_id) = someone();
        let token = tokens().issue(user_id, session_id, NOW).unwrap();

        let last_moment = NOW.plus(LIFETIME - Duration::from_secs(1));
        let identity = tokens().verify(&token, last_moment).unwrap();
        let late = tokens().verify(&token, NOW.plus(LIFETIME)).unwrap_err();

        assert_eq!((identity.user_id, identity.session_id), (user_id, session_id));
        assert_eq!(late.code, ErrorCode::TokenExpired);
    }

    #[test]
    fn a_token_of_another_key_type_audience_or_issuer_is_refused() {
        let (user_id, session_id) = someone();
        let key = Secrets::only(SECRET).key(PURPOSE);
        let forge = |typ: &str, iss: &str, aud: &str, lifetime_s: i64| {
            let iat = NOW.unix_seconds();
            let claims = Claims {
                iss: iss.to_owned(),
                aud: aud.to_owned(),
                sub: user_id,
                sid: session_id,
                iat,
                exp: iat + lifetime_s,
                jti: Uuid::new_v4(),
            };
            let mut header = Header::new(Algorithm::HS256);
            header.typ = Some(typ.to_owned());
            header.kid = Some(key_id(&key));
            jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&key)).unwrap()
        };
        let other_key = AccessTokens::new(&Secrets::only(OTHER), LIFETIME);
        let unsigned = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIn0.e30.";

        assert!(tokens().verify(&forge(TOKEN_TYPE, ISSUER, AUDIENCE, 600), NOW).is_ok());
        for bad in [
            forge("JWT", ISSUER, AUDIENCE, 600),
            forge(TOKEN_TYPE, "somebody", AUDIENCE, 600),
            forge(TOKEN_TYPE, ISSUER, "other-api", 600),
            forge(TOKEN_TYPE, ISSUER, AUDIENCE, 86_400),
            other_key.issue(user_id, session_id, NOW).unwrap(),
            unsigned.to_owned(),
            "garbage".to_owned(),
        ] {
            let error = tokens().verify(&bad, NOW).unwrap_err();
            assert_eq!(error.code, ErrorCode::Unauthenticated, "{bad}");
        }
    }
}
