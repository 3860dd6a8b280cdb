//! An account.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub username: String,
    #[sea_orm(unique)]
    pub username_key: String,
    pub email: String,
    #[sea_orm(unique)]
    pub email_key: String,
    pub password_hash: String,
    pub first_name: String,
    pub last_name: String,
    pub full_name_key: String,
    pub created_at: i64,
    pub disabled_at: Option<i64>,
    pub is_admin: bool,
    pub email_verified_at: Option<i64>,
    pub shares_reads: bool,
}

impl ActiveModelBehavior for ActiveModel {}
