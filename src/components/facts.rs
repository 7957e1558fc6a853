//! Names and values beside one another.

use leptos::prelude::*;

use crate::part::IntoPart;

/// A list of facts. Those without a value are left out.
#[component]
pub fn Facts(
    /// Name and value of each.
    facts: Vec<(&'static str, String)>,
) -> impl IntoView {
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let rows =
        facts.map(|(name, value)| view! { <div class="facts__row"><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }.part()
}
