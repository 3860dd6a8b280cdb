//! What one sees of one's second factor.

use serde::Serialize;
use utoipa::ToSchema;

/// Whether log-ins need a code of an authenticator app.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct TwoFactor {
    pub is_enabled: bool,
    /// How many log-ins without the app are left.
    pub recovery_codes_left: u64,
}

/// What an authenticator app is set up with; shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TwoFactorSetup {
    /// For typing in: base32.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    pub secret: String,
    /// For a QR code.
    #[schema(
        example = "otpauth://totp/DevsChat:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=DevsChat"
    )]
    pub uri: String,
}
