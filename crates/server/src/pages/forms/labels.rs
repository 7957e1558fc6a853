//! What fields are called in a language.

use onedesk_texts::{Language, forms, shared};

/// What a field is called.
pub fn label(language: Language, field: &str) -> String {
    let texts = shared::field(language);
    let label = match field {
        "email" => texts.email(),
        "password" => texts.password(),
        "name" => texts.name(),
        "company" => texts.company(),
        "country" => texts.country(),
        "time_zone" => texts.time_zone(),
        "terms" => forms::activation(language).terms(),
        other => other,
    };
    label.to_owned()
}
