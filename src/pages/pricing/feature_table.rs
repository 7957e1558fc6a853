//! Every feature of every plan, group by group.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_contract::catalog::{Feature, FeatureGroup};
use onedesk_pricing::PlanId;
use onedesk_texts::{Language, format, site};

use crate::calculator::Calculator;
use crate::components::icon::Icon;
use crate::effect::effect;
use crate::embedded_catalog::Catalog;

/// The table. Its head stays in view, with the price of a user on each plan.
#[component]
pub fn FeatureTable(catalog: Catalog, calculator: Calculator, language: Language) -> impl IntoView {
    let texts = site::features(language);
    let view = catalog.get();
    let plans: Vec<PlanId> = view.plans.iter().map(|plan| plan.id.clone()).collect();
    let heads = view.plans.into_iter().map(|plan| {
        let price = unit_price(calculator, language, &plan.id);
        view! {
            <th scope="col" class="features__plan">
                <span class="features__plan-name">{plan.name}</span>
                <span class="features__plan-price amount" data-plan=plan.id.as_str().to_owned()>{price}</span>
            </th>
        }
    });
    let columns = plans.len() + 1;
    let groups = view
        .feature_groups
        .into_iter()
        .map(|group| group_rows(language, group, &plans, columns));
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
    .part()
}

/// Keeps the prices in the head of the table, which is printed, those of the calculator.
pub fn keep_prices(calculator: Calculator, language: Language) {
    effect(move || {
        for plan in calculator.quotes.get() {
            let selector = [".features__plan-price[data-plan=", plan.plan.as_str(), "]"].concat();
            if let Ok(Some(cell)) = document().query_selector(&selector) {
                cell.set_text_content(Some(&unit_price(calculator, language, &plan.plan)));
            }
        }
    });
}

/// What a user costs a month on a plan; a dash where it is not sold so.
fn unit_price(calculator: Calculator, language: Language, plan: &PlanId) -> String {
    let price = calculator
        .plan_quote(plan)
        .and_then(|plan| plan.unit_price(calculator.period.get()));
    price.map_or_else(|| "–".to_owned(), |price| format::money(language, price))
}

fn group_rows(
    language: Language,
    group: FeatureGroup,
    plans: &[PlanId],
    columns: usize,
) -> impl IntoView + use<> {
    let rows = group
        .features
        .into_iter()
        .map(|feature| feature_row(language, feature, plans))
        .collect_view();
    view! {
        <tbody>
            <tr class="features__group">
                <th scope="rowgroup" colspan=columns.to_string()>{group.title}</th>
            </tr>
            {rows}
        </tbody>
    }
    .part()
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
    .part()
}
