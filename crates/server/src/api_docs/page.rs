//! What can be called, by subject; then what is sent and answered.

use std::collections::BTreeMap;

use maud::{Markup, html};
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Content, OpenApi, RefOr, Required};

use super::call;
use super::prose::paragraphs;
use super::shapes::Shapes;

/// An operation, and where it is.
struct Call<'a> {
    method: &'static str,
    path: &'a str,
    operation: &'a Operation,
}

impl Call<'_> {
    /// The name of its place on the page.
    fn id(&self) -> String {
        let path = self.path.trim_start_matches("/api/");
        let path = path.replace(['{', '}'], "").replace('/', "-");
        format!("{}-{path}", self.method.to_lowercase())
    }
}

/// The content of the page, for the server at `origin`.
pub fn content(description: &OpenApi, origin: &str) -> Markup {
    let none = BTreeMap::new();
    let components = description.components.as_ref();
    let shapes = Shapes::new(components.map_or(&none, |components| &components.schemas));
    let subjects = subjects(description);
    html! {
        h1 { "The API" }
        @if let Some(text) = &description.info.description { (paragraphs(text, shapes)) }
        p {
            "For programs: " a href=(super::DOCUMENT) { "OpenAPI " (openapi_version(description)) } ". The command lines can be pasted \
             into a terminal; what they send is an example. Those with " code { "-b cookies.txt" } " need a session, which "
            a href="#post-sessions" { "signing in" } " keeps in that file."
        }
        nav.contents aria-label="Contents" {
            @for (subject, calls) in &subjects {
                div {
                    h2 { a href={ "#" (subject) } { (subject) } }
                    ul { @for call in calls { li { a href={ "#" (call.id()) } { (signature(call)) } } } }
                }
            }
            div { h2 { a href="#shapes" { "shapes" } } p.soft { "What is sent and answered" } }
        }
        @for (subject, calls) in &subjects {
            section id=(subject) {
                h2 { (subject) }
                @for call in calls { (operation(call, origin, shapes)) }
            }
        }
        section id="shapes" {
            h2 { "shapes" }
            (shapes.all())
        }
    }
}

fn openapi_version(description: &OpenApi) -> String {
    let version = serde_json::to_value(&description.openapi).unwrap_or_default();
    version.as_str().unwrap_or_default().to_owned()
}

/// The operations by their tag, in the order of the alphabet.
fn subjects(description: &OpenApi) -> BTreeMap<&str, Vec<Call<'_>>> {
    let mut subjects: BTreeMap<&str, Vec<Call<'_>>> = BTreeMap::new();
    for (path, item) in &description.paths.paths {
        for (method, operation) in operations(item) {
            let subject = operation.tags.iter().flatten().next();
            let call = Call {
                method,
                path,
                operation,
            };
            subjects
                .entry(subject.map_or("other", String::as_str))
                .or_default()
                .push(call);
        }
    }
    subjects
}

fn operations(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn signature(call: &Call<'_>) -> Markup {
    html! { span.method { (call.method) } " " code { (call.path) } }
}

fn operation(call: &Call<'_>, origin: &str, shapes: Shapes<'_>) -> Markup {
    let Call {
        method,
        path,
        operation,
    } = call;
    let parameters: Vec<_> = call::parameters(operation).collect();
    html! {
        article.call id=(call.id()) {
            h3 { (signature(call)) }
            @if let Some(text) = &operation.summary { (paragraphs(text, shapes)) }
            @if let Some(text) = &operation.description { (paragraphs(text, shapes)) }
            pre.command { code { (call::command(origin, method, path, operation, shapes)) } }
            @if !parameters.is_empty() {
                h4 { "Parameters" }
                dl.members {
                    @for parameter in parameters {
                        dt {
                            code { (parameter.name) } " "
                            @if let Some(schema) = &parameter.schema { (shapes.kind(schema)) }
                            " " span.soft { (place(&parameter.parameter_in)) }
                            @if matches!(parameter.required, Required::False) { " " span.optional { "may be absent" } }
                        }
                        dd { @if let Some(text) = &parameter.description { (paragraphs(text, shapes)) } }
                    }
                }
            }
            @if let Some(RefOr::T(body)) = &operation.request_body {
                h4 { "Body" }
                p { (contents(&body.content, shapes)) }
            }
            h4 { "Answers" }
            dl.members {
                @for (status, response) in &operation.responses.responses {
                    @if let RefOr::T(response) = response { (answer(status, response, shapes)) }
                }
            }
        }
    }
}

fn place(place: &ParameterIn) -> &'static str {
    match place {
        ParameterIn::Path => "in the path",
        ParameterIn::Header => "a header",
        ParameterIn::Cookie => "a cookie",
        _ => "in the query",
    }
}

fn answer(status: &str, response: &Response, shapes: Shapes<'_>) -> Markup {
    html! {
        dt { code { (status) } " " (contents(&response.content, shapes)) }
        dd { @if !response.description.is_empty() { (paragraphs(&response.description, shapes)) } }
    }
}

/// What is sent: its shape, and its media type where that is not JSON.
fn contents<'a>(
    contents: impl IntoIterator<Item = (&'a String, &'a RefOr<Content>)>,
    shapes: Shapes<'_>,
) -> Markup {
    let schema = |content: &'a RefOr<Content>| -> Option<&'a RefOr<Schema>> {
        match content {
            RefOr::T(content) => content.schema.as_ref(),
            RefOr::Ref(_) => None,
        }
    };
    html! {
        @for (media, content) in contents {
            @if media == call::JSON {
                @if let Some(schema) = schema(content) { (shapes.kind(schema)) }
            } @else {
                code { (media) }
            }
        }
    }
}
