//! Asking for a trial.

use onedesk_contract::fields::Partner;
use onedesk_contract::sign_up::{SignUpAccepted, SignUpRequest};
use onedesk_contract::{FieldError, FieldErrors};
use onedesk_pricing::quote;
use onedesk_texts::Language;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::error::Error;
use crate::links::{self, Purpose};
use crate::mail::{self, letters};
use crate::state::AppState;
use crate::store::entities::{accounts, sign_ups, users};
use crate::store::{At, new_id};

/// Sends the letter that fits the address: an activation link, or word that it is a user's already. The answer is the
/// same, and takes about as long. `ip` is the key of the visitor's network address.
pub async fn sign_up(state: &AppState, request: &SignUpRequest, ip: &str) -> Result<SignUpAccepted, Error> {
    let mut errors = FieldErrors::default();
    let email = request.parse().map_err(|refused| errors.0.extend(refused.0)).ok();
    let language: Option<Language> = errors.take(
        "language",
        request.language.parse().map_err(|_| FieldError::UnknownLanguage),
    );
    let partner = errors.take(
        "partner",
        Partner::parse(request.partner.as_deref().unwrap_or_default()),
    );
    let (Some(email), Some(language), Some(partner)) = (email, language, partner) else {
        return Err(Error::InvalidFields(errors));
    };
    state.throttles.letter(email.as_str(), ip)?;
    // A choice that is not sold (any more) is no reason to turn a visitor away; the calculator starts at its default.
    let choice = request
        .choice
        .as_ref()
        .filter(|choice| quote(state.catalog.price_list(), choice).is_ok());
    let choice = choice.and_then(|choice| serde_json::to_string(choice).ok());
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            // Who was invited and never joined is nobody yet: a stranger's invitation keeps no address.
            let found = users::Entity::find()
                .filter(users::Column::Email.eq(email.as_str()))
                .filter(users::Column::PasswordHash.is_not_null())
                .find_also_related(accounts::Entity)
                .one(&tx)
                .await?;
            let letter = match found {
                Some((user, Some(account))) if !user.active => {
                    letters::deactivated(state, language, &user, &account)
                }
                Some((user, Some(account))) => letters::already_known(state, language, &user, &account),
                _ => {
                    let sign_up = sign_ups::ActiveModel {
                        id: Set(new_id()),
                        email: Set(email.as_str().to_owned()),
                        language: Set(language.code().to_owned()),
                        choice: Set(choice.clone()),
                        partner: Set(partner.as_ref().map(ToString::to_string)),
                        created_at: Set(At::from(now)),
                    };
                    let sign_up = sign_up.insert(&tx).await?;
                    let token = links::issue(&tx, Purpose::Activation, sign_up.id, now).await?;
                    letters::activation(state, language, email.as_str(), &token)
                }
            };
            mail::enqueue(&tx, letter, now).await?;
            Ok(())
        })
        .await?;
    state.letters_waiting.notify_one();
    Ok(SignUpAccepted {
        email: email.as_str().to_owned(),
    })
}
