//! Tokens for scripts and bots. Only a hash of each is kept.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("api_tokens")
            .col(pk_uuid("id"))
            .col(uuid("user_id"))
            .col(string_len("name", 80))
            // Their names, separated by spaces.
            .col(string_len("scopes", 250))
            .col(blob("secret_hash"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("last_used_at"))
            .col(big_integer_null("revoked_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("api_tokens", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        schema.create_table(table).await?;
        let by_secret = Index::create()
            .name("api_tokens_secret_hash")
            .table("api_tokens")
            .col("secret_hash")
            .unique()
            .to_owned();
        schema.create_index(by_secret).await?;
        let of_user = Index::create()
            .name("api_tokens_user_id")
            .table("api_tokens")
            .col("user_id")
            .to_owned();
        schema.create_index(of_user).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("api_tokens").to_owned()).await
    }
}
