//! What an operator does at the command line, beside running servers or without any: they find
//! it in the database, within seconds.

use std::io::BufRead as _;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use garde::Validate as _;
use uuid::Uuid;

use crate::{
    auth::password::PasswordHasher,
    config::Config,
    domain::{
        audit::{Actor, AuditAction},
        email::Email,
        id::UserId,
        password::{About, Password},
        person_name::PersonName,
        username::Username,
    },
    service,
    store::{
        access::{self, AccountChange},
        audit,
        database::Database,
        server_state, two_factor, users,
        users::NewUser,
    },
};

#[derive(Subcommand)]
pub enum Admin {
    /// Make an account, which administers the server unless told otherwise.
    Create(NewAccount),
    /// Make somebody a server admin.
    Grant(Whom),
    /// Make somebody a server admin no more.
    Revoke(Whom),
    /// Take an account out of use: its logins and API tokens end, its sockets close.
    Disable(Whom),
    /// Put an account back into use.
    Enable(Whom),
    /// Give somebody a new password, which is printed, and end their logins and API tokens.
    ResetPassword(Whom),
    /// Let somebody who lost their authenticator app log in without a code.
    ResetTwoFactor(Whom),
    /// Declare the database's history a different one, after a restore: clients drop what they
    /// hold of rooms and load it anew. Running servers notice within a second or two.
    BumpEpoch,
}

#[derive(Args)]
pub struct Whom {
    /// Username or email address.
    login: String,
}

#[derive(Args)]
pub struct NewAccount {
    username: String,
    #[arg(long)]
    email: String,
    #[arg(long)]
    first_name: String,
    #[arg(long)]
    last_name: String,
    /// Read the password from standard input; otherwise one is made up and printed.
    #[arg(long)]
    password_stdin: bool,
    /// It administers nothing.
    #[arg(long)]
    plain: bool,
}

/// Does it, and says so on standard output.
pub async fn run(config: &Config, command: Admin) -> anyhow::Result<()> {
    let db = Database::connect(&config.database_url).await?;
    db.migrate().await?;
    match command {
        Admin::Create(new) => create(&db, new).await?,
        Admin::BumpEpoch => {
            server_state::bump_epoch(&db).await?;
            println!("The database has another epoch; clients begin anew.");
        }
        Admin::Grant(whom) => change(&db, whom, AccountChange::Admin(true)).await?,
        Admin::Revoke(whom) => change(&db, whom, AccountChange::Admin(false)).await?,
        Admin::Disable(whom) => change(&db, whom, AccountChange::Disabled(true)).await?,
        Admin::Enable(whom) => change(&db, whom, AccountChange::Disabled(false)).await?,
        Admin::ResetPassword(whom) => {
            let user_id = find(&db, &whom).await?;
            let (password, hash) = PasswordHasher::new(1)?.make_up().await?;
            access::set_password(&db, user_id, None, hash, None, service::now()).await?;
            remember(&db, AuditAction::PasswordReset, user_id).await?;
            println!("The new password of {} is {password}", whom.login);
        }
        Admin::ResetTwoFactor(whom) => {
            let user_id = find(&db, &whom).await?;
            if two_factor::remove(&db, user_id).await? {
                remember(&db, AuditAction::TwoFactorDisabled, user_id).await?;
            }
            println!("{} logs in by password alone", whom.login);
        }
    }
    db.close().await;
    Ok(())
}

async fn create(db: &Database, new: NewAccount) -> anyhow::Result<()> {
    let username = Username::from(new.username.clone());
    let email = Email::from(new.email);
    let (first_name, last_name) =
        (PersonName::from(new.first_name), PersonName::from(new.last_name));
    username.validate().context("the username")?;
    email.validate().context("the email address")?;
    first_name.validate().context("the first name")?;
    last_name.validate().context("the last name")?;
    let hasher = PasswordHasher::new(1)?;
    let (made_up, password_hash) = if new.password_stdin {
        let password = password_from_stdin()?;
        let about = About {
            username: username.as_str(),
            email: email.as_str(),
            first_name: first_name.as_str(),
            last_name: last_name.as_str(),
        };
        password.unlike(about).map_err(anyhow::Error::msg)?;
        (None, hasher.hash(password).await?)
    } else {
        let (password, hash) = hasher.make_up().await?;
        (Some(password), hash)
    };
    let user = users::insert(
        db,
        NewUser {
            id: UserId(Uuid::now_v7()),
            username,
            email,
            first_name,
            last_name,
            password_hash,
            created_at: service::now(),
            is_admin: !new.plain,
        },
    )
    .await?;
    remember(db, AuditAction::UserCreated, user.id).await?;
    let outcome = if new.plain { "has an account" } else { "administers the server" };
    println!("{} {outcome}", user.username);
    if let Some(password) = made_up {
        println!("The password is {password}");
    }
    Ok(())
}

async fn change(db: &Database, whom: Whom, change: AccountChange) -> anyhow::Result<()> {
    let user_id = find(db, &whom).await?;
    access::change_account(db, None, user_id, change, service::now()).await?;
    remember(db, change.action(), user_id).await?;
    let outcome = match change {
        AccountChange::Admin(true) => "administers the server",
        AccountChange::Admin(false) => "administers nothing",
        AccountChange::Disabled(true) => "is disabled",
        AccountChange::Disabled(false) => "may log in again",
    };
    println!("{} {outcome}", whom.login);
    Ok(())
}

fn password_from_stdin() -> anyhow::Result<Password> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("no password on standard input")?;
    let password = Password::from(line.trim_end_matches(['\r', '\n']));
    password.validate().context("the password")?;
    Ok(password)
}

async fn find(db: &Database, whom: &Whom) -> anyhow::Result<UserId> {
    let found = users::find_by_login(db, &whom.login).await?;
    let found = found.with_context(|| format!("there is no account {:?}", whom.login))?;
    Ok(found.user.id)
}

async fn remember(db: &Database, action: AuditAction, user_id: UserId) -> anyhow::Result<()> {
    Ok(audit::insert(db, action, Actor::OPERATOR, Some(user_id), service::now()).await?)
}
