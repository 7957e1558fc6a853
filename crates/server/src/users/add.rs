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

/// Adds users and invites them by e-mail: every address that is nobody's yet, or, when licences do not suffice, none.
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
    let known = of_emails(state.store.read(), &emails).await?;
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
            let known = of_emails(&tx, &emails).await?;
            let (mut added, mut already_here, mut elsewhere) = (Vec::new(), Vec::new(), Vec::new());
            for email in &emails {
                let email = email.as_str().to_owned();
                match known.get(&email) {
                    None => added.push(email),
                    Some(id) if *id == account.id => already_here.push(email),
                    Some(_) => elsewhere.push(email),
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

/// The account of each address that is a user's.
async fn of_emails(conn: &impl ConnectionTrait, emails: &[Email]) -> Result<HashMap<String, Uuid>, Error> {
    Ok(users::Entity::find()
        .filter(users::Column::Email.is_in(emails.iter().map(Email::as_str)))
        .all(conn)
        .await?
        .into_iter()
        .map(|user| (user.email, user.account_id))
        .collect())
}
