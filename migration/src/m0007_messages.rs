//! Messages as they stand now. `seq` is where one stands, `revision` its last change.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("messages")
            .col(pk_uuid("id"))
            .col(uuid("room_id"))
            .col(big_integer("seq"))
            .col(big_integer("revision"))
            .col(uuid("author_id"))
            .col(string_len("client_id", 64))
            // Of the body as it was sent: tells a repeated send from another one under its name.
            .col(blob("body_hash"))
            // Null when deleted: erased text is erased.
            .col(text_null("body"))
            .col(uuid_null("reply_to"))
            .col(big_integer("created_at"))
            .col(big_integer_null("edited_at"))
            .col(big_integer_null("deleted_at"))
            .to_owned();
        schema.create_table(table).await?;
        let by_place = Index::create()
            .name("messages_room_id_seq")
            .table("messages")
            .col("room_id")
            .col("seq")
            .unique()
            .to_owned();
        schema.create_index(by_place).await?;
        let by_client_id = Index::create()
            .name("messages_room_id_author_id_client_id")
            .table("messages")
            .col("room_id")
            .col("author_id")
            .col("client_id")
            .unique()
            .to_owned();
        schema.create_index(by_client_id).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("messages").to_owned()).await
    }
}
