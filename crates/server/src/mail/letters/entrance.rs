//! How one gets in: activation, invitation, passwords.

use onedesk_texts::{Language, format, mail};

use super::product;
use crate::links::{ACTIVATION_DAYS, INVITATION_DAYS, PASSWORD_RESET_MINUTES, Purpose};
use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::{accounts, users};
use crate::token::Token;
use crate::{address, clock};

/// After sign-up: the link that turns the sign-up into an account.
pub fn activation(state: &AppState, language: Language, to: &str, token: &Token) -> Letter {
    let texts = mail::activation(language);
    let until = clock::day(
        clock::later(state.clock.now(), Purpose::Activation.lifetime()),
        "UTC",
    );
    let path = format!("{}?token={}", address::of(language, "/activate"), token.expose());
    Draft {
        subject: texts.subject(product(state)),
        paragraphs: vec![texts.lead(product(state))],
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to(&path),
        }),
        notes: vec![
            texts.validity(ACTIVATION_DAYS.into(), format::date(language, until)),
            texts.trial(state.catalog.price_list().trial.days.into()),
            mail::frame(language).ignore().to_owned(),
        ],
        ..Draft::default()
    }
    .letter(state, "activation", language, to)
}

/// After a sign-up with the address of an active user.
pub fn already_known(
    state: &AppState,
    language: Language,
    user: &users::Model,
    account: &accounts::Model,
) -> Letter {
    let texts = mail::already_known(language);
    let forgotten = state.public_url.to("/app/forgot-password");
    Draft {
        subject: texts.subject(product(state)),
        name: user.name.clone(),
        paragraphs: vec![texts.lead(&account.company)],
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to("/app/sign-in"),
        }),
        notes: vec![
            texts.forgotten(&forgotten),
            mail::frame(language).ignore().to_owned(),
        ],
        addresses: vec![forgotten],
        ..Draft::default()
    }
    .letter(state, "already_known", language, &user.email)
}

/// After a sign-up or a forgotten password with the address of a deactivated user.
pub fn deactivated(
    state: &AppState,
    language: Language,
    user: &users::Model,
    account: &accounts::Model,
) -> Letter {
    let texts = mail::deactivated(language);
    Draft {
        subject: texts.subject(product(state)),
        name: user.name.clone(),
        paragraphs: vec![texts.lead(&account.company), texts.advice(&account.company)],
        notes: vec![mail::frame(language).ignore().to_owned()],
        ..Draft::default()
    }
    .letter(state, "deactivated", language, &user.email)
}

/// To a user who was added; `inviter` is the name of the admin, or none when the user asks again.
pub fn invitation(
    state: &AppState,
    language: Language,
    to: &str,
    company: &str,
    inviter: Option<&str>,
    token: &Token,
) -> Letter {
    let texts = mail::invitation(language);
    let lead = match inviter {
        Some(inviter) => texts.lead(inviter, company, product(state)),
        None => texts.lead_again(company, product(state)),
    };
    let path = format!("/app/invitation?token={}", token.expose());
    Draft {
        subject: texts.subject(company, product(state)),
        paragraphs: vec![lead],
        action: Some(Action {
            label: texts.action(company),
            url: state.public_url.to(&path),
        }),
        notes: vec![
            texts.validity(INVITATION_DAYS.into()),
            mail::frame(language).ignore().to_owned(),
        ],
        ..Draft::default()
    }
    .letter(state, "invitation", language, to)
}

/// The link to choose a new password.
pub fn password_reset(state: &AppState, language: Language, user: &users::Model, token: &Token) -> Letter {
    let texts = mail::password_reset(language);
    let path = format!("/app/reset-password?token={}", token.expose());
    Draft {
        subject: texts.subject(product(state)),
        name: user.name.clone(),
        paragraphs: vec![texts.lead().to_owned()],
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to(&path),
        }),
        notes: vec![
            texts.validity(PASSWORD_RESET_MINUTES.into()),
            mail::frame(language).ignore().to_owned(),
        ],
        ..Draft::default()
    }
    .letter(state, "password_reset", language, &user.email)
}

/// After a password was changed, so that a stranger cannot do it unseen.
pub fn password_changed(state: &AppState, language: Language, user: &users::Model) -> Letter {
    let texts = mail::password_changed(language);
    let forgotten = state.public_url.to("/app/forgot-password");
    Draft {
        subject: texts.subject(product(state)),
        name: user.name.clone(),
        paragraphs: vec![texts.lead().to_owned()],
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to("/app/sign-in"),
        }),
        notes: vec![texts.not_you(&forgotten)],
        addresses: vec![forgotten],
        ..Draft::default()
    }
    .letter(state, "password_changed", language, &user.email)
}
