//! What will become of the subscription: what is scheduled, and whether it ends.

use leptos::prelude::*;
use onedesk_contract::subscription::SubscriptionDetails;
use onedesk_subscription::{Request, ScheduledPart};
use onedesk_texts::{changes, format};

use crate::change::doing::is_scheduled;
use crate::change::words;
use crate::components::button::{Button, ButtonKind};
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::app::calendar::last_day;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The scheduled changes, each with its withdrawal; nothing if there are none.
pub fn scheduled(account: Account, details: &SubscriptionDetails) -> Part {
    let language = account.language;
    let texts = changes::scheduled(language);
    let subscription = &details.subscription;
    let parts = ScheduledPart::ALL.map(|part| {
        is_scheduled(part, subscription).then(|| {
            let what = words::scheduled(account, part, subscription);
            let visible = changes::button(language).withdraw();
            // The row names it to those who see it; the button alone has to say it to those who hear it.
            let whole = texts.withdraw_what(&what);
            let rest = whole
                .strip_prefix(visible)
                .map_or_else(|| [" ", &whole].concat(), str::to_owned);
            view! {
                <li class="scheduled__row">
                    <span>{what}</span>
                    <Button kind=ButtonKind::Secondary on_press=move |_| ask(account, Request::Withdraw(part))>
                        {visible}<span class="visually-hidden">{rest}</span>
                    </Button>
                </li>
            }
            .late_part()
        })
    });
    if parts.iter().all(Option::is_none) {
        return ().part();
    }
    let on = format::date(language, renewal_day(details));
    view! {
        <section class="card" aria-labelledby="scheduled-title">
            <h2 class="card__title" id="scheduled-title">{texts.title(on)}</h2>
            <p>{texts.text()}</p>
            <ul class="scheduled">{parts.into_iter().flatten().collect_view()}</ul>
        </section>
    }
    .late_part()
}

/// Says on top that the subscription is cancelled, with the way back; nothing if it is not.
pub fn cancelled(account: Account, details: &SubscriptionDetails) -> Part {
    let language = account.language;
    let subscription = &details.subscription;
    if !subscription.cancels_at_period_end {
        return ().part();
    }
    let texts = changes::cancelling(language);
    let last = format::date(language, last_day(subscription.term.renews_on()));
    view! {
        <Notice kind=NoticeKind::Warning title=texts.cancelled_title()>
            <p>{texts.cancelled(last)}</p>
            <Button on_press=move |_| ask(account, Request::Resume)>{changes::button(language).resume()}</Button>
        </Notice>
    }
    .late_part()
}

/// The way out, below everything else; nothing if it was taken.
pub fn cancelling(account: Account, details: &SubscriptionDetails) -> Part {
    let language = account.language;
    let subscription = &details.subscription;
    if subscription.cancels_at_period_end {
        return ().part();
    }
    let texts = changes::cancelling(language);
    let is_overdue = subscription.standing.is_overdue();
    let last = format::date(language, last_day(subscription.term.renews_on()));
    let words = (!is_overdue).then(|| view! { <p>{texts.text(last)}</p> });
    view! {
        <section class="card" aria-labelledby="cancelling-title">
            <h2 class="card__title" id="cancelling-title">{texts.title()}</h2>
            {words}
            <div class="card__actions">
                <Button kind=ButtonKind::Secondary on_press=move |_| ask(account, Request::Cancel)>
                    {changes::button(language).cancel()}
                </Button>
            </div>
        </section>
    }
    .late_part()
}

/// The day on which what is scheduled takes effect: that of the next renewal, or of the next try of one that is overdue.
fn renewal_day(details: &SubscriptionDetails) -> onedesk_contract::Date {
    let next = details.next_renewal.as_ref();
    next.map_or(details.subscription.term.renews_on(), |next| next.on)
}

fn ask(account: Account, request: Request) {
    account
        .catalog
        .with(|catalog| account.session.changes.ask_for(&catalog.price_list, request));
}
