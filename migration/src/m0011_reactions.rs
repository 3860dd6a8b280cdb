//! Who reacted to which message with what.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("reactions")
            .col(uuid("message_id"))
            .col(string_len("emoji", 64))
            .col(uuid("user_id"))
            .col(big_integer("seq"))
            .primary_key(Index::create().col("message_id").col("emoji").col("user_id"))
            .foreign_key(
                ForeignKey::create()
                    .from("reactions", "message_id")
                    .to("messages", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("reactions").to_owned()).await
    }
}
