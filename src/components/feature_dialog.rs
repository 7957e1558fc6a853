//! What there is to know of a feature in the menu: whether it is included, what unlocks it, and who can see to that.

use leptos::prelude::*;
use onedesk_texts::{admin, shared};

use super::button::{Button, ButtonKind, LinkButton};
use super::dialog::Dialog;
use super::icon::Icon;
use crate::api::{Entitlements, MenuFeature};
use crate::changing::changing;
use crate::pages::app::addresses;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The dialog; open while a feature is asked about.
#[component]
pub fn FeatureDialog(
    /// The account.
    account: Account,
    /// What the account may use, as it was answered.
    heard: RwSignal<Option<String>>,
    /// The key of the feature that is asked about.
    asked: RwSignal<Option<String>>,
    /// Runs once it is closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let found = move || {
        // Read first: else nothing asked for is noticed where nothing was heard yet.
        let asked = asked.get()?;
        // Not drawn anew if other news comes while it is read.
        let known = heard.with_untracked(|heard| Entitlements::read(heard.as_ref()?))?;
        let feature = known
            .features()
            .into_iter()
            .find(|feature| feature.key == asked)?;
        Some((known, feature))
    };
    let title = Signal::derive(move || found().map_or_else(String::new, |(_, feature)| feature.name));
    let close = Callback::new(move |()| {
        asked.set(None);
        on_close.run(());
    });
    let open = Signal::derive(move || asked.read().is_some());
    let content = move || found().map(|(known, feature)| content(account, &known, feature, close));
    view! {
        <Dialog id="feature" open title on_dismiss=close>{changing(content)}</Dialog>
    }
}

/// What is said, and the one thing to do.
fn content(account: Account, known: &Entitlements, feature: MenuFeature, close: Callback<()>) -> Part {
    let language = account.language;
    let texts = admin::features(language);
    let name_of = |plan| account.catalog.plan_name(plan);
    let (vendor, administers) = (
        account.catalog.with(|catalog| catalog.vendor.name.clone()),
        account.view.with_untracked(|view| view.user.role.administers()),
    );
    let own = known.plan();
    let own = own.as_ref();
    let (icon, standing) = match (&feature.unlocked_by, own) {
        (None, _) if known.in_trial() => (Icon::Check, texts.in_trial().to_owned()),
        (None, plan) => (Icon::Check, texts.in_plan(plan.map(name_of).unwrap_or_default())),
        (Some(plan), Some(own)) if plan == own => (Icon::Lock, texts.unpaid(name_of(plan))),
        (Some(plan), Some(own)) => (Icon::Lock, texts.in_other_plan(name_of(plan), name_of(own))),
        (Some(plan), None) => (Icon::Lock, texts.not_subscribed(name_of(plan))),
    };
    let (more, way) = match &feature.unlocked_by {
        None => (texts.elsewhere(vendor), None),
        Some(_) if !administers => (texts.ask(known.owner()), None),
        Some(plan) if Some(plan) == own => (
            admin::standing(language).suspended_rule().to_owned(),
            Some((
                addresses::SUBSCRIPTION.to_owned(),
                admin::standing(language).suspended_action().to_owned(),
            )),
        ),
        Some(plan) => (
            texts.nothing_changes().to_owned(),
            Some((addresses::subscription_to(plan), texts.see(name_of(plan)))),
        ),
    };
    // Loaded anew: the Subscription screen may be the one behind, and reads its address once.
    let way =
        way.map(|(address, words)| view! { <LinkButton href=address external=true>{words}</LinkButton> });
    view! {
        <p>{feature.note}</p>
        <p class="dialog__promise"><Icon icon/><span>{standing}</span></p>
        <p class="dialog__small">{more}</p>
        <div class="dialog__actions">
            <Button kind=ButtonKind::Secondary on_press=move |_| close.run(())>{shared::action(language).close()}</Button>
            {way}
        </div>
    }
    .late_part()
}
