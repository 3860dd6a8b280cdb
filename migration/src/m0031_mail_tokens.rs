//! What the links in mails carry: one of a kind per user. Only a hash of each is kept.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("mail_tokens")
            .col(uuid("user_id"))
            .col(string_len("purpose", 20))
            .col(blob("secret_hash"))
            .col(big_integer("expires_at"))
            .primary_key(Index::create().col("user_id").col("purpose"))
            .foreign_key(
                ForeignKey::create()
                    .from("mail_tokens", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(table).await?;
        let by_secret = Index::create()
            .name("mail_tokens_secret_hash")
            .table("mail_tokens")
            .col("secret_hash")
            .unique()
            .to_owned();
        schema.create_index(by_secret).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("mail_tokens").to_owned()).await
    }
}
