//! `subscribe staff`: who may sign in at `/staff`.

use super::{close, open, open_existing, table};
use crate::config::StaffCommand;
use crate::staff::members;

/// Carries out a command about the staff and gives what is to be told. `ask` gets the password: from standard input, or from
/// whoever sits at the terminal.
///
/// # Errors
/// In words, for whoever gave the command.
pub async fn staff(
    command: StaffCommand,
    ask: impl FnOnce(bool) -> Result<String, String>,
) -> Result<String, String> {
    match command {
        StaffCommand::Add {
            email,
            name,
            password_stdin,
            database,
        } => {
            let password = ask(password_stdin)?;
            let (store, now) = open(&database).await?;
            let added = members::add(&store, &email, &name, &password, now).await;
            close(store).await?;
            let member = added.map_err(|error| error.to_string())?;
            Ok(format!(
                "{} may sign in at /staff as {}",
                member.name, member.email
            ))
        }
        StaffCommand::List { database } => {
            let (store, _) = open_existing(&database).await?;
            let listed = members::list(&store).await;
            close(store).await?;
            let rows: Vec<[String; 3]> = listed
                .map_err(|error| error.to_string())?
                .into_iter()
                .map(|member| {
                    let since = members::disabled_since(&member);
                    let state = since.map_or_else(
                        || "active".to_owned(),
                        |since| format!("disabled since {}", since.strftime("%Y-%m-%d")),
                    );
                    [member.email, member.name, state]
                })
                .collect();
            Ok(table("no member of staff", &rows))
        }
        StaffCommand::Disable { email, database } => {
            let (store, now) = open_existing(&database).await?;
            let disabled = members::disable(&store, &email, now).await;
            close(store).await?;
            if disabled.map_err(|error| error.to_string())? {
                Ok(format!("{email} is signed out and cannot sign in any more"))
            } else {
                Err(format!(
                    "{email} is no active member of staff. Nothing was changed."
                ))
            }
        }
    }
}
