//! What every form has: refused fields, one summary of them, and a request that is on its way.

use leptos::prelude::*;
use onedesk_contract::FieldErrors;
use onedesk_texts::{Language, field_error};

use crate::api::{ApiError, explain};
use crate::browser;
use crate::effect::effect;

/// The state of a form beside the values of its fields.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Distinguishes the ids of two forms on one page.
    pub name: &'static str,
    /// The language of the messages.
    pub language: Language,
    /// Refused fields: from `parse` in the browser or from the server, shown alike.
    pub errors: RwSignal<FieldErrors>,
    /// What went wrong beside the fields; a whole message.
    pub problem: RwSignal<Option<String>>,
    /// Whether the request is on its way.
    pub pending: RwSignal<bool>,
    /// Counts the refusals, so that the summary takes the focus at each.
    refusals: RwSignal<u32>,
}

impl Form {
    /// A form in which nothing has been refused yet.
    pub fn new(name: &'static str, language: Language) -> Self {
        Self {
            name,
            language,
            errors: RwSignal::default(),
            problem: RwSignal::new(None),
            pending: RwSignal::new(false),
            refusals: RwSignal::new(0),
        }
    }

    /// The id of a field's input.
    pub fn field_id(&self, field: &str) -> String {
        [self.name, "-", field].concat()
    }

    /// The id of the summary.
    pub fn summary_id(&self) -> String {
        self.field_id("summary")
    }

    /// The first mistake of one field, in words.
    pub fn error(&self, field: &'static str) -> Signal<Option<String>> {
        let Self { errors, language, .. } = *self;
        Signal::derive(move || {
            errors
                .read()
                .first(field)
                .map(|error| field_error(language, error))
        })
    }

    /// Begins a request: nothing is refused any more. `false` if one is on its way already.
    pub fn begin(&self) -> bool {
        if self.pending.get_untracked() {
            return false;
        }
        self.errors.set(FieldErrors::default());
        self.problem.set(None);
        self.pending.set(true);
        true
    }

    /// Ends with refused fields; the summary takes the focus.
    pub fn refuse(&self, errors: FieldErrors) {
        self.pending.set(false);
        self.errors.set(errors);
        self.refusals.update(|count| *count += 1);
    }

    /// Ends with a problem that no field is at fault for; the summary takes the focus.
    pub fn fail(&self, message: String) {
        self.pending.set(false);
        self.problem.set(Some(message));
        self.refusals.update(|count| *count += 1);
    }

    /// Ends with what the server answered: refused fields beside them, all else in the summary.
    ///
    /// `support` is the address to write to when trying again does not help.
    pub fn answer(&self, error: &ApiError, support: &str) {
        match error.problem() {
            Some(problem) if !problem.fields.is_empty() => self.refuse(problem.fields.clone()),
            _ => self.fail(explain(self.language, error, support)),
        }
    }

    /// Forgets the mistake of a field that is being changed.
    pub fn touched(&self, field: &str) {
        if self.errors.read_untracked().0.contains_key(field) {
            self.errors.update(|errors| drop(errors.0.remove(field)));
        }
    }

    /// Gives the focus to the summary at each refusal. Called by the summary itself.
    pub(crate) fn focus_summary_when_refused(&self) {
        let form = *self;
        effect(move || {
            if form.refusals.get() > 0 {
                // After the summary stands on the page.
                request_animation_frame(move || browser::focus(&form.summary_id()));
            }
        });
    }
}
