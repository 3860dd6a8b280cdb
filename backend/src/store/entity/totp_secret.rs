//! What somebody's authenticator app makes codes with.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "totp_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub secret: Vec<u8>,
    pub confirmed_at: Option<i64>,
    pub last_step: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
