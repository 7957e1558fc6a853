//! Turns a sign-up into an account with its owner.

use jiff::{SignedDuration, Timestamp};
use onedesk_contract::account::Role;
use onedesk_contract::fields::{AccountAddress, CompanyName};
use onedesk_contract::sign_up::{ActivationRequest, ActivationView, AddressView};
use onedesk_contract::{FieldError, FieldErrors};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set,
};
use serde_json::json;

use super::address;
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::links::Purpose;
use crate::sign_in::{password, session};
use crate::state::AppState;
use crate::store::entities::{accounts, links, sign_ups, users};
use crate::store::{At, new_id};
use crate::token::Token;
use crate::users::invitation;
use crate::{clock, links as link};

/// What the form is filled with.
pub async fn view(state: &AppState, token: &str) -> Result<ActivationView, Error> {
    let (link, sign_up) = find(state.store.read(), token, state.clock.now()).await?;
    Ok(ActivationView {
        email: sign_up.email,
        language: sign_up.language,
        expires_at: link.expires_at.timestamp(),
    })
}

/// The address that the account would get now.
pub async fn address_of(state: &AppState, token: &str, company: &str) -> Result<AddressView, Error> {
    find(state.store.read(), token, state.clock.now()).await?;
    let company = CompanyName::parse(company).map_err(|error| Error::field("company", error))?;
    let address = address::free(state.store.read(), &AccountAddress::from_company(&company)).await?;
    Ok(AddressView {
        address: address.to_string(),
    })
}

/// Makes the account, its owner and a session: all of it, once. `ip` is the key of the visitor's network address.
///
/// Whoever invited the address before it joined anywhere did not ask: the invitation is withdrawn.
pub async fn activate(
    state: &AppState,
    token: &str,
    request: &ActivationRequest,
    ip: &str,
) -> Result<(SignedIn, Token), Error> {
    state.throttles.link(ip)?;
    let now = state.clock.now();
    let (_, sign_up) = find(state.store.read(), token, now).await?;
    let activation = parse(request, &sign_up.email)?;
    let password_hash = password::hash(state, activation.password.clone()).await?;
    let trial = SignedDuration::from_hours(24 * i64::from(state.catalog.price_list().trial.days));
    state
        .store
        .with_tx(async |tx| {
            // Again, in the transaction: of two browsers with the same link one is first.
            let (_, sign_up) = find(&tx, token, now).await?;
            invitation::withdraw(&tx, &sign_up.email, now).await?;
            let account = accounts::ActiveModel {
                id: Set(new_id()),
                address: Set(address::free(&tx, &activation.address).await?.to_string()),
                company: Set(activation.company.as_str().to_owned()),
                country: Set(activation.country.as_str().to_owned()),
                time_zone: Set(activation.time_zone.clone()),
                trial_ends_at: Set(At::from(clock::later(now, trial))),
                trial_settled_at: Set(None),
                preferred_choice: Set(sign_up.choice.clone()),
                partner: Set(sign_up.partner.clone()),
                created_at: Set(At::from(now)),
            };
            let account = account.insert(&tx).await?;
            let user = users::ActiveModel {
                id: Set(new_id()),
                account_id: Set(account.id),
                email: Set(sign_up.email.clone()),
                name: Set(activation.name.as_str().to_owned()),
                role: Set(Role::Owner.into()),
                language: Set(sign_up.language.clone()),
                password_hash: Set(Some(password_hash.clone())),
                active: Set(true),
                deactivated_at: Set(None),
                created_at: Set(At::from(now)),
            };
            let user = user.insert(&tx).await?;
            link::spend(&tx, Purpose::Activation, sign_up.id, now).await?;
            let detail = json!({ "address": account.address, "partner": account.partner });
            audit::note(
                &tx,
                account.id,
                Some(user.id),
                actions::ACCOUNT_ACTIVATED,
                detail,
                now,
            )
            .await?;
            let session = session::start(&tx, state, user.id).await?;
            Ok((SignedIn { user, account }, session))
        })
        .await
}

/// The link and its sign-up. An address that became a user by another link or by joining has used this one up.
async fn find(
    conn: &impl ConnectionTrait,
    token: &str,
    now: Timestamp,
) -> Result<(links::Model, sign_ups::Model), Error> {
    let link = link::find(conn, Purpose::Activation, token, now).await?;
    let sign_up = sign_ups::Entity::find_by_id(link.subject_id)
        .one(conn)
        .await?
        .ok_or(Error::LinkUnknown)?;
    let users = users::Entity::find()
        .filter(users::Column::Email.eq(&sign_up.email))
        .filter(users::Column::PasswordHash.is_not_null())
        .count(conn)
        .await?;
    if users > 0 {
        Err(Error::LinkUsed)
    } else {
        Ok((link, sign_up))
    }
}

struct Parsed {
    name: onedesk_contract::fields::PersonName,
    company: CompanyName,
    address: AccountAddress,
    password: onedesk_contract::fields::Password,
    country: onedesk_contract::fields::CountryCode,
    /// As the database of zones writes it.
    time_zone: String,
}

/// Reads every field; whether the time zone exists is known here alone.
fn parse(request: &ActivationRequest, email: &str) -> Result<Parsed, Error> {
    let parsed = request.parse(email);
    let zone = jiff::tz::TimeZone::get(request.time_zone.trim()).ok();
    let zone = zone.as_ref().and_then(|zone| zone.iana_name()).map(str::to_owned);
    match (parsed, zone) {
        (Ok(activation), Some(time_zone)) => Ok(Parsed {
            name: activation.name,
            company: activation.company,
            address: activation.address,
            password: activation.password,
            country: activation.country,
            time_zone,
        }),
        (Ok(_), None) => Err(Error::InvalidFields(FieldErrors::one(
            "time_zone",
            FieldError::UnknownTimeZone,
        ))),
        (Err(mut errors), zone) => {
            if zone.is_none() && errors.first("time_zone").is_none() {
                errors.add("time_zone", FieldError::UnknownTimeZone);
            }
            Err(Error::InvalidFields(errors))
        }
    }
}
