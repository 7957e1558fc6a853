//! A field of several lines.

use leptos::prelude::*;

use super::field::{FieldHint, FieldMistake, described_by};
use crate::changing::{mark, text};
use crate::forms::Form;
use crate::part::IntoPart;

/// Several lines of text that has to be given, such as a list of addresses: its words are not for a spelling checker.
#[component]
pub fn TextArea(
    /// The form that it belongs to.
    form: Form,
    /// Its name in the request.
    name: &'static str,
    /// What it asks for.
    label: &'static str,
    /// A sentence that helps, below the label.
    hint: &'static str,
    /// What it holds.
    value: RwSignal<String>,
    /// What the browser may fill in.
    autocomplete: &'static str,
) -> impl IntoView {
    let id = form.field_id(name);
    let error = form.error(name);
    let described_by = described_by(&id, error, true);
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <FieldHint field_id=id.clone() hint=Signal::stored(Some(hint.to_owned()))/>
            <textarea
                class="input input--many"
                id=id.clone()
                name=name
                rows="4"
                spellcheck="false"
                autocapitalize=(autocomplete == "off").then_some("none")
                autocomplete=autocomplete
                required=true
                aria-invalid=mark(move || error.read().is_some())
                aria-describedby=described_by
                prop:value=text(move || value.get())
                on:input:target=move |event| { value.set(event.target().value()); form.touched(name); }
            ></textarea>
            <FieldMistake id=[&id, "-error"].concat() error/>
        </div>
    }
    .part()
}
