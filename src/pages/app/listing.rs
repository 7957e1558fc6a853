//! A list that comes page by page, the newest first.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_texts::{billing, shared};

use super::asked::{Answering, Asked, Drawing};
use crate::browser;
use crate::changing::changing;
use crate::components::button::{Button, ButtonKind};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::records::{FOCUSED_ROW, Group, Records, append};
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// What is listed.
#[derive(Clone, Copy)]
pub struct Listing {
    /// The account.
    pub account: Account,
    /// What the list is called.
    pub caption: &'static str,
    /// What each column holds.
    pub columns: fn(Account) -> Vec<&'static str>,
    /// Asks for the newest page, or the one before.
    pub ask: fn(Account, Option<String>) -> Answering<Page>,
    /// What stands there while there is nothing to list.
    pub empty: fn(Account) -> Part,
}

/// As much of it as has come.
#[derive(Clone)]
pub struct Page {
    /// The rows.
    pub groups: Vec<Group>,
    /// What to ask the next page by; none on the last one.
    pub older: Option<String>,
}

impl Page {
    fn rows(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum()
    }
}

impl Listing {
    /// The list in its place.
    pub fn view(self) -> impl IntoView {
        let ask = move || -> Answering<Drawing> {
            Box::pin(async move {
                let page = (self.ask)(self.account, None).await?;
                let drawing: Drawing =
                    std::sync::Arc::new(move || view! { <Pages listing=self page=page.clone()/> }.part());
                Ok(drawing)
            })
        };
        view! { <Asked account=self.account ask=Box::new(ask)/> }
    }
}

/// The pages that have come as one table, and the button that asks for another.
#[component]
fn Pages(listing: Listing, page: Page) -> impl IntoView {
    let Listing { account, .. } = listing;
    if page.groups.is_empty() {
        return (listing.empty)(account);
    }
    let has_older = RwSignal::new(page.older.is_some());
    let page = RwSignal::new(page);
    // The first row of the page that came last.
    let focusable = StoredValue::new(0);
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let show_older = move |_| {
        pending.set(true);
        failure.set(None);
        let answering = (listing.ask)(account, page.with_untracked(|page| page.older.clone()));
        spawn_local(async move {
            let answer = answering.await;
            pending.try_set(false);
            match answer {
                Ok(more) => {
                    has_older.try_set(more.older.is_some());
                    page.try_update(|page| {
                        focusable.set_value(page.rows());
                        append(&mut page.groups, more.groups);
                        page.older = more.older;
                    });
                    // Where reading goes on; the button may be gone.
                    request_animation_frame(|| browser::focus(FOCUSED_ROW));
                }
                Err(error) => drop(failure.try_set(Some(account.explain(&error)))),
            }
        });
    };
    view! {
        {changing(move || view! {
            <Records
                caption=listing.caption
                columns=(listing.columns)(account)
                groups=page.with(|page| page.groups.clone())
                focusable=focusable.get_value()
            />
        })}
        {changing(move || failure.get().map(|failure| view! {
            <Notice kind=NoticeKind::Error title=shared::problem(account.language).title()><p>{failure}</p></Notice>
        }))}
        {changing(move || has_older.get().then(|| view! {
            <div>
                <Button kind=ButtonKind::Secondary pending on_press=show_older>
                    {billing::titles(account.language).older()}
                </Button>
            </div>
        }))}
    }
    .part()
}
