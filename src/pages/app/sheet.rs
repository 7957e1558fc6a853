//! What is asked for and then looked at: the wait, what came, or why nothing came; and *Show older* where more can come.
//!
//! Compiled once for all screens: what came is HTML by then (see [`Markup`](crate::markup)).

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_texts::{billing, shared};

use super::records;
use super::screen::ScreenTitle;
use super::waiting::Waiting;
use crate::api::Answer;
use crate::browser;
use crate::changing::{changing, text};
use crate::components::button::{Button, ButtonKind};
use crate::components::notice::{Notice, NoticeKind};
use crate::part::IntoPart;
use crate::session::Account;

/// What came.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// To be looked at.
    pub html: String,
    /// What to ask the next page by; empty on the last one.
    pub older: String,
}

/// An answer that is on its way.
pub type Answering = Pin<Box<dyn Future<Output = Answer<Page>>>>;

/// Asks for the newest page, or the one that is older than something.
pub type Ask = Arc<dyn Fn(String) -> Answering + Send + Sync>;

/// Stands on the first row of a page: reading goes on there when the page comes later.
pub const FIRST_OF_PAGE: &str = " id=\"page\" tabindex=\"-1\"";

/// The id in [`FIRST_OF_PAGE`].
const FIRST_ID: &str = "page";

/// A screen that is a sheet and nothing else.
#[component]
pub fn SheetScreen(
    /// The account.
    account: Account,
    /// What the screen is called.
    title: &'static str,
    /// What it is about.
    lead: &'static str,
    /// Asks for it.
    ask: Ask,
) -> impl IntoView {
    view! {
        <div class="screen">
            <ScreenTitle title window_title=account.window_title(title)/>
            <p class="screen__lead">{lead}</p>
            <Sheet account ask filled=RwSignal::new(false)/>
        </div>
    }
    .part()
}

/// A place for what `ask` brings.
#[component]
pub fn Sheet(
    /// The account.
    account: Account,
    /// Asks for it.
    ask: Ask,
    /// Hears that something came.
    filled: RwSignal<bool>,
) -> impl IntoView {
    let language = account.language;
    let html = RwSignal::new(String::new());
    let older = RwSignal::new(String::new());
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let go_on = Callback::new(move |()| {
        pending.set(true);
        failure.set(None);
        let answering = ask(older.get_untracked());
        spawn_local(async move {
            let answer = answering.await;
            // Where there is nothing to set, the screen was left.
            pending.try_set(false);
            match answer {
                Ok(page) => {
                    let shown = html.try_get_untracked().unwrap_or_default();
                    html.try_set([shown.replace(FIRST_OF_PAGE, ""), page.html].concat());
                    older.try_set(page.older);
                    if filled.try_get_untracked() == Some(true) {
                        request_animation_frame(|| browser::focus(FIRST_ID));
                    }
                    filled.try_set(true);
                }
                Err(error) => drop(failure.try_set(Some(account.explain(&error)))),
            }
        });
    });
    go_on.run(());
    let written = move || records::framed(&html.read());
    let button = move || {
        let words = if filled.get() {
            (!older.read().is_empty()).then(|| billing::titles(language).older())
        } else {
            failure
                .read()
                .is_some()
                .then(|| shared::action(language).try_again())
        };
        words.map(|words| {
            view! {
                <div>
                    <Button kind=ButtonKind::Secondary pending on_press=move |_| go_on.run(())>{words}</Button>
                </div>
            }
        })
    };
    view! {
        {changing(move || (pending.get() && !filled.get()).then(|| view! {
            <Waiting text=shared::state(language).loading()/>
        }))}
        <div class="printed" inner_html=text(written)></div>
        <Failure account failure/>
        {changing(button)}
    }
    .part()
}

/// Why something was not done, once it was tried.
#[component]
pub fn Failure(
    /// The account.
    account: Account,
    /// Why.
    failure: RwSignal<Option<String>>,
) -> impl IntoView {
    changing(move || {
        failure.get().map(|failure| {
            view! {
                <Notice kind=NoticeKind::Error title=shared::problem(account.language).title()><p>{failure}</p></Notice>
            }
        })
    })
}
