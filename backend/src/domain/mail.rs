//! What the link in a mail is for.

/// What a token in a mail allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailPurpose {
    /// Setting a new password without knowing the old one.
    Reset,
    /// Showing that one reads the mail of one's address.
    Verify,
}

impl MailPurpose {
    /// As it is stored, and the page of the SPA that takes the token.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Verify => "verify",
        }
    }
}
