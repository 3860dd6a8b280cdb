//! A room's last `seq`, and the version of who may do what in it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "room_heads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub room_id: Uuid,
    pub head_seq: i64,
    pub acl_version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
