//! A password to set or to give, which can be shown; with a hint of its strength while a new one is typed.

use crate::changing::{flag, mark, text};
use crate::handler::{handler, typed};
use crate::part::IntoPart;
use leptos::html::Input;
use leptos::prelude::*;
use onedesk_contract::fields::{MIN_PASSWORD_LENGTH, PasswordStrength};
use onedesk_texts::shared;

use super::bound_input::bind_input;
use super::field::{FieldHint, FieldMistake, described_by};
use super::icon::Icon;
use crate::forms::Form;

/// What a password is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PasswordUse {
    /// To sign in.
    Current,
    /// To set a new one, judged against what an attacker knows as well: e-mail address and company.
    New {
        /// The known texts.
        context: Signal<Vec<String>>,
    },
}

/// A password.
#[component]
pub fn PasswordField(
    /// The form that it belongs to.
    form: Form,
    /// Its name in the request.
    #[prop(default = "password")]
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What it holds.
    value: RwSignal<String>,
    /// What it is asked for.
    usage: PasswordUse,
) -> impl IntoView {
    let language = form.language;
    let node = NodeRef::<Input>::new();
    bind_input(node, value);
    let id = form.field_id(name);
    let error = form.error(name);
    let is_new = matches!(usage, PasswordUse::New { .. });
    let shown = RwSignal::new(false);
    let hint =
        Signal::derive(move || is_new.then(|| shared::password(language).hint(MIN_PASSWORD_LENGTH.into())));
    let described_by = described_by(&id, error, is_new);
    let strength = Memo::new(move |_| match usage {
        PasswordUse::New { context } if !value.read().is_empty() => {
            let context = context.get();
            let context: Vec<&str> = context.iter().map(String::as_str).collect();
            Some(PasswordStrength::of(&value.read(), &context))
        }
        _ => None,
    });
    let toggle_label = move || {
        let texts = shared::field(language);
        if shown.get() {
            texts.hide_password()
        } else {
            texts.show_password()
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {is_new.then(|| view! { <FieldHint field_id=id.clone() hint=hint/> })}
            <span class="password">
                <input
                    class="input"
                    node_ref=node
                    id=id.clone()
                    name=name
                    type=text(move || if shown.get() { "text" } else { "password" })
                    value=value.get_untracked()
                    autocomplete=if is_new { "new-password" } else { "current-password" }
                    autocapitalize="none"
                    spellcheck="false"
                    required=true
                    maxlength="128"
                    aria-invalid=mark(move || error.read().is_some())
                    aria-describedby=described_by
                    on:input:target=typed(move |now| { value.set(now); form.touched(name); })
                />
                <button
                    type="button"
                    class="password__toggle needs-script"
                    aria-pressed=text(move || if shown.get() { "true" } else { "false" })
                    aria-label=text(toggle_label)
                    title=text(toggle_label)
                    on:click=handler(move |_| shown.update(|shown| *shown = !*shown))
                >
                    <span class="password__eye" hidden=flag(move || shown.get())><Icon icon=Icon::Eye/></span>
                    <span class="password__eye" hidden=flag(move || !shown.get())><Icon icon=Icon::EyeOff/></span>
                </button>
            </span>
            {is_new.then(|| view! {
                <p class="strength" role="status" data-strength=text(move || strength.get().map_or("none", strength_name))>
                    <span class="strength__bar" aria-hidden="true"></span>
                    <span class="strength__text">
                        {text(move || {
                            let texts = shared::password(language);
                            strength.get().map_or("", |strength| match strength {
                                PasswordStrength::TooWeak => texts.too_weak(),
                                PasswordStrength::Fair => texts.fair(),
                                PasswordStrength::Good => texts.good(),
                                PasswordStrength::Strong => texts.strong(),
                            })
                        })}
                    </span>
                </p>
            })}
            <FieldMistake id=[&id, "-error"].concat() error=error/>
        </div>
    }
    .part()
}

const fn strength_name(strength: PasswordStrength) -> &'static str {
    match strength {
        PasswordStrength::TooWeak => "weak",
        PasswordStrength::Fair => "fair",
        PasswordStrength::Good => "good",
        PasswordStrength::Strong => "strong",
    }
}
