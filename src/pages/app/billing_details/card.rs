//! The card that later charges are taken from.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::account::SubscriptionState;
use onedesk_pricing::Date;
use onedesk_texts::{Language, admin, billing, format};

use crate::api::Members;
use crate::browser;
use crate::components::button::{Button, ButtonKind};
use crate::markup::Markup;
use crate::pages::app::addresses;
use crate::pages::app::calendar::read_date;
use crate::pages::app::sheet::Failure;
use crate::part::IntoPart;
use crate::session::Account;

/// How long a card is still good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Validity {
    Good,
    /// Until the end of this month or the next one.
    Expiring,
    Expired,
}

/// Reads the last month of a card, `2034-12`, on a day: how long it is still good, and the month as it stands on the
/// card, `12/2034`.
fn validity(expires: &str, today: Date) -> Option<(Validity, String)> {
    let (year, month) = expires.split_once('-')?;
    let last = read_date(&[expires, "-01"].concat())?;
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let validity = match months(last) - months(today) {
        ..0 => Validity::Expired,
        0..2 => Validity::Expiring,
        2.. => Validity::Good,
    };
    Some((validity, [month, "/", year].concat()))
}

/// What is to be known of the account to speak of its card: the day, and whether a renewal is overdue.
pub fn standing(account: Account) -> (Date, bool) {
    account.view.with_untracked(|view| {
        let is_overdue = match &view.subscription {
            SubscriptionState::Active(subscription) => subscription.overdue_since.is_some(),
            _ => true,
        };
        (view.today, is_overdue)
    })
}

/// Which card is stored and how long it is good, and what to do about it or about an overdue renewal: when that is tried
/// again, too, as far as it is. `details` is the answer to `GET /api/subscription`.
pub fn words(language: Language, (today, is_overdue): (Date, bool), details: &Members) -> String {
    let texts = billing::card(language);
    let mut markup = Markup::new();
    let card = details.object("payment_method");
    let label = card.text("label");
    match validity(&card.text("expires"), today) {
        None if label.is_empty() => markup.paragraph(texts.none()),
        None => markup.paragraph(&label),
        Some((validity, month)) => {
            markup.paragraph(&texts.good(&label, &month));
            match validity {
                Validity::Good => &mut markup,
                Validity::Expiring => markup.warning(texts.expiring()),
                Validity::Expired => markup.warning(texts.expired()),
            }
        }
    };
    if is_overdue {
        markup.warning(texts.overdue());
        let next_retry = details
            .object("subscription")
            .object("standing")
            .object("past_due")
            .date("next_retry");
        if let Some(on) = next_retry {
            markup.paragraph(&texts.retry(format::date(language, on)));
        }
        markup.link(addresses::SUBSCRIPTION, texts.pay());
    }
    markup.take()
}

/// The card, its replacement, and what happens when it cannot be charged.
#[component]
pub fn Card(
    /// The account.
    account: Account,
    /// What [`words`] says.
    words: RwSignal<String>,
) -> impl IntoView {
    let language = account.language;
    let texts = billing::card(language);
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let replace = move |_| {
        pending.set(true);
        failure.set(None);
        spawn_local(async move {
            match account.client.replace_card().await {
                // Pending stays: the browser is leaving for the payment page.
                Ok(address) => browser::go_to(&address),
                Err(error) => {
                    pending.try_set(false);
                    failure.try_set(Some(match error.problem_type() {
                        Some(ProblemType::OrderPending) => admin::order_end(language).pending().to_owned(),
                        _ => account.explain(&error),
                    }));
                }
            }
        });
    };
    view! {
        <section class="card" aria-labelledby="card-title">
            <h2 class="card__title" id="card-title">{texts.title()}</h2>
            <div class="details__words" inner_html=words.get_untracked()></div>
            <Failure account failure/>
            <div><Button kind=ButtonKind::Secondary pending on_press=replace>{texts.replace()}</Button></div>
            <p class="details__rule">{texts.rule()}</p>
        </section>
    }
    .part()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(expires: &str) -> Option<(Validity, String)> {
        validity(expires, Date::constant(2026, 11, 30))
    }

    #[test]
    fn a_card_is_good_until_the_end_of_its_last_month() {
        assert_eq!(on("2026-10"), Some((Validity::Expired, "10/2026".into())));
        assert_eq!(on("2026-11"), Some((Validity::Expiring, "11/2026".into())));
    }

    #[test]
    fn it_expires_soon_in_its_last_two_months_across_the_turn_of_the_year() {
        assert_eq!(on("2026-12"), Some((Validity::Expiring, "12/2026".into())));
        assert_eq!(on("2027-01"), Some((Validity::Good, "01/2027".into())));
        assert_eq!(on("2025-12"), Some((Validity::Expired, "12/2025".into())));
    }

    #[test]
    fn what_is_no_month_says_nothing() {
        assert_eq!(on("soon"), None);
        assert_eq!(on("12/34"), None);
    }
}
