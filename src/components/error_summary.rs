//! What a form refused, in one place: takes the focus, and leads to each field.

use crate::changing::changing;
use crate::handler::handler;
use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{field_error, shared};

use super::notice::{Notice, NoticeKind};
use crate::forms::Form;

/// Stands above the fields of a form. Shows nothing until something was refused.
#[component]
pub fn ErrorSummary(
    /// The form.
    form: Form,
    /// Field and label, in the order of the page.
    fields: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    form.focus_summary_when_refused();
    let fields = StoredValue::new(fields);
    let language = form.language;
    let has_errors = Memo::new(move |_| !form.errors.read().is_empty());
    let mistakes = move || {
        let errors = form.errors.read();
        let list = fields.with_value(|fields| {
            fields
                .iter()
                .filter_map(|(field, label)| {
                    Some((*field, *label, field_error(language, errors.first(field)?)))
                })
                .collect::<Vec<_>>()
        });
        let count = list.len() as u64;
        let items = list.into_iter().map(move |(field, label, message)| {
            let id = form.field_id(field);
            let href = ["#", &id].concat();
            let go = move |event: leptos::ev::MouseEvent| {
                // Followed by hand: the router would take the fragment for a navigation, and it gives no focus.
                event.prevent_default();
                crate::browser::focus(&id);
            };
            view! { <li><a href=href rel="external" on:click=handler(go)>{label}</a>": "{message}</li> }
        });
        let items = items.collect_view();
        view! {
            <Notice kind=NoticeKind::Error title=shared::field(language).mistakes(count)>
                <ul class="notice__list">{items}</ul>
            </Notice>
        }
    };
    view! {
        <div id=form.summary_id() class="error-summary" tabindex="-1">
            {changing(move || has_errors.get().then(mistakes))}
            {changing(move || form.problem.get().map(|problem| view! {
                <Notice kind=NoticeKind::Error title=shared::problem(language).title()><p>{problem}</p></Notice>
            }))}
        </div>
    }
    .part()
}
