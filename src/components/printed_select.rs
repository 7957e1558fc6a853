//! A long list to choose from, which is printed with its page.

use crate::handler::chosen;
use leptos::html::Select;
use leptos::prelude::*;

use super::bound_input::bind_select;
use super::field::{FieldMistake, described_by};
use super::icon::Icon;
use crate::changing::mark;
use crate::forms::Form;
use crate::part::IntoPart;

/// A labelled list. Its entries stand in the HTML alone: 249 countries in every language would be a tenth of the bundle.
#[component]
pub fn PrintedSelect(
    /// The form that it belongs to.
    form: Form,
    /// Its name in the request.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// The value chosen.
    value: RwSignal<String>,
    /// Its entries, from [`printed::html`](crate::printed::html).
    options: String,
    /// What the browser may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
) -> impl IntoView {
    let node = NodeRef::<Select>::new();
    bind_select(node, value);
    let id = form.field_id(name);
    let error = form.error(name);
    let described_by = described_by(&id, error, false);
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <span class="select">
                <select
                    class="input"
                    node_ref=node
                    id=id.clone()
                    name=name
                    autocomplete=autocomplete
                    required=true
                    aria-invalid=mark(move || error.read().is_some())
                    aria-describedby=described_by
                    on:change:target=chosen(move |now| { value.set(now); form.touched(name); })
                    inner_html=options
                ></select>
                <Icon icon=Icon::ChevronDown/>
            </span>
            <FieldMistake id=[&id, "-error"].concat() error=error/>
        </div>
    }
    .part()
}
