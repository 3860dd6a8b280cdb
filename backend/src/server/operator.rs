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
        password::Password,
        person_name::PersonName,
        username::Username,
    },
    service::{self, admin},
    store::{api_tokens, audit, database::Database, server_state, sessions, users, users::NewUser},
};

#[derive(Subcommand)]
pub enum Admin {
    /// Make an account, which administers the server unless told otherwise.
    Create(NewAccount),
    /// Make somebody a server admin.
    Grant(Whom),
    /// Make somebody a server admin no more.
    Revoke(Whom),
    /// Take an account out of use: its logins end, its sockets close.
    Disable(Whom),
    /// Put an account back into use.
    Enable(Whom),
    /// Give somebody a new password, which is printed, and end their logins.
    ResetPassword(Whom),
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
    #[arg(long, default_value = "Some")]
    first_name: String,
    #[arg(long, default_value = "Body")]
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
        Admin::Grant(whom) => {
            let user_id = find(&db, &whom).await?;
            users::set_admin(&db, user_id, true).await?;
            done(&db, AuditAction::AdminGranted, user_id, "administers the server", &whom).await?;
        }
        Admin::Revoke(whom) => {
            let user_id = find(&db, &whom).await?;
            users::set_admin(&db, user_id, false).await?;
            done(&db, AuditAction::AdminRevoked, user_id, "administers nothing", &whom).await?;
        }
        Admin::Disable(whom) => {
            let user_id = find(&db, &whom).await?;
            users::set_disabled(&db, user_id, Some(service::now())).await?;
            sessions::revoke_all(&db, user_id, None, service::now()).await?;
            done(&db, AuditAction::UserDisabled, user_id, "is disabled", &whom).await?;
        }
        Admin::Enable(whom) => {
            let user_id = find(&db, &whom).await?;
            users::set_disabled(&db, user_id, None).await?;
            done(&db, AuditAction::UserEnabled, user_id, "may log in again", &whom).await?;
        }
        Admin::ResetPassword(whom) => {
            let user_id = find(&db, &whom).await?;
            let password = admin::give_password(&db, &PasswordHasher::new(1)?, user_id).await?;
            sessions::revoke_all(&db, user_id, None, service::now()).await?;
            api_tokens::revoke(&db, user_id, None, service::now()).await?;
            done(&db, AuditAction::PasswordReset, user_id, "has a new password:", &whom).await?;
            println!("{password}");
        }
    }
    db.close().await;
    Ok(())
}

async fn create(db: &Database, new: NewAccount) -> anyhow::Result<()> {
    let given = new.password_stdin.then(password_from_stdin).transpose()?;
    let made_up = if given.is_none() { Some(admin::made_up_password()?) } else { None };
    let password = Password::from(given.or(made_up.clone()).unwrap_or_default().as_str());
    let username = Username::from(new.username.clone());
    let email = Email::from(new.email);
    let (first_name, last_name) =
        (PersonName::from(new.first_name), PersonName::from(new.last_name));
    username.validate().context("the username")?;
    email.validate().context("the email address")?;
    first_name.validate().context("the first name")?;
    last_name.validate().context("the last name")?;
    password.validate().context("the password")?;
    let user = users::insert(
        db,
        NewUser {
            id: UserId(Uuid::now_v7()),
            username,
            email,
            first_name,
            last_name,
            password_hash: PasswordHasher::new(1)?.hash(password).await?,
            created_at: service::now(),
            is_admin: !new.plain,
        },
    )
    .await?;
    let whom = Whom { login: new.username };
    let outcome = if new.plain { "has an account" } else { "administers the server" };
    done(db, AuditAction::UserCreated, user.id, outcome, &whom).await?;
    if let Some(password) = made_up {
        println!("The password is {password}");
    }
    Ok(())
}

fn password_from_stdin() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("no password on standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn find(db: &Database, whom: &Whom) -> anyhow::Result<UserId> {
    let found = users::find_by_login(db, &whom.login).await?;
    let found = found.with_context(|| format!("there is no account {:?}", whom.login))?;
    Ok(found.user.id)
}

async fn done(
    db: &Database,
    action: AuditAction,
    user_id: UserId,
    outcome: &str,
    whom: &Whom,
) -> anyhow::Result<()> {
    audit::insert(db, action, Actor::OPERATOR, Some(user_id), service::now()).await?;
    println!("{} {outcome}", whom.login);
    Ok(())
}
