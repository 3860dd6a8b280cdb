//! Earlier bodies of messages; erased with the message.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("message_edits")
            .col(uuid("message_id"))
            .col(big_integer("revision"))
            .col(text("body"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("message_id").col("revision"))
            .foreign_key(
                ForeignKey::create()
                    .from("message_edits", "message_id")
                    .to("messages", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("message_edits").to_owned()).await
    }
}
