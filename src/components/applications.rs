//! *More applications*: the way from one application to another, and what the product holds beside them.
//!
//! The features are those that the catalog marks for the menu. What the account may use is asked each time that the menu is
//! opened: it is news right after the plan was raised, and nobody waits for it who does not look.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_texts::{admin, shared};

use super::button::{Button, ButtonKind};
use super::feature_dialog::FeatureDialog;
use super::icon::Icon;
use super::menu::Menu;
use crate::api::Entitlements;
use crate::browser;
use crate::changing::{changing, mark};
use crate::handler::handler;
use crate::pages::app::addresses::{self, Inside};
use crate::pages::app::waiting::Waiting;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The id of the menu's button.
const ID: &str = "applications";

/// What the menu knows of the features.
#[derive(Clone, Copy)]
struct Known {
    account: Account,
    /// What the account may use, as last heard of.
    heard: RwSignal<Option<String>>,
    /// Whether the last question was not answered.
    failed: RwSignal<bool>,
    /// The key of the feature that is asked about.
    asked: RwSignal<Option<String>>,
}

impl Known {
    /// Asks what the account may use. What was known is shown until there is an answer, and if there is none.
    fn ask(self) {
        self.failed.set(false);
        spawn_local(async move {
            match self.account.client.entitlements(self.account.language).await {
                // What is no news draws nothing anew, and takes the focus from nobody.
                Ok(text)
                    if self
                        .heard
                        .try_with_untracked(|heard| heard.as_ref() != Some(&text))
                        == Some(true) =>
                {
                    self.heard.set(Some(text));
                }
                Ok(_) => {}
                Err(_) => drop(self.failed.try_set(true)),
            }
        });
    }
}

/// The menu.
#[component]
pub fn Applications(
    /// The account.
    account: Account,
    /// The screen that it stands above.
    screen: Signal<Inside>,
) -> impl IntoView {
    let texts = admin::shell(account.language);
    let known = Known {
        account,
        heard: RwSignal::new(None),
        failed: RwSignal::new(false),
        asked: RwSignal::new(None),
    };
    view! {
        <Menu
            id=ID
            label=texts.more_applications().to_owned()
            at_end=true
            icon=Icon::Grid
            on_open=Callback::new(move |()| known.ask())
        >
            <nav class="applications" aria-label=texts.applications()>
                <ul class="applications__list">
                    <li>
                        <a
                            class="applications__item"
                            href=addresses::HOME
                            aria-current=mark(move || !screen.get().is_administration())
                        >
                            <Icon icon=Icon::Ticket/>
                            <span>{texts.home()}</span>
                        </a>
                    </li>
                    {changing(move || account.administers().then(|| view! {
                        <li>
                            <a
                                class="applications__item"
                                href=addresses::USERS
                                aria-current=mark(move || screen.get().is_administration())
                            >
                                <Icon icon=Icon::Gear/>
                                <span>{texts.administration()}</span>
                            </a>
                        </li>
                    }))}
                </ul>
            </nav>
            {changing(move || features(known))}
        </Menu>
        <FeatureDialog
            account
            heard=known.heard
            asked=known.asked
            // What it was opened by is hidden by now.
            on_close=move || request_animation_frame(|| browser::focus(ID))
        />
    }
}

/// The features, included or locked; nothing for a catalog that wants none in the menu.
fn features(known: Known) -> Part {
    let language = known.account.language;
    let texts = admin::features(language);
    let Some(entitlements) = known.heard.with(|heard| Entitlements::read(heard.as_ref()?)) else {
        if !known.failed.get() {
            return view! { <div class="menu-features"><Waiting text=shared::state(language).loading()/></div> }.late_part();
        }
        let again = move |_| {
            // The button is gone once it is pressed.
            browser::focus(ID);
            known.ask();
        };
        return view! {
            <div class="menu-features" role="status" data-stays="">
                <p class="menu-features__failed">{texts.failed()}</p>
                <Button kind=ButtonKind::Secondary on_press=again>{shared::action(language).try_again()}</Button>
            </div>
        }
        .late_part();
    };
    let features = entitlements.features();
    if features.is_empty() {
        return ().late_part();
    }
    let vendor = known.account.catalog.with(|catalog| catalog.vendor.name.clone());
    let entries = features.into_iter().map(|feature| {
        let (icon, class, locked, by) = match &feature.unlocked_by {
            None => (Icon::Check, "menu-features__item", String::new(), String::new()),
            Some(plan) => (
                Icon::Lock,
                "menu-features__item menu-features__item--locked",
                [texts.locked(), ", "].concat(),
                texts.included_in(known.account.catalog.plan_name(plan)),
            ),
        };
        let key = feature.key;
        view! {
            <li>
                <button
                    type="button"
                    class=class
                    aria-haspopup="dialog"
                    on:click=handler(move |_| known.asked.set(Some(key.clone())))
                >
                    <Icon icon/>
                    <span>
                        {feature.name}
                        <span class="visually-hidden">{locked}</span>
                        <span class="menu-features__by">{by}</span>
                    </span>
                </button>
            </li>
        }
    });
    view! {
        <div class="menu-features">
            <p class="menu-features__title" id="menu-features-title">{texts.heading(vendor)}</p>
            <ul aria-labelledby="menu-features-title">{entries.collect_view()}</ul>
        </div>
    }
    .late_part()
}
