//! Accounts. Names and addresses are unique by their `_key`, which ignores case.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("users")
            .col(pk_uuid("id"))
            .col(string_len("username", 150))
            .col(string_len_uniq("username_key", 450))
            .col(string_len("email", 254))
            .col(string_len_uniq("email_key", 254))
            .col(string("password_hash"))
            .col(string_len("first_name", 150))
            .col(string_len("last_name", 150))
            // First and last name in lower case, to be searched.
            .col(string_len("full_name_key", 900))
            .col(big_integer("created_at"))
            .col(big_integer_null("disabled_at"))
            .to_owned();
        schema.create_table(table).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("users").to_owned()).await
    }
}
