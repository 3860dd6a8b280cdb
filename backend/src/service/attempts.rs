//! Guessing passwords: how many wrong ones are looked at.
//!
//! An attempt is counted before its password is verified, so that a thousand at once are no
//! more than a thousand in a row, and given back when the password was right. Counted are the
//! account and the address together, the address alone, and, generously, the account alone.
//! Nobody is locked out: the right password counts as soon as the next attempt is allowed.

use super::Chat;
use crate::{error::Result, rate_limit::Limit};

/// An attempt that was admitted.
#[must_use]
pub struct Attempt {
    counted: [(Limit, String); 3],
}

impl Chat {
    /// Admits an attempt at an account's password, or refuses it. The account is a user's id,
    /// or the name of somebody who doesn't exist.
    pub(super) async fn admit_attempt(&self, account: &str, address: &str) -> Result<Attempt> {
        // The narrowest first: who hammers one account uses up nothing for the others at their
        // address.
        let counted = [
            (Limit::Login, format!("{address}:{account}")),
            (Limit::LoginAddress, address.to_owned()),
            (Limit::LoginAccount, account.to_owned()),
        ];
        for (limit, key) in &counted {
            self.limit(*limit, key).await?;
        }
        Ok(Attempt { counted })
    }

    /// The password was right.
    pub(super) async fn forgive(&self, attempt: Attempt) {
        for (limit, key) in &attempt.counted {
            self.limiter.give_back(*limit, key).await;
        }
    }
}
