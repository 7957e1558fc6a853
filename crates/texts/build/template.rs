//! A text with its `{placeholders}`.

/// A text as it stands in the file, and the placeholders in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The text, with `{name}` for each placeholder.
    pub text: String,
    /// Each placeholder once, in the order in which the text has them.
    pub placeholders: Vec<String>,
}

impl Template {
    /// Finds the placeholders, or says what is wrong with the braces.
    pub fn parse(text: String) -> Result<Self, String> {
        let mut placeholders: Vec<String> = Vec::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let Some(inside) = rest[at..].strip_prefix('{') else {
                return Err(
                    "a “}” without “{” before it; braces only stand around the name of a placeholder".into(),
                );
            };
            let Some(end) = inside.find('}') else {
                return Err("a “{” that is never closed by “}”".into());
            };
            let name = &inside[..end];
            if let Some(reason) = name_refused(name) {
                return Err(format!("the placeholder {{{name}}} {reason}"));
            }
            if !placeholders.iter().any(|known| known == name) {
                placeholders.push(name.into());
            }
            rest = &inside[end + 1..];
        }
        // `encoded` writes an index of one digit.
        if placeholders.len() > 10 {
            return Err("more than ten placeholders; split the text".into());
        }
        Ok(Self { text, placeholders })
    }

    /// The text with `{0}`, `{1}` … for the placeholders, as `onedesk_texts::fill` takes it. The numbers are those of
    /// `arguments`.
    pub fn encoded(&self, arguments: &[String]) -> String {
        arguments
            .iter()
            .enumerate()
            .fold(self.text.clone(), |text, (index, name)| {
                text.replace(&format!("{{{name}}}"), &format!("{{{index}}}"))
            })
    }
}

/// Why `name` cannot name a section, a text or a placeholder: all three become names in Rust.
pub fn name_refused(name: &str) -> Option<&'static str> {
    let well_formed = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !well_formed {
        Some("must be named with small letters a–z, digits and _ only, beginning with a letter")
    } else if KEYWORDS.contains(&name) {
        Some("has a name that is a reserved word of Rust; choose another")
    } else {
        None
    }
}

/// The Rust Reference, “Keywords”: strict and reserved ones, edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];
