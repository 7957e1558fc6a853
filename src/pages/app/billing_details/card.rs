//! The card that later charges are taken from.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::account::SubscriptionState;
use onedesk_contract::subscription::PaymentMethodView;
use onedesk_pricing::Date;
use onedesk_texts::{admin, billing, shared};

use crate::browser;
use crate::changing::changing;
use crate::components::button::{Button, ButtonKind, LinkButton};
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::app::addresses;
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
    let months_left = (year.parse::<i32>().ok()? - i32::from(today.year())) * 12
        + month.parse::<i32>().ok()?
        - i32::from(today.month());
    let validity = match months_left {
        ..0 => Validity::Expired,
        0..2 => Validity::Expiring,
        2.. => Validity::Good,
    };
    Some((validity, [month, "/", year].concat()))
}

/// The card, its replacement, and what happens when it cannot be charged.
#[component]
pub fn Card(
    /// The account.
    account: Account,
    /// What is stored.
    card: Option<PaymentMethodView>,
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
    let overdue = account.view.with_untracked(|view| match &view.subscription {
        SubscriptionState::Active(subscription) => subscription.overdue_since.is_some(),
        SubscriptionState::Suspended { .. } => true,
        _ => false,
    });
    let today = account.view.with_untracked(|view| view.today);
    let (label, warning) = match card {
        None => (texts.none().to_owned(), None),
        Some(card) => match validity(&card.expires, today) {
            None => (card.label, None),
            Some((validity, month)) => {
                let warning = match validity {
                    Validity::Good => None,
                    Validity::Expiring => Some(texts.expiring()),
                    Validity::Expired => Some(texts.expired()),
                };
                (texts.good(card.label, month), warning)
            }
        },
    };
    view! {
        <section class="card" aria-labelledby="card-title">
            <h2 class="card__title" id="card-title">{texts.title()}</h2>
            <p>{label}</p>
            {warning.map(|warning| view! { <Notice kind=NoticeKind::Warning><p>{warning}</p></Notice> })}
            {overdue.then(|| view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{texts.overdue()}</p>
                    <LinkButton href=addresses::SUBSCRIPTION>{texts.pay()}</LinkButton>
                </Notice>
            })}
            {changing(move || failure.get().map(|failure| view! {
                <Notice kind=NoticeKind::Error title=shared::problem(language).title()><p>{failure}</p></Notice>
            }))}
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
