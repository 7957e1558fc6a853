//! Every feature of every plan, group by group.

use leptos::prelude::*;
use onedesk_contract::catalog::{Feature, FeatureGroup};
use onedesk_pricing::PlanId;
use onedesk_texts::{Language, site};

use crate::calculator::Calculator;
use crate::components::amount::Amount;
use crate::components::icon::Icon;
use crate::embedded_catalog::Catalog;

/// The table. Its head stays in view, with the price of a user on each plan.
#[component]
pub fn FeatureTable(catalog: Catalog, calculator: Calculator, language: Language) -> impl IntoView {
    let texts = site::features(language);
    let view = catalog.get();
    let plans: Vec<PlanId> = view.plans.iter().map(|plan| plan.id.clone()).collect();
    let heads = view.plans.into_iter().map(|plan| {
        let id = plan.id;
        let price = Signal::derive(move || calculator.plan_quote(&id)?.unit_price(calculator.period.get()));
        view! {
            <th scope="col" class="features__plan">
                <span class="features__plan-name">{plan.name}</span>
                <span class="features__plan-price"><Amount money=price language=language/></span>
            </th>
        }
    });
    let columns = plans.len() + 1;
    let groups = view.feature_groups.into_iter().map(|group| group_rows(language, group, &plans, columns));
    view! {
        <section class="section features" aria-labelledby="features">
            <header class="section__head">
                <h2 id="features">{texts.title()}</h2>
                <p class="lead">{texts.lead()}</p>
            </header>
            <table class="features__table">
                <caption class="visually-hidden">{texts.caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="features__corner">
                            {texts.feature()}
                            <span class="features__unit">{site::calculator(language).per_user_month()}</span>
                        </th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                {groups.collect_view()}
            </table>
        </section>
    }
    .into_any()
}

fn group_rows(language: Language, group: FeatureGroup, plans: &[PlanId], columns: usize) -> impl IntoView + use<> {
    let rows = group.features.into_iter().map(|feature| feature_row(language, feature, plans)).collect_view();
    view! {
        <tbody>
            <tr class="features__group">
                <th scope="rowgroup" colspan=columns.to_string()>{group.title}</th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn feature_row(language: Language, feature: Feature, plans: &[PlanId]) -> impl IntoView + use<> {
    let texts = site::features(language);
    let cells = plans.iter().map(|plan| {
        let included = feature.plans.contains(plan);
        let (class, icon, words) = if included {
            ("features__yes", Icon::Check, texts.included())
        } else {
            ("features__no", Icon::Minus, texts.not_included())
        };
        view! { <td class=class><Icon icon=icon/><span class="visually-hidden">{words}</span></td> }
    });
    let cells = cells.collect_view();
    view! {
        <tr>
            <th scope="row">
                <span class="features__name">{feature.name}</span>
                <span class="features__note">{feature.note}</span>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}
