//! Who has read a message, by the members' read marks.

use sea_orm::{EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{
    database::Database,
    entity::{room_member, user},
    users,
};
use crate::{
    domain::{id::UserId, message::Message, user::UserSummary},
    error::Result,
};

/// Those whose mark is at the message or past it, in the order in which they were given ids, after
/// `after`. Not its author, not who came later, not who doesn't share what they read.
///
/// It goes through the room's memberships by their primary key. An index of read marks would find
/// the few readers of a new message sooner, and be written each time somebody reads.
pub async fn list(
    db: &Database,
    message: &Message,
    after: Option<UserId>,
    limit: u64,
) -> Result<Vec<UserSummary>> {
    let membership = user::Entity::belongs_to(room_member::Entity)
        .from(user::Column::Id)
        .to(room_member::Column::UserId)
        .into();
    let mut rows = user::Entity::find()
        .join(JoinType::InnerJoin, membership)
        .filter(room_member::COLUMN.room_id.eq(message.room_id.0))
        .filter(room_member::COLUMN.user_id.ne(message.author.id.0))
        .filter(room_member::COLUMN.joined_seq.lt(message.seq))
        .filter(room_member::COLUMN.read_seq.gte(message.seq))
        .filter(user::COLUMN.shares_reads.eq(true))
        .order_by_asc(room_member::Column::UserId)
        .limit(limit);
    if let Some(after) = after {
        rows = rows.filter(room_member::COLUMN.user_id.gt(after.0));
    }
    Ok(rows.all(&db.reader).await?.into_iter().map(users::summary_of).collect())
}
