//! What is sent and answered: the schemas of the document, in words.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::Value;
use utoipa::Number;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayItems, Object, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};

use super::prose;

/// The shapes that have names.
#[derive(Clone, Copy)]
pub struct Shapes<'a>(&'a BTreeMap<String, RefOr<Schema>>);

impl<'a> Shapes<'a> {
    /// Those of a document.
    pub fn new(schemas: &'a BTreeMap<String, RefOr<Schema>>) -> Self {
        Self(schemas)
    }

    /// Whether one is called so.
    pub fn has(self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What a reference stands for.
    pub fn resolve(self, reference: &Ref) -> Option<&'a RefOr<Schema>> {
        self.0.get(name(reference))
    }

    /// Where it stands on the page.
    pub fn address(name: &str) -> String {
        format!("#shape-{name}")
    }

    /// All of them, each under its name.
    pub fn all(self) -> Markup {
        html! {
            @for (name, shape) in self.0 {
                section.shape id=(&Self::address(name)[1..]) {
                    h3 { code { (name) } }
                    @if let Some(text) = description(shape) { (prose::paragraphs(text, self)) }
                    (self.inside(shape))
                }
            }
        }
    }

    /// What something is, in a few words.
    pub fn kind(self, shape: &RefOr<Schema>) -> Markup {
        match shape {
            RefOr::Ref(reference) => html! { a href=(Self::address(name(reference))) { (name(reference)) } },
            RefOr::T(Schema::Array(array)) => match &array.items {
                ArrayItems::RefOrSchema(items) => html! { "list of " (self.kind(items)) },
                ArrayItems::False => html! { "list" },
            },
            RefOr::T(Schema::OneOf(one)) => self.listed(&one.items, " or "),
            RefOr::T(Schema::AnyOf(any)) => self.listed(&any.items, " or "),
            RefOr::T(Schema::AllOf(all)) => self.listed(&all.items, " with "),
            RefOr::T(Schema::Object(object)) => self.plain(object),
            RefOr::T(_) => html! { "anything" },
        }
    }

    fn listed(self, shapes: &[RefOr<Schema>], between: &str) -> Markup {
        html! {
            @for (index, shape) in shapes.iter().enumerate() {
                @if index > 0 { (between) }
                (self.kind(shape))
            }
        }
    }

    fn plain(self, object: &Object) -> Markup {
        if let Some(AdditionalProperties::RefOr(each)) = object.additional_properties.as_deref() {
            return html! { "object, by name: " (self.kind(each)) };
        }
        if let Some(values) = object.enum_values.as_deref().filter(|values| !values.is_empty()) {
            return html! {
                @for (index, value) in values.iter().enumerate() {
                    @if index > 0 { ", " }
                    code { (json(value)) }
                }
            };
        }
        html! { (simple(object)) }
    }

    /// What something is made of; nothing if its kind has told.
    fn inside(self, shape: &RefOr<Schema>) -> Markup {
        match shape {
            RefOr::T(Schema::Object(object)) if !object.properties.is_empty() => self.members(object),
            RefOr::T(Schema::OneOf(one)) => html! {
                p { "One of:" }
                ul { @for shape in &one.items { li { (self.alternative(shape)) } } }
            },
            RefOr::T(Schema::AllOf(all)) => html! {
                @for part in &all.items {
                    @match part {
                        RefOr::Ref(_) => p { "The members of " (self.kind(part)) ", and:" },
                        RefOr::T(_) => (self.inside(part)),
                    }
                }
            },
            other => html! { p { (self.kind(other)) } },
        }
    }

    fn alternative(self, shape: &RefOr<Schema>) -> Markup {
        let members = has_members(shape);
        html! {
            @if !members { p { (self.kind(shape)) } }
            @if let Some(text) = description(shape) { (prose::paragraphs(text, self)) }
            @if members { (self.inside(shape)) }
        }
    }

