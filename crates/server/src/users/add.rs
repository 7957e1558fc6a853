use std::collections::HashMap;

use onedesk_contract::account::Role;
use onedesk_contract::fields::Email;
use onedesk_contract::users::{AddUsersRequest, AddUsersResponse};
use onedesk_texts::Language;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use uuid::Uuid;

use super::room::Room;
use super::{count_active, view};
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::links::{self, Purpose};
use crate::mail::{self, letters};
use crate::state::AppState;
use crate::store::entities::users;
use crate::store::{At, new_id};

/// Adds users and invites them by e-mail: every address that is nobody's yet, or, when licences do not suffice, none. An
/// address that another account has invited is nobody's until somebody joins with it.
///
/// They are active from now on: a licence is taken by being added, not by joining.
pub async fn add(
    state: &AppState,
    admin: &SignedIn,
    request: &AddUsersRequest,
) -> Result<AddUsersResponse, Error> {
    let emails = request.parse().map_err(Error::InvalidFields)?;
    state
        .throttles
        .invitations(&admin.account.id.to_string(), emails.len())?;
    let account = &admin.account;
    let known = whose(state.store.read(), account.id, &emails).await?;
    for email in &emails {
        if !known.contains_key(email.as_str()) {
            state.throttles.invitation_to(email.as_str())?;
        }
    }
    let language: Language = admin.user.language.parse().unwrap_or_default();
    let now = state.clock.now();
    let response = state
        .store
        .with_tx(async |tx| {
            let known = whose(&tx, account.id, &emails).await?;
            let (mut added, mut already_here, mut elsewhere) = (Vec::new(), Vec::new(), Vec::new());
            for email in &emails {
                let email = email.as_str().to_owned();
                match known.get(&email) {
                    None => added.push(email),
                    Some(Whose::Ours) => already_here.push(email),
                    Some(Whose::Others) => elsewhere.push(email),
                }
            }
            if !added.is_empty() {
                let new = u32::try_from(added.len()).map_err(Error::internal)?;
                let wanted = count_active(&tx, account.id).await?.saturating_add(new);
                Room::of(&tx, state, account, now).await?.admit(wanted)?;
            }
            for email in &added {
                let user = users::ActiveModel {
                    id: Set(new_id()),
                    account_id: Set(account.id),
                    email: Set(email.clone()),
                    name: Set(String::new()),
                    role: Set(Role::from(request.role).into()),
                    language: Set(language.code().to_owned()),
                    password_hash: Set(None),
                    active: Set(true),
                    deactivated_at: Set(None),
                    created_at: Set(At::from(now)),
                };
                let user = user.insert(&tx).await?;
                let token = links::issue(&tx, Purpose::Invitation, user.id, now).await?;
                let inviter = Some(admin.user.name.as_str());
                let letter = letters::invitation(state, language, email, &account.company, inviter, &token);
                mail::enqueue(&tx, letter, now).await?;
                let detail = json!({ "user": user.id, "role": request.role });
                audit::note(
                    &tx,
                    account.id,
                    Some(admin.user.id),
                    actions::USER_ADDED,
                    detail,
                    now,
                )
                .await?;
            }
            let view = view(&tx, state, account).await?;
            Ok(AddUsersResponse {
                added,
                already_here,
                elsewhere,
                view,
            })
        })
        .await?;
    state.letters_waiting.notify_one();
    Ok(response)
}

/// Whose an address is.
enum Whose {
    /// A user's of the account, who has joined or is invited.
    Ours,
    /// A user's of another account, who has joined there.
    Others,
}

/// Whose the addresses are, as an account sees it; those that are missing are nobody's.
async fn whose(
    conn: &impl ConnectionTrait,
    account: Uuid,
    emails: &[Email],
) -> Result<HashMap<String, Whose>, Error> {
    let found = users::Entity::find()
        .filter(users::Column::Email.is_in(emails.iter().map(Email::as_str)))
        .all(conn)
        .await?;
    let known = found.into_iter().filter_map(|user| {
        if user.account_id == account {
            Some((user.email, Whose::Ours))
        } else {
            user.password_hash.map(|_| (user.email, Whose::Others))
        }
    });
    Ok(known.collect())
}
