//! Earlier bodies of messages. They are kept by the ledger.

use sea_orm::{EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{database::Database, entity::message_edit};
use crate::{
    domain::{
        id::{MessageId, Seq},
        message::Edit,
        timestamp::Timestamp,
    },
    error::Result,
};

/// Earlier bodies after a revision, oldest first.
pub async fn list(
    db: &Database,
    message_id: MessageId,
    after: Seq,
    limit: u64,
) -> Result<Vec<Edit>> {
    let rows = message_edit::Entity::find()
        .filter(message_edit::COLUMN.message_id.eq(message_id.0))
        .filter(message_edit::COLUMN.revision.gt(after))
        .order_by_asc(message_edit::Column::Revision)
        .limit(limit)
        .all(&db.reader)
        .await?;
    let edits = rows.into_iter().map(|row| Edit {
        revision: row.revision,
        body: row.body,
        created_at: Timestamp::from_unix_ms(row.created_at),
    });
    Ok(edits.collect())
}
