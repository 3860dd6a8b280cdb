//! A room and its settings.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rooms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    #[sea_orm(unique)]
    pub name_key: Option<String>,
    pub topic: String,
    pub visibility: String,
    pub created_by: Uuid,
    pub created_at: i64,
    pub archived_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub slow_mode: bool,
}

impl ActiveModelBehavior for ActiveModel {}
