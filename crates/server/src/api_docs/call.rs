//! A call as a command line, to be pasted into a terminal.

use serde_json::Value;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Required};

use super::example::{self, ANY_ID};
use super::shapes::{self, Shapes};

/// What bodies are.
pub const JSON: &str = "application/json";

/// The `curl` command of an operation on the server at `origin`. What it sends is an example. A session is kept in a file, by
/// signing in first.
pub fn command(origin: &str, method: &str, path: &str, operation: &Operation, shapes: Shapes<'_>) -> String {
    let mut address = path.to_owned();
    let mut query = Vec::new();
    let mut options = Vec::new();
    if method != "GET" {
        options.push(format!("-X {method}"));
    }
    if starts_session(operation) {
        options.push("-c cookies.txt".to_owned());
    } else if needs_session(path, operation) {
        options.push("-b cookies.txt".to_owned());
    }
    for parameter in parameters(operation) {
        let value = value(parameter, shapes);
        match parameter.parameter_in {
            ParameterIn::Path => address = address.replace(&format!("{{{}}}", parameter.name), &value),
            ParameterIn::Query if matches!(parameter.required, Required::True) => {
                query.push(format!("{}={value}", parameter.name));
            }
            ParameterIn::Header => {
                options.push(format!("-H {}", quoted(&format!("{}: {value}", parameter.name))));
            }
            _ => {}
        }
    }
    if let Some(body) = body(operation, shapes) {
        options.push(format!("--json {}", quoted(&body.to_string())));
    }
    if !query.is_empty() {
        address = format!("{address}?{}", query.join("&"));
    }
    let mut words = vec!["curl".to_owned()];
    words.extend(options);
    words.push(quoted(&format!("{origin}{address}")));
    words.join(" ")
}

/// The example of a body, if one is sent.
fn body(operation: &Operation, shapes: Shapes<'_>) -> Option<Value> {
    let RefOr::T(body) = operation.request_body.as_ref()? else {
        return None;
    };
    let RefOr::T(content) = body.content.get(JSON)? else {
        return None;
    };
    Some(example::of(content.schema.as_ref()?, shapes))
}

/// The parameters of an operation.
pub fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter().flatten();
    parameters.filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    })
}

fn value(parameter: &Parameter, shapes: Shapes<'_>) -> String {
    let written = serde_json::to_value(parameter).unwrap_or_default();
    let example = match (written.get("example"), &parameter.schema) {
        (Some(example), _) => example.clone(),
        (None, Some(schema)) => example::of(schema, shapes),
        (None, None) => Value::Null,
    };
    match example {
        Value::String(text) if text == example::UNKNOWN && parameter.name == "Idempotency-Key" => {
            ANY_ID.to_owned()
        }
        Value::String(text) if text == example::UNKNOWN => parameter.name.to_uppercase(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Whether it signs in: it answers with the account.
fn starts_session(operation: &Operation) -> bool {
    let answer = operation.responses.responses.get("201");
    let Some(RefOr::T(answer)) = answer else {
        return false;
    };
    let Some(RefOr::T(content)) = answer.content.get(JSON) else {
        return false;
    };
    matches!(&content.schema, Some(RefOr::Ref(shape)) if shapes::name(shape) == "AccountView")
}

/// Whether it is about the session of the sender: refused without one, or the end of it.
fn needs_session(path: &str, operation: &Operation) -> bool {
    match operation.responses.responses.get("401") {
        Some(RefOr::T(refusal)) => refusal.description.contains("not-signed-in"),
        Some(RefOr::Ref(_)) | None => path == "/api/sessions/current",
    }
}

/// A word for the shells of Unix.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
