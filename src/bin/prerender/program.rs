//! One browser program: its script, its WebAssembly, its styles, and the small script that starts it.

use std::collections::BTreeSet;
use std::path::Path;

use onedesk_texts::table;

use super::assets::{Assets, FONT_ADDRESS_IN_STYLES, read};
use super::{boot, styles};

/// The addresses of a program's files.
#[derive(Debug)]
pub(crate) struct Program {
    /// Starts the program.
    pub(crate) boot: String,
    /// All its styles.
    pub(crate) style: String,
    /// The typeface that its styles name.
    pub(crate) font: String,
    /// The sections of the texts that it says something of.
    pub(crate) sections: BTreeSet<&'static str>,
}

/// How a program comes to its texts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    /// They stand in its page.
    OnPage,
    /// They are loaded beside it.
    WithTexts,
}

impl Program {
    /// Takes over what Trunk has made.
    pub(crate) fn read(bundle: &Path, start: Start, assets: &Assets) -> Result<Self, String> {
        let found = Found::read(&bundle.join("index.html"))?;
        let script = assets.take(bundle, &found.script)?;
        let wasm = assets.take(bundle, &found.wasm)?;
        let stem = found.script.split('-').next().unwrap_or("program");
        let font = assets.font(bundle)?;
        let boot = match start {
            Start::OnPage => boot::on_page(&script, &wasm),
            Start::WithTexts => boot::with_texts(&script, &wasm),
        };
        let boot = assets.add(&format!("{stem}-boot"), "js", boot.as_bytes())?;
        let style = styles::join(&found.sheets(bundle)?).replace(FONT_ADDRESS_IN_STYLES, &font);
        // Programs with the same styles share the file.
        let style = assets.add("style", "css", style.as_bytes())?;
        let sections = sections_named_in(&read(&bundle.join(&found.wasm))?);
        Ok(Self {
            boot,
            style,
            font,
            sections,
        })
    }
}

/// The sections of the texts whose names stand in a program: those that it says something of, and now and then one whose
/// name is the beginning of another's.
fn sections_named_in(wasm: &[u8]) -> BTreeSet<&'static str> {
    // Everything that is no text becomes something else that is none of the names.
    let wasm = String::from_utf8_lossy(wasm);
    table::sections().filter(|name| wasm.contains(name)).collect()
}

/// Reads a file of text.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    String::from_utf8(read(path)?).map_err(|_| format!("{} is not UTF-8", path.display()))
}

/// The names of a program's files in Trunk's page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) script: String,
    pub(crate) wasm: String,
    styles: Vec<String>,
}

impl Found {
    /// Finds them in the page of a bundle.
    pub(crate) fn read(page: &Path) -> Result<Self, String> {
        Self::in_page(&text(page)?).ok_or_else(|| {
            format!(
                "{} names no script with its WebAssembly: build it with Trunk",
                page.display()
            )
        })
    }

    /// The style sheets, in their order.
    pub(crate) fn sheets(&self, bundle: &Path) -> Result<Vec<String>, String> {
        self.styles.iter().map(|name| text(&bundle.join(name))).collect()
    }

    fn in_page(html: &str) -> Option<Self> {
        let names: Vec<&str> = html
            .split(['"', '\''])
            .filter_map(|text| text.strip_prefix('/'))
            .filter(|name| !name.contains([' ', '/', '>', '\n']))
            .collect();
        let first = |ending: &str| {
            names
                .iter()
                .find(|name| name.ends_with(ending))
                .map(ToString::to_string)
        };
        let mut styles: Vec<String> = Vec::new();
        for name in names.iter().filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "css")
        }) {
            if !styles.iter().any(|known| known == name) {
                styles.push((*name).to_owned());
            }
        }
        Some(Self {
            script: first(".js")?,
            wasm: first("_bg.wasm")?,
            styles,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_needs_the_sections_that_it_names() {
        let wasm = b"\0asm\x01site.signupshared.unit\xff\xfesite.pricing".as_slice();
        let needed = sections_named_in(wasm);
        assert!(
            needed.contains("shared.unit") && needed.contains("site.pricing"),
            "{needed:?}"
        );
        assert!(
            !needed.contains("mail.letter") && !needed.contains("site.faq"),
            "{needed:?}"
        );
    }

    #[test]
    fn files_are_found_in_trunks_page() {
        let page = r#"<html><head>
            <link rel="stylesheet" href="/tokens-1.css" integrity="sha384-a/b"/>
            <link rel="stylesheet" href="/base-2.css"/>
            <script type="module">import init from '/site-3.js';
            await init({ module_or_path: '/site-3_bg.wasm' });</script>
            <link rel="modulepreload" href="/site-3.js"><link rel="preload" href="/site-3_bg.wasm" as="fetch"></head>"#;
        assert_eq!(
            Found::in_page(page),
            Some(Found {
                script: "site-3.js".into(),
                wasm: "site-3_bg.wasm".into(),
                styles: vec!["tokens-1.css".into(), "base-2.css".into()],
            })
        );
        assert_eq!(Found::in_page("<p>no program</p>"), None);
    }
}
