//! Who needs a licence and who does not, side by side.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{Language, site};

use crate::components::icon::Icon;

/// Users on the one side, customers on the other.
#[component]
pub fn WhoNeedsALicence(language: Language) -> impl IntoView {
    let texts = site::who(language);
    let users = [texts.user_1(), texts.user_2(), texts.user_3(), texts.user_4()];
    let customers = [
        texts.customer_1(),
        texts.customer_2(),
        texts.customer_3(),
        texts.customer_4(),
    ];
    view! {
        <section class="section who" aria-labelledby="who">
            <header class="section__head">
                <h2 id="who">{texts.title()}</h2>
                <p class="lead">{texts.lead()}</p>
            </header>
            <div class="who__sides">
                <Side icon=Icon::User title=texts.user_title() also=texts.user_also() count=texts.user_count() lines=users/>
                <Side
                    icon=Icon::People title=texts.customer_title() also=texts.customer_also()
                    count=texts.customer_count() lines=customers free=true
                />
            </div>
        </section>
    }
    .part()
}

#[component]
fn Side(
    icon: Icon,
    title: &'static str,
    also: &'static str,
    count: &'static str,
    lines: [&'static str; 4],
    #[prop(optional)] free: bool,
) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|line| view! { <li><Icon icon=Icon::Check/><span>{line}</span></li> });
    view! {
        <div class=if free { "who__side who__side--free" } else { "who__side" }>
            <p class="who__count"><Icon icon=icon/>{count}</p>
            <h3>{title}" "<span class="who__also">{also}</span></h3>
            <ul class="ticks">{lines.collect_view()}</ul>
        </div>
    }
    .part()
}
