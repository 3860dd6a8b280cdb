//! The audit log: written once, read page by page, never changed.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{database::Database, entity::audit_event, users};
use crate::{
    domain::{
        audit::{Actor, AuditAction, AuditEvent},
        id::UserId,
        timestamp::Timestamp,
    },
    error::Result,
};

/// Which events to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditFilter {
    pub action: Option<AuditAction>,
    /// Done by this user, or to them.
    pub user_id: Option<UserId>,
    /// Only those before this one.
    pub before: Option<Uuid>,
}

pub async fn insert(
    db: &Database,
    action: AuditAction,
    actor: Actor<'_>,
    target: Option<UserId>,
    now: Timestamp,
) -> Result<()> {
    let row = audit_event::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(now.unix_ms()),
        action: Set(action.as_str().to_owned()),
        actor_id: Set(actor.user_id.map(|id| id.0)),
        target_id: Set(target.map(|id| id.0)),
        address: Set(actor.address.map(ToOwned::to_owned)),
    };
    row.insert(&db.writer).await?;
    Ok(())
}

/// What was done, newest first.
pub async fn list(db: &Database, filter: AuditFilter, limit: u64) -> Result<Vec<AuditEvent>> {
    let mut rows = audit_event::Entity::find().order_by_desc(audit_event::Column::Id).limit(limit);
    if let Some(action) = filter.action {
        rows = rows.filter(audit_event::Column::Action.eq(action.as_str()));
    }
    if let Some(user_id) = filter.user_id {
        let by_or_to = Condition::any()
            .add(audit_event::Column::ActorId.eq(user_id.0))
            .add(audit_event::Column::TargetId.eq(user_id.0));
        rows = rows.filter(by_or_to);
    }
    if let Some(before) = filter.before {
        rows = rows.filter(audit_event::Column::Id.lt(before));
    }
    let rows = rows.all(&db.reader).await?;
    let people = rows.iter().flat_map(|row| [row.actor_id, row.target_id]).flatten();
    let people = users::summaries(&db.reader, people).await?;
    let person = |id: Option<Uuid>| id.and_then(|id| people.get(&UserId(id)).cloned());
    let events = rows.into_iter().map(|row| AuditEvent {
        id: row.id,
        at: Timestamp::from_unix_ms(row.at),
        actor: person(row.actor_id),
        target: person(row.target_id),
        action: row.action,
        address: row.address,
    });
    Ok(events.collect())
}
