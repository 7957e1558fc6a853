//! What the last change has done, with its invoice.

use leptos::prelude::*;
use onedesk_texts::{changes, format};

use super::notice::{Notice, NoticeKind};
use crate::browser;
use crate::change::desk::News;
use crate::changing::changing;
use crate::effect::effect;
use crate::pages::app::addresses;
use crate::part::IntoPart;
use crate::session::Account;

/// The id of the notice.
const NEWS_ID: &str = "change-news";

/// Says what was done, once it is done, and takes the focus: what was pressed may be gone. Forgets it with its screen.
#[component]
pub fn ChangeNews(
    /// The account.
    account: Account,
) -> impl IntoView {
    let desk = account.session.changes;
    let news = desk.news();
    effect(move || {
        if news.read().is_some() {
            // Once the dialog is closed, which gives the focus back to what had it.
            request_animation_frame(|| browser::focus(NEWS_ID));
        }
    });
    on_cleanup(move || drop(desk.take_news()));
    view! {
        <div class="screen__news" role="status">
            {changing(move || news.get().map(|news| view! { <Done account news/> }))}
        </div>
    }
    .part()
}

#[component]
fn Done(account: Account, news: News) -> impl IntoView {
    let language = account.language;
    let texts = changes::news(language);
    let News { said, order } = news;
    let items = said.into_iter().map(|line| view! { <li>{line}</li> });
    let invoice = order.and_then(|order| Some((order.total, order.receipt?)));
    let invoice = invoice.map(|(total, receipt)| {
        let href = addresses::invoice_address(&receipt.invoice_number);
        let words = texts.invoice(
            format::money(language, total),
            receipt.payment_method,
            receipt.invoice_number,
        );
        view! { <p>{words}" "<a href=href>{texts.see_invoice()}</a></p> }
    });
    view! {
        <div id=NEWS_ID tabindex="-1">
            <Notice kind=NoticeKind::Success title=texts.title()>
                <ul class="notice__list">{items.collect_view()}</ul>
                {invoice}
            </Notice>
        </div>
    }
    .late_part()
}
