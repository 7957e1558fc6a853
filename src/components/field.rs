//! Fields of forms: label, hint, input, and the mistake beside it.

use crate::changing::{flag, mark, text};
use crate::handler::{handler, typed};
use crate::part::{IntoPart, Slot};
use leptos::html::Input;
use leptos::prelude::*;

use super::bound_input::bind_input;
use super::icon::Icon;
use crate::effect::effect;
use crate::forms::Form;

/// `aria-describedby`: the mistake first, then the hint.
pub(super) fn described_by(
    id: &str,
    error: Signal<Option<String>>,
    has_hint: bool,
) -> impl Fn() -> Option<String> + use<> {
    let (error_id, hint_id) = ([id, "-error"].concat(), [id, "-hint"].concat());
    move || match (error.read().is_some(), has_hint) {
        (true, true) => Some([error_id.as_str(), " ", hint_id.as_str()].concat()),
        (true, false) => Some(error_id.clone()),
        (false, true) => Some(hint_id.clone()),
        (false, false) => None,
    }
}

/// The mistake of a field, in its place below the input.
#[component]
pub fn FieldMistake(
    /// The id that the input's description names.
    id: String,
    /// The mistake, if any.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <p class="field__error" id=id hidden=flag(move || error.read().is_none())>
            <Icon icon=Icon::Failed/>
            <span>{text(move || error.get().unwrap_or_default())}</span>
        </p>
    }
    .part()
}

/// The sentence between label and input.
#[component]
pub fn FieldHint(
    /// The id of the input.
    field_id: String,
    /// The sentence.
    #[prop(into)]
    hint: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <p class="field__hint" id=[&field_id, "-hint"].concat() hidden=flag(move || hint.read().is_none())>
            {text(move || hint.get().unwrap_or_default())}
        </p>
    }
    .part()
}

/// A line of text.
#[component]
pub fn TextField(
    /// The form that it belongs to.
    form: Form,
    /// Its name in the request.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What it holds.
    value: RwSignal<String>,
    /// A sentence that helps, below the label.
    #[prop(optional, into)]
    hint: Option<Signal<Option<String>>>,
    /// The input's type: `text`, `email`, …
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in (HTML, “autofill”).
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// The most characters that can be typed.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Called when it is left.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    bind_input(node, value);
    let id = form.field_id(name);
    let error = form.error(name);
    let described_by = described_by(&id, error, hint.is_some());
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <FieldHint field_id=id.clone() hint=hint/> })}
            <input
                class="input"
                node_ref=node
                id=id.clone()
                name=name
                type=kind
                value=value.get_untracked()
                autocomplete=autocomplete
                autocapitalize=(kind == "email").then_some("none")
                spellcheck=(kind == "email").then_some("false")
                required=required
                maxlength=max_length.map(|max| max.to_string())
                aria-invalid=mark(move || error.read().is_some())
                aria-describedby=described_by
                on:input:target=typed(move |now| { value.set(now); form.touched(name); })
                on:blur=handler(move |_| { if let Some(on_leave) = on_leave { on_leave.run(()); } })
            />
            <FieldMistake id=[&id, "-error"].concat() error=error/>
        </div>
    }
    .part()
}

/// A box to tick.
#[component]
pub fn CheckboxField(
    /// The form that it belongs to.
    form: Form,
    /// Its name in the request.
    name: &'static str,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// Whether it must be ticked.
    #[prop(optional)]
    required: bool,
    /// What ticking it says.
    children: Slot,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let id = form.field_id(name);
    let error = form.error(name);
    let described_by = described_by(&id, error, false);
    // As for other inputs: what was ticked before the page was taken over stays.
    let mut taken_over = false;
    effect(move || {
        let wanted = value.get();
        let Some(input) = node.get() else { return };
        if !taken_over && input.checked() {
            value.set(true);
        } else {
            input.set_checked(wanted);
        }
        taken_over = true;
    });
    view! {
        <div class="field field--check">
            <label class="check">
                <input
                    class="check__box"
                    node_ref=node
                    id=id.clone()
                    name=name
                    type="checkbox"
                    value="true"
                    required=required
                    aria-invalid=mark(move || error.read().is_some())
                    aria-describedby=described_by
                    on:change:target=move |event| { value.set(event.target().checked()); form.touched(name); }
                />
                <span>{children.fill()}</span>
            </label>
            <FieldMistake id=[&id, "-error"].concat() error=error/>
        </div>
    }
    .part()
}
