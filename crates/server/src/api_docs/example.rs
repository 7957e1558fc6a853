//! A body such as one is sent: put together from what the schemas say.

use serde_json::{Map, Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayItems, Object, Schema, SchemaType, Type};

use super::shapes::{self, Shapes};

/// How many shapes one inside the other are filled in. None that is sent goes so deep.
const DEEPEST: usize = 12;
/// Where a text is asked for, and nothing is known of it.
pub const UNKNOWN: &str = "…";
/// Where an identifier is asked for.
pub const ANY_ID: &str = "0198f1f4-5c1e-7a70-9d53-0a1b2c3d4e5f";

/// A value of this shape, with the members that it has to have, and those that have an example of their own.
pub fn of(shape: &RefOr<Schema>, shapes: Shapes<'_>) -> Value {
    filled(shape, shapes, DEEPEST)
}

fn filled(shape: &RefOr<Schema>, shapes: Shapes<'_>, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else {
        return Value::Null;
    };
    let first = |shapes_in: &[RefOr<Schema>]| match shapes_in.first() {
        Some(first) => filled(first, shapes, depth),
        None => Value::Null,
    };
    match shape {
        RefOr::Ref(reference) => match shapes.resolve(reference) {
            Some(shape) => filled(shape, shapes, depth),
            None => Value::Null,
        },
        RefOr::T(Schema::Array(array)) => array.example.clone().unwrap_or_else(|| match &array.items {
            ArrayItems::RefOrSchema(items) => json!([filled(items, shapes, depth)]),
            ArrayItems::False => json!([]),
        }),
        RefOr::T(Schema::OneOf(one)) => first(&one.items),
        RefOr::T(Schema::AnyOf(any)) => first(&any.items),
        RefOr::T(Schema::AllOf(all)) => {
            let parts = all.items.iter().map(|part| filled(part, shapes, depth));
            let mut members = Map::new();
            for part in parts {
                members.extend(part.as_object().cloned().unwrap_or_default());
            }
            members.into()
        }
        RefOr::T(Schema::Object(object)) => value(object, shapes, depth),
        RefOr::T(_) => Value::Null,
    }
}

fn value(object: &Object, shapes: Shapes<'_>, depth: usize) -> Value {
    if let Some(example) = object.example.as_ref().or(object.default.as_ref()) {
        return example.clone();
    }
    if let Some(first) = object.enum_values.as_ref().and_then(|values| values.first()) {
        return first.clone();
    }
    let kind = match &object.schema_type {
        SchemaType::Type(kind) => kind,
        SchemaType::Array(kinds) => kinds.first().unwrap_or(&Type::Null),
        SchemaType::AnyValue => &Type::Null,
    };
    match kind {
        Type::Object => {
            let shown = |(name, shape): &(&String, &RefOr<Schema>)| {
                object.required.contains(name) || has_example(shape)
            };
            let members = object.properties.iter().filter(shown);
            let members = members.map(|(name, shape)| (name.clone(), filled(shape, shapes, depth)));
            members.collect::<Map<_, _>>().into()
        }
        Type::String => json!(text(object)),
        Type::Integer | Type::Number => least(object).unwrap_or(json!(1)),
        Type::Boolean => json!(true),
        Type::Array => json!([]),
        Type::Null => Value::Null,
    }
}

fn text(object: &Object) -> &'static str {
    match object.format.as_ref().map(shapes::format_name).as_deref() {
        Some("date") => "2026-01-31",
        Some("date-time") => "2026-01-31T09:30:00Z",
        Some("uuid") => ANY_ID,
        _ => UNKNOWN,
    }
}

fn has_example(shape: &RefOr<Schema>) -> bool {
    match shape {
        RefOr::T(Schema::Object(object)) => object.example.is_some(),
        RefOr::T(Schema::Array(array)) => array.example.is_some(),
        RefOr::T(_) | RefOr::Ref(_) => false,
    }
}

fn least(object: &Object) -> Option<Value> {
    serde_json::from_str(&shapes::number(object.minimum.as_ref()?)).ok()
}
