//! What is written about a trial to those who administer the account.

use jiff::civil::Date;
use onedesk_texts::{Language, format, mail};

use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// How things stand before the end of a trial.
#[derive(Clone, Copy, Debug)]
pub struct Ahead {
    /// The day on which it ends, in the account's time zone.
    pub end: Date,
    /// Days until then; 0 on the day itself.
    pub days_left: u32,
    /// Users who would need a licence.
    pub active_users: u32,
}

/// How things stand after the end of a trial.
#[derive(Clone, Copy, Debug)]
pub struct Behind<'a> {
    /// The day on which it ended, in the account's time zone.
    pub end: Date,
    /// Users who were deactivated.
    pub deactivated: usize,
    /// Who can still sign in.
    pub owner: &'a users::Model,
}

/// Before the end: how many days are left, what happens then, and how to prevent it.
pub fn reminder(state: &AppState, account: &accounts::Model, to: &users::Model, ahead: &Ahead) -> Letter {
    let language = language_of(to);
    let texts = mail::trial_reminder(language);
    let (product, company) = (&state.catalog.vendor().name, &account.company);
    let date = format::date(language, ahead.end);
    let (subject, lead) = match ahead.days_left {
        0 => (
            texts.subject_today(product),
            texts.lead_today(product, company, date),
        ),
        1 => (
            texts.subject_tomorrow(product),
            texts.lead_tomorrow(product, company, date),
        ),
        days => (
            texts.subject(days.into(), product),
            texts.lead(days.into(), product, company, date),
        ),
    };
    // Everybody but the owner, who is always active.
    let concerned = match ahead.active_users.saturating_sub(1) {
        0 => texts.concerns_nobody().to_owned(),
        others => texts.concerns(others.into()),
    };
    Draft {
        subject,
        name: to.name.clone(),
        paragraphs: vec![
            lead,
            texts.at_end().to_owned(),
            concerned,
            texts.to_do(ahead.active_users.into()),
        ],
        action: Some(subscribe(state, texts.action())),
        notes: vec![texts.no_card().to_owned()],
        ..Draft::default()
    }
    .letter(state, "trial_reminder", language, &to.email)
}

/// At the end: what was deactivated, that everything is kept, and what brings it back.
pub fn ended(state: &AppState, account: &accounts::Model, to: &users::Model, behind: &Behind<'_>) -> Letter {
    let language = language_of(to);
    let texts = mail::trial_ended(language);
    let (product, company) = (&state.catalog.vendor().name, &account.company);
    let deactivated = match behind.deactivated {
        0 => texts.deactivated_nobody().to_owned(),
        users => texts.deactivated(u64::try_from(users).unwrap_or(u64::MAX)),
    };
    let mut draft = Draft {
        subject: texts.subject(product),
        name: to.name.clone(),
        paragraphs: vec![
            texts.lead(product, company, format::date(language, behind.end)),
            deactivated,
            texts.kept().to_owned(),
        ],
        ..Draft::default()
    };
    if to.id == behind.owner.id {
        draft.paragraphs.push(texts.to_do().to_owned());
        draft.action = Some(subscribe(state, texts.action()));
    } else {
        // An admin is deactivated with the others: a button would lead to a door that is shut.
        draft
            .paragraphs
            .push(texts.ask_owner(&behind.owner.name, &behind.owner.email));
    }
    draft.letter(state, "trial_ended", language, &to.email)
}

fn language_of(user: &users::Model) -> Language {
    user.language.parse().unwrap_or_default()
}

fn subscribe(state: &AppState, label: &str) -> Action {
    Action {
        label: label.to_owned(),
        url: state.public_url.to("/app/administration/subscription"),
    }
}
