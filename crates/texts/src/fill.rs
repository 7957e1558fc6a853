//! Puts values into a text.

use core::fmt::{Display, Write};

/// The template with `{0}`, `{1}` … replaced by the values of these numbers.
///
/// Generated code alone calls this, with templates that the build has checked: every brace belongs to a placeholder of
/// one digit. One function for all texts, rather than a `format!` in each, keeps their code out of the browser bundles.
pub(crate) fn fill(template: &str, values: &[&dyn Display]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut pieces = template.split('{');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (index, text) = piece.split_once('}').unwrap_or((piece, ""));
        let index = index
            .bytes()
            .next()
            .map_or(0, |digit| usize::from(digit.wrapping_sub(b'0')));
        if let Some(value) = values.get(index) {
            // Writing into a String fails only if the value's own Display does, and then has nothing to say.
            let _ = write!(out, "{value}");
        }
        out.push_str(text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_stand_where_the_language_wants_them() {
        assert_eq!(fill("{1} of {0}", &[&"ten", &3]), "3 of ten");
        assert_eq!(fill("{0}{0}", &[&"ab"]), "abab");
        assert_eq!(fill("no value", &[]), "no value");
    }

    #[test]
    fn braces_in_a_value_stay_as_they_are() {
        assert_eq!(fill("<{0}>", &[&"{1}"]), "<{1}>");
    }
}
