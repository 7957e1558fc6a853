//! The partner widget: its program and styles under hashed names, and the script that pages name, under a stable one.

use std::path::Path;

use super::assets::Assets;
use super::program::{Found, text};
use super::styles;

/// What other people's pages name; it never moves.
const SCRIPT: &str = "widget.js";

/// Tokens that the page around may set, by `--onedesk-` and their name. docs/embedding.md lists them.
const THEMED: [&str; 19] = [
    "accent",
    "accent-strong",
    "on-accent",
    "tint",
    "tint-line",
    "surface",
    "surface-sunk",
    "ink",
    "ink-soft",
    "ink-faint",
    "line",
    "line-strong",
    "danger",
    "focus",
    "font",
    "radius-s",
    "radius-m",
    "radius-l",
    "control-height",
];

/// Takes over what Trunk has made of the widget.
pub(crate) fn write(bundle: &Path, assets: &Assets) -> Result<(), String> {
    let page = bundle.join("index.html");
    let found = Found::read(&page)?;
    let script = without_comments(&text(&bundle.join(&found.script))?);
    let script = assets.add("widget", "js", script.as_bytes())?;
    let wasm = assets.take(bundle, &found.wasm)?;
    let sheet = shadow_sheet(&styles::join(&found.sheets(bundle)?))?;
    let style = assets.add("widget-style", "css", sheet.as_bytes())?;
    let element = without_comments(&text(&bundle.join("element.js"))?)
        .replace("{script}", &script)
        .replace("{wasm}", &wasm)
        .replace("{style}", &style);
    assets.write(SCRIPT, element.as_bytes())
}

/// A script without the lines that are comments alone: a tenth of what strangers' visitors would download.
fn without_comments(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines() {
        let text = line.trim();
        in_comment |= text.starts_with("/**");
        if !in_comment && !text.starts_with("//") && !text.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
        in_comment &= !text.ends_with("*/");
    }
    out
}

/// The site's styles as a sheet for the widget's shadow: tokens stand on `.widget` and can be set from outside, and
/// lengths do not depend on the text size of the page's root element.
fn shadow_sheet(css: &str) -> Result<String, String> {
    let mut sheet = css.replace(":root", ".widget");
    for name in THEMED {
        sheet = themed(&sheet, name).ok_or_else(|| format!("the styles have no token --{name}"))?;
    }
    let lines = sheet.lines().map(|line| {
        // Conditions know no custom properties; theirs are the reader's own text size already.
        if line.starts_with("@media") {
            line.to_owned()
        } else {
            own_rem(line)
        }
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Lets the page around set a token, where it is defined first: what is defined again under a condition (higher contrast)
/// stays as it is.
fn themed(sheet: &str, name: &str) -> Option<String> {
    let definition = format!("\n--{name}: ");
    let (before, rest) = sheet.split_once(&definition)?;
    let (value, after) = rest.split_once(';')?;
    Some(format!(
        "{before}{definition}var(--onedesk-{name}, {value});{after}"
    ))
}

/// Every `1.5rem` as `calc(1.5 * var(--onedesk-rem))`.
fn own_rem(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("rem") {
        let number = before
            .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
            .map_or(before, |at| &before[at + 1..]);
        let signed = before[..before.len() - number.len()].ends_with('-');
        let goes_on = after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        if number.is_empty() || goes_on {
            out.push_str(before);
            out.push_str("rem");
        } else {
            let start = before.len() - number.len() - usize::from(signed);
            out.push_str(&before[..start]);
            out.push_str("calc(");
            out.push_str(&before[start..]);
            out.push_str(" * var(--onedesk-rem))");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_in_the_readers_text_size() {
        for (line, own) in [
            ("gap: 1.5rem;", "gap: calc(1.5 * var(--onedesk-rem));"),
            ("margin: 0 -0.8rem;", "margin: 0 calc(-0.8 * var(--onedesk-rem));"),
            (
                "top: calc(2px - 0.625rem);",
                "top: calc(2px - calc(0.625 * var(--onedesk-rem)));",
            ),
            (
                "font-size: clamp(2rem, 1.45rem + 2.6vw, 3.25rem);",
                "font-size: clamp(calc(2 * var(--onedesk-rem)), calc(1.45 * var(--onedesk-rem)) + 2.6vw, \
                 calc(3.25 * var(--onedesk-rem)));",
            ),
            ("--onedesk-rem: 1em;", "--onedesk-rem: 1em;"),
            (".remote { color: red; }", ".remote { color: red; }"),
        ] {
            assert_eq!(own_rem(line), own);
        }
    }

    #[test]
    fn comments_go_and_code_stays() {
        let script = "// one\nconst a = 2 * 3; // kept\n/**\n * two\n */\nfunction f() {\n  /** three */\n  return '//';\n}\n";
        assert_eq!(
            without_comments(script),
            "const a = 2 * 3; // kept\nfunction f() {\n  return '//';\n}\n"
        );
    }

    #[test]
    fn a_token_can_be_set_from_outside_and_stays_what_it_is_under_a_condition() {
        let css = ":root {\n--ink-soft: light-dark(#565a66,\n#b4afa4);\n}\n@media (prefers-contrast: more) {\n:root {\n--ink-soft: var(--ink);\n}\n}\n";
        let sheet = themed(css, "ink-soft").expect("defined");
        assert!(sheet.contains("--ink-soft: var(--onedesk-ink-soft, light-dark(#565a66,\n#b4afa4));"));
        assert!(sheet.contains("--ink-soft: var(--ink);"));
        assert_eq!(themed(css, "paper"), None);
    }
}
