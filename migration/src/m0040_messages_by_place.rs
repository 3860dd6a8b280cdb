//! The index of messages by their place also answers who wrote them and whether they are
//! deleted, so that unread ones are counted without looking at the messages themselves.
//!
//! It is unique no more; that a place is taken once is what `room_events` holds, in which every
//! message has its event.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const NARROW: &str = "messages_room_id_seq";
const COVERING: &str = "messages_room_id_seq_author_id_deleted_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let covering = Index::create()
            .name(COVERING)
            .table("messages")
            .col("room_id")
            .col("seq")
            .col("author_id")
            .col("deleted_at")
            .to_owned();
        schema.create_index(covering).await?;
        schema.drop_index(Index::drop().name(NARROW).table("messages").to_owned()).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let narrow = Index::create()
            .name(NARROW)
            .table("messages")
            .col("room_id")
            .col("seq")
            .unique()
            .to_owned();
        schema.create_index(narrow).await?;
        schema.drop_index(Index::drop().name(COVERING).table("messages").to_owned()).await
    }
}
