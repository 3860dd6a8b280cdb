//! Accounts.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::{Expr, LikeExpr},
};

use super::{broken_uniqueness, database::Database, entity::user};
use crate::{
    domain::{
        email::Email,
        id::UserId,
        person_name::PersonName,
        timestamp::Timestamp,
        user::{Account, Profile, ProfilePatch, User, UserSummary, display_name},
        username::{self, Username},
    },
    error::{Error, Result},
};

/// Users asked for in one query.
const CHUNK: usize = 1_000;

pub struct NewUser {
    pub id: UserId,
    pub username: Username,
    pub email: Email,
    pub first_name: PersonName,
    pub last_name: PersonName,
    pub password_hash: String,
    pub created_at: Timestamp,
    pub is_admin: bool,
}

/// What a login is checked against.
pub struct Credentials {
    pub user: User,
    pub password_hash: String,
    pub is_disabled: bool,
}

/// Creates an account. `conflict` at the field when name or address are taken.
pub async fn insert(db: &Database, new: NewUser) -> Result<User> {
    insert_on(&db.writer, new).await
}

/// The same, on a connection.
pub(super) async fn insert_on<C: ConnectionTrait>(connection: &C, new: NewUser) -> Result<User> {
    let row = user::ActiveModel {
        id: Set(new.id.0),
        username_key: Set(new.username.key()),
        username: Set(new.username.into()),
        email_key: Set(new.email.key()),
        email: Set(new.email.into()),
        password_hash: Set(new.password_hash),
        full_name_key: Set(
            display_name(new.first_name.as_str(), new.last_name.as_str()).to_lowercase()
        ),
        first_name: Set(new.first_name.into()),
        last_name: Set(new.last_name.into()),
        created_at: Set(new.created_at.unix_ms()),
        disabled_at: Set(None),
        is_admin: Set(new.is_admin),
        email_verified_at: Set(None),
        shares_reads: Set(true),
    };
    let model = row.insert(connection).await.map_err(|error| match broken_uniqueness(&error) {
        Some(words) if words.contains("email_key") => {
            Error::taken("email", "An account with this email address exists.")
        }
        Some(_) => Error::taken("username", "This username is taken."),
        None => error.into(),
    })?;
    Ok(user_of(model))
}

/// Puts another hash of the same password in the place of one, unless it was changed meanwhile.
pub async fn renew_hash(db: &Database, user_id: UserId, old: &str, new: String) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::val(new))
        .filter(user::Column::Id.eq(user_id.0))
        .filter(user::Column::PasswordHash.eq(old))
        .exec(&db.writer)
        .await?;
    Ok(())
}

/// Finds by email address, else by username. The address goes first, so that nobody can stand
/// in somebody's way by taking their address as a username.
pub async fn find_by_login(db: &Database, login: &str) -> Result<Option<Credentials>> {
    let by_email = user::COLUMN.email_key.eq(login.trim().to_lowercase());
    let by_username = user::COLUMN.username_key.eq(username::key(login.trim()));
    let found = user::Entity::find()
        .filter(Condition::any().add(by_email).add(by_username))
        .limit(2)
        .all(&db.reader)
        .await?;
    let email_key = login.trim().to_lowercase();
    let best = found.into_iter().max_by_key(|row| row.email_key == email_key);
    Ok(best.map(|row| Credentials {
        password_hash: row.password_hash.clone(),
        is_disabled: row.disabled_at.is_some(),
        user: user_of(row),
    }))
}

/// Whose address this is.
pub async fn find_by_email(db: &Database, email: &Email) -> Result<Option<UserId>> {
    let found = user::Entity::find().filter(user::COLUMN.email_key.eq(email.key()));
    Ok(found.one(&db.reader).await?.map(|row| UserId(row.id)))
}

pub async fn find(db: &Database, id: UserId) -> Result<Option<User>> {
    Ok(user::Entity::find_by_id(id.0).one(&db.reader).await?.map(user_of))
}

/// A user as they themselves see them.
pub async fn profile(db: &Database, id: UserId) -> Result<Option<Profile>> {
    Ok(user::Entity::find_by_id(id.0).one(&db.reader).await?.map(profile_of))
}

/// Changes what is given; nothing when there is no such user.
pub async fn update_profile(
    db: &Database,
    id: UserId,
    patch: ProfilePatch,
) -> Result<Option<Profile>> {
    let Some(row) = user::Entity::find_by_id(id.0).one(&db.writer).await? else {
        return Ok(None);
    };
    let first = patch.first_name.map_or_else(|| row.first_name.clone(), Into::into);
    let last = patch.last_name.map_or_else(|| row.last_name.clone(), Into::into);
    let mut row = row.into_active_model();
    row.full_name_key = Set(display_name(&first, &last).to_lowercase());
    row.first_name = Set(first);
    row.last_name = Set(last);
    if let Some(shares_reads) = patch.shares_reads {
        row.shares_reads = Set(shares_reads);
    }
    Ok(Some(profile_of(row.update(&db.writer).await?)))
}

/// What a user's password is checked against.
pub async fn password_hash(db: &Database, id: UserId) -> Result<Option<String>> {
    let row = user::Entity::find_by_id(id.0).one(&db.reader).await?;
    Ok(row.map(|row| row.password_hash))
}

