//! The log. Events of messages carry no body: it stands once, in `messages`.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("room_events")
            .col(uuid("room_id"))
            .col(big_integer("seq"))
            .col(string_len("kind", 20))
            .col(uuid("actor_id"))
            .col(uuid_null("message_id"))
            // JSON, for events that are not about a message.
            .col(text_null("data"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("room_id").col("seq"))
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("room_events").to_owned()).await
    }
}
