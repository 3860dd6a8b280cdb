//! Reactions to messages, read beside them. They change through the ledger.

use sea_orm::{DbBackend, sea_query::Expr};
use uuid::Uuid;

use crate::{
    domain::{id::UserId, message::Reaction},
    error::{Error, Result},
};

/// The reactions to the message of the row, as text for [`parse`]; null where there are none.
///
/// Raw SQL, since the builder has no word for an aggregate's order, nor for the digits of a
/// UUID. Neither these nor an emoji contain white space.
pub(super) fn of_message(backend: DbBackend) -> Expr {
    let digits = match backend {
        DbBackend::Postgres => "encode(uuid_send(user_id), 'hex')",
        _ => "hex(user_id)",
    };
    Expr::cust(format!(
        "(SELECT string_agg({digits} || ' ' || emoji, '\n' ORDER BY seq)
          FROM reactions WHERE message_id = messages.id)"
    ))
}

/// The reactions that `text` lists, in the order in which each emoji first came.
pub(super) fn parse(text: &str) -> Result<Vec<Reaction>> {
    let broken = || Error::internal(anyhow::anyhow!("reactions can't be read: {text:?}"));
    let mut reactions: Vec<Reaction> = Vec::new();
    for line in text.lines() {
        let (digits, emoji) = line.split_once(' ').ok_or_else(broken)?;
        let user_id = UserId(Uuid::try_parse(digits).map_err(|_| broken())?);
        match reactions.iter_mut().find(|reaction| reaction.emoji == emoji) {
            Some(reaction) => {
                reaction.count += 1;
                reaction.user_ids.push(user_id);
            }
            None => reactions.push(Reaction {
                emoji: emoji.to_owned(),
                count: 1,
                user_ids: vec![user_id],
            }),
        }
    }
    Ok(reactions)
}
