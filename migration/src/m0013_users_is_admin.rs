//! Server admins.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table =
            Table::alter().table("users").add_column(boolean("is_admin").default(false)).to_owned();
        schema.alter_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("users").drop_column("is_admin").to_owned();
        schema.alter_table(table).await
    }
}
