//! One entry of the log.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "room_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub room_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub kind: String,
    pub actor_id: Uuid,
    pub message_id: Option<Uuid>,
    pub data: Option<String>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