/// Remembers since when a user is known to read their mail.
pub(super) async fn set_email_verified<C: ConnectionTrait>(
    connection: &C,
    id: UserId,
    since: Timestamp,
) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::EmailVerifiedAt, Expr::val(since.unix_ms()))
        .filter(user::Column::Id.eq(id.0))
        .exec(connection)
        .await?;
    Ok(())
}

pub(super) async fn set_password<C: ConnectionTrait>(
    connection: &C,
    id: UserId,
    hash: String,
) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::val(hash))
        .filter(user::Column::Id.eq(id.0))
        .exec(connection)
        .await?;
    Ok(())
}

/// People whose name or username contains `query`, ordered by username, after `after`.
pub async fn search(
    db: &Database,
    query: &str,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<UserSummary>> {
    let searched = [user::Column::UsernameKey, user::Column::FullNameKey];
    let found = by_name(query, &searched, after, limit)
        .filter(user::COLUMN.disabled_at.is_null())
        .all(&db.reader)
        .await?;
    Ok(found.into_iter().map(summary_of).collect())
}

/// Everybody's account, the disabled ones included, ordered by username, after `after`.
/// Addresses are searched, too.
pub async fn accounts(
    db: &Database,
    query: &str,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<Account>> {
    let searched = [user::Column::UsernameKey, user::Column::FullNameKey, user::Column::EmailKey];
    let found = by_name(query, &searched, after, limit).all(&db.reader).await?;
    Ok(found.into_iter().map(account_of).collect())
}

fn by_name(
    query: &str,
    searched: &[user::Column],
    after: Option<&str>,
    limit: u64,
) -> Select<user::Entity> {
    let mut found = user::Entity::find()
        .filter(any_contains(searched, query))
        .order_by_asc(user::Column::UsernameKey)
        .limit(limit);
    if let Some(after) = after {
        found = found.filter(user::COLUMN.username_key.gt(after));
    }
    found
}

/// Whether one is called by something that contains `query`.
pub(super) fn is_called(query: &str) -> Condition {
    any_contains(&[user::Column::UsernameKey, user::Column::FullNameKey], query)
}

fn any_contains(searched: &[user::Column], query: &str) -> Condition {
    let pattern = contains(&query.to_lowercase());
    let matching =
        searched.iter().map(|column| Expr::col(column.as_column_ref()).like(pattern.clone()));
    matching.fold(Condition::any(), Condition::add)
}

/// One account; nothing when there is none.
pub async fn account(db: &Database, id: UserId) -> Result<Option<Account>> {
    Ok(user::Entity::find_by_id(id.0).one(&db.reader).await?.map(account_of))
}

/// Whether anybody has an account.
pub async fn is_empty(db: &Database) -> Result<bool> {
    Ok(user::Entity::find().one(&db.reader).await?.is_none())
}

pub(super) async fn set_admin<C: ConnectionTrait>(
    connection: &C,
    id: UserId,
    is_admin: bool,
) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::IsAdmin, Expr::val(is_admin))
        .filter(user::Column::Id.eq(id.0))
        .exec(connection)
        .await?;
    Ok(())
}

/// Takes the account out of use since this moment, or puts it back.
pub(super) async fn set_disabled<C: ConnectionTrait>(
    connection: &C,
    id: UserId,
    since: Option<Timestamp>,
) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::DisabledAt, Expr::val(since.map(Timestamp::unix_ms)))
        .filter(user::Column::Id.eq(id.0))
        .exec(connection)
        .await?;
    Ok(())
}

/// Those of the given users whose accounts are out of use.
pub async fn disabled_among(db: &Database, ids: &[UserId]) -> Result<Vec<UserId>> {
    let mut disabled = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let found: Vec<uuid::Uuid> = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .filter(user::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .filter(user::Column::DisabledAt.is_not_null())
            .into_tuple()
            .all(&db.reader)
            .await?;
        disabled.extend(found.into_iter().map(UserId));
    }
    Ok(disabled)
}

/// `%text%`, with the wildcards inside it taken literally.
pub(super) fn contains(text: &str) -> LikeExpr {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

/// The given users by id; those who don't exist are missing.
pub(super) async fn summaries<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = uuid::Uuid>,
) -> Result<std::collections::HashMap<UserId, UserSummary>> {
    let rows = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (UserId(row.id), summary_of(row))).collect())
}

pub(super) fn user_of(row: user::Model) -> User {
    User {
        id: UserId(row.id),
        display_name: display_name(&row.first_name, &row.last_name),
        username: row.username,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        created_at: Timestamp::from_unix_ms(row.created_at),
        is_admin: row.is_admin,
        email_verified: row.email_verified_at.is_some(),
    }
}

fn profile_of(row: user::Model) -> Profile {
    Profile { shares_reads: row.shares_reads, user: user_of(row) }
}

fn account_of(row: user::Model) -> Account {
    Account { disabled_at: row.disabled_at.map(Timestamp::from_unix_ms), user: user_of(row) }
}

pub(super) fn summary_of(row: user::Model) -> UserSummary {
    UserSummary {
        id: UserId(row.id),
        display_name: display_name(&row.first_name, &row.last_name),
        username: row.username,
    }
}
