//! Since when a user is known to read the mail of their address.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table("users")
            .add_column(big_integer_null("email_verified_at"))
            .to_owned();
        schema.alter_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("users").drop_column("email_verified_at").to_owned();
        schema.alter_table(table).await
    }
}