    fn members(self, object: &Object) -> Markup {
        html! {
            dl.members {
                @for (name, shape) in &object.properties {
                    dt {
                        code { (name) } " " (self.kind(shape))
                        @if !object.required.contains(name) { " " span.optional { "may be absent" } }
                    }
                    dd {
                        @if let Some(text) = description(shape) { (prose::paragraphs(text, self)) }
                        @if has_members(shape) { (self.inside(shape)) }
                    }
                }
            }
        }
    }
}

/// The name that a reference names.
pub fn name(reference: &Ref) -> &str {
    let location = &reference.ref_location;
    location.strip_prefix("#/components/schemas/").unwrap_or(location)
}

/// Whether it is made of members that are told here, and not under a name.
fn has_members(shape: &RefOr<Schema>) -> bool {
    matches!(shape, RefOr::T(Schema::Object(object)) if !object.properties.is_empty())
}

/// What is said about it where it stands. What may be null is described beside that.
fn description(shape: &RefOr<Schema>) -> Option<&str> {
    let text = match shape {
        RefOr::Ref(reference) => Some(reference.description.as_str()),
        RefOr::T(Schema::Array(array)) => array.description.as_deref(),
        RefOr::T(Schema::Object(object)) => object.description.as_deref(),
        RefOr::T(Schema::AllOf(all)) => all.description.as_deref(),
        RefOr::T(Schema::AnyOf(any)) => any.description.as_deref(),
        RefOr::T(Schema::OneOf(one)) => one.description.as_deref().or_else(|| match &one.items[..] {
            [first, RefOr::T(Schema::Object(null))] if null.schema_type == Type::Null.into() => {
                description(first)
            }
            _ => None,
        }),
        RefOr::T(_) => None,
    };
    text.filter(|text| !text.is_empty())
}

fn types(schema: &SchemaType) -> String {
    match schema {
        SchemaType::Type(one) => word(one).to_owned(),
        SchemaType::Array(several) => several.iter().map(word).collect::<Vec<_>>().join(" or "),
        SchemaType::AnyValue => "anything".to_owned(),
    }
}

fn word(one: &Type) -> &'static str {
    match one {
        Type::Object => "object",
        Type::String => "string",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::Array => "list",
        Type::Null => "null",
    }
}

/// The type of a value, and what it has to keep to.
fn simple(object: &Object) -> String {
    let mut told = vec![types(&object.schema_type)];
    told.extend(object.format.as_ref().map(format_name));
    let (least, most) = (object.minimum.as_ref(), object.maximum.as_ref());
    told.extend(range(least.map(number), most.map(number), ""));
    let (shortest, longest) = (object.min_length, object.max_length);
    told.extend(range(
        shortest.map(|length| length.to_string()),
        longest.map(|length| length.to_string()),
        " characters",
    ));
    told.extend(
        object
            .pattern
            .as_ref()
            .map(|pattern| format!("matching {pattern}")),
    );
    told.extend(
        object
            .default
            .as_ref()
            .map(|default| format!("{} if absent", json(default))),
    );
    told.join(", ")
}

/// How a format is written in the document.
pub fn format_name(format: &SchemaFormat) -> String {
    let written = serde_json::to_value(format).unwrap_or_default();
    written.as_str().unwrap_or_default().to_owned()
}

fn range(least: Option<String>, most: Option<String>, what: &str) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}{what}")),
        (Some(least), None) => Some(format!("{least}{what} or more")),
        (None, Some(most)) => Some(format!("{most}{what} or less")),
        (None, None) => None,
    }
}

/// A limit as people write it: without the fraction that whole numbers are kept with.
pub fn number(limit: &Number) -> String {
    let written = serde_json::to_string(limit).unwrap_or_default();
    written.strip_suffix(".0").map(str::to_owned).unwrap_or(written)
}

fn json(value: &Value) -> String {
    value.to_string()
}
