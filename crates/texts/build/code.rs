//! The Rust code for texts that have been checked.

use std::fmt::Write as _;

use super::check::native_name;
use super::source::{Content, Section, Text};
use super::table::{self, Slots};
use super::template::Template;
use super::{Languages, REFERENCE, Texts, plural};

/// Writes the enum `Language` and a module an area.
pub fn write(languages: &Languages, texts: Texts) -> String {
    let mut code = Code {
        languages,
        texts,
        slots: Slots::of(languages),
        out: String::new(),
    };
    code.language();
    for area in languages[REFERENCE].keys() {
        code.area(area);
    }
    code.shape();
    if texts == Texts::Compiled {
        code.tables();
    }
    code.out
}

struct Code<'a> {
    languages: &'a Languages,
    texts: Texts,
    slots: Slots,
    out: String,
}

impl Code<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.out.push_str(line.as_ref());
        self.out.push('\n');
    }

    fn language(&mut self) {
        let languages = self.languages;
        self.line("/// A language that every text is written in: one folder of `locales/`.");
        self.line("#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]");
        self.line("pub enum Language {");
        for (code, areas) in languages {
            self.line(format!("    /// {}.", own_name(areas, code)));
            if code == REFERENCE {
                self.line("    #[default]");
            }
            self.line(format!("    {},", camel_case(code)));
        }
        self.line("}");
        self.line("impl Language {");
        let variants: Vec<_> = languages
            .keys()
            .map(|code| format!("Self::{}", camel_case(code)))
            .collect();
        self.line("    /// Every language, in the order of their codes.");
        self.line("    pub const fn all() -> &'static [Self] {");
        self.line(format!("        &[{}]", variants.join(", ")));
        self.line("    }");
        self.by_language(
            "/// The ISO 639-1 code: the folder of `locales/`, and the value of HTML's `lang`.",
            "code",
            |code| format!("{code:?}"),
        );
        self.by_language("/// What the language calls itself.", "native_name", |code| {
            format!("{:?}", own_name(&languages[code], code))
        });
        self.line("    /// How the language writes money, numbers and dates.");
        self.line("    pub const fn conventions(self) -> &'static crate::format::Conventions {");
        self.line("        match self {");
        for code in languages.keys() {
            let (variant, constant) = (camel_case(code), code.to_uppercase());
            self.line(format!(
                "            Self::{variant} => &crate::format::conventions::{constant},"
            ));
        }
        self.line("        }");
        self.line("    }");
        if self.texts == Texts::Loaded {
            self.line("    /// How far behind the first form of a counted text the one for `count` stands in the table.");
            self.line("    fn form(self, count: u64) -> usize {");
            self.line("        match self {");
            for code in languages.keys() {
                let mut arms = String::new();
                for form in plural::forms(code).expect("checked: the language has rules") {
                    let place = self.slots.form(form.category);
                    write!(arms, " {} => {place},", form.pattern).expect("a String takes all");
                }
                self.line(format!(
                    "            Self::{} => match count {{{arms} }},",
                    camel_case(code)
                ));
            }
            self.line("        }");
            self.line("    }");
        }
        self.line("}");
    }

    /// What browser programs and the tables that they load have to agree in.
    fn shape(&mut self) {
        self.line("/// Changes with the names, placeholders and forms of the texts, but not with their words: a table of");
        self.line("/// another shape is not of this program.");
        self.line(format!(
            "pub(crate) const SHAPE: &str = {:?};",
            table::shape(self.languages)
        ));
    }

    /// Every text once more, by section, for the tables that browser programs load.
    fn tables(&mut self) {
        self.line("/// Each section by name, with its texts in every language (in the order of `Language::all`), as its");
        self.line("/// methods count them in a table.");
        self.line(format!(
            "pub(crate) static TABLES: &[(&str, [&[&str]; {}])] = &[",
            self.languages.len()
        ));
        for (area, texts) in &self.languages[REFERENCE] {
            for section in texts.sections.keys() {
                let mut line = format!("    ({:?}, [", table::name(area, section));
                for (code, areas) in self.languages {
                    let rows =
                        self.slots
                            .rows(code, &texts.sections[section], &areas[area].sections[section]);
                    write!(line, "&{rows:?}, ").expect("a String takes all");
                }
                self.line(format!("{line}]),"));
            }
        }
        self.line("];");
    }

    fn by_language(&mut self, documentation: &str, name: &str, value: impl Fn(&str) -> String) {
        self.line(format!("    {documentation}"));
        self.line(format!("    pub const fn {name}(self) -> &'static str {{"));
        self.line("        match self {");
        for code in self.languages.keys() {
            self.line(format!(
                "            Self::{} => {},",
                camel_case(code),
                value(code)
            ));
        }
        self.line("        }");
        self.line("    }");
    }

    fn area(&mut self, area: &str) {
        self.line(format!(
            "/// The texts of `locales/*/{area}.toml`, a function a section."
        ));
        self.line("#[allow(clippy::all, clippy::pedantic, reason = \"generated\")]");
        self.line(format!("pub mod {area} {{"));
        for (name, section) in &self.languages[REFERENCE][area].sections {
            self.section(area, name, section);
        }
        self.line("}");
    }

    fn section(&mut self, area: &str, name: &str, section: &Section) {
        let function = name.replace('.', "_");
        let type_name = camel_case(&function);
        self.line(format!("    /// The texts of `[{name}]`."));
        self.line(format!(
            "    pub const fn {function}(language: crate::Language) -> {type_name} {{"
        ));
        self.line(format!("        {type_name}(language)"));
        self.line("    }");
        self.line(format!(
            "    /// The texts of `[{name}]` in `locales/*/{area}.toml`, in one language."
        ));
        self.line("    #[derive(Clone, Copy, Debug)]");
        self.line(format!("    pub struct {type_name}(crate::Language);"));
        self.line(format!("    impl {type_name} {{"));
        if self.texts == Texts::Loaded {
            // One a section, so that its name is in a program only if the program says something of it: `prerender`
            // looks for these names to know which texts a program needs. No text can have the name of this method.
            self.line("        #[inline(never)]");
            self.line("        fn _at(self, place: usize) -> &'static str {");
            self.line(format!(
                "            crate::table::text(self.0, {:?}, place)",
                table::name(area, name)
            ));
            self.line("        }");
        }
        let mut place = 0;
        for (key, text) in &section.texts {
            if let Some(content) = &text.content {
                let found = match self.texts {
                    Texts::Compiled => self.choice(area, name, key, &content.placeholders()),
                    Texts::Loaded if matches!(content, Content::Plain(_)) => format!("self._at({place})"),
                    Texts::Loaded => format!("self._at({place} + self.0.form(count))"),
                };
                self.method(key, content, &found);
                place += self.slots.taken_by(content);
            }
        }
        self.line("    }");
    }

    /// The method of a text; `found` is the expression that has its words.
    fn method(&mut self, key: &str, reference: &Content, found: &str) {
        let arguments = reference.placeholders();
        self.documentation(reference);
        let mut parameters = String::from("self");
        if matches!(reference, Content::Counted(_)) {
            parameters.push_str(", count: u64");
        }
        for name in arguments.iter().filter(|name| !is_count(reference, name)) {
            write!(parameters, ", {name}: impl ::core::fmt::Display").expect("a String takes all");
        }
        let result = if arguments.is_empty() {
            "&'static str"
        } else {
            "::std::string::String"
        };
        self.line(format!("        pub fn {key}({parameters}) -> {result} {{"));
        if arguments.is_empty() {
            self.line(format!("            {found}"));
        } else {
            let values: Vec<_> = arguments
                .iter()
                .map(|name| {
                    if is_count(reference, name) {
                        "&crate::format::number(self.0, count)".into()
                    } else {
                        format!("&{name}")
                    }
                })
                .collect();
            self.line(format!(
                "            crate::fill::fill({found}, &[{}])",
                values.join(", ")
            ));
        }
        self.line("        }");
    }

    /// The English text, as code so that rustdoc reads nothing into it.
    fn documentation(&mut self, content: &Content) {
        let quoted = |template: &Template| {
            let text = template.text.replace('`', "'");
            format!("`{}`", text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let documentation = match content {
            Content::Plain(template) => quoted(template),
            Content::Counted(forms) => {
                let forms: Vec<_> = forms
                    .iter()
                    .map(|(form, text)| format!("{form}: {}", quoted(text)))
                    .collect();
                forms.join(", ")
            }
        };
        self.line(format!("        #[doc = {documentation:?}]"));
    }

    /// The expression that chooses the text by language, and by number when it is counted.
    fn choice(&self, area: &str, section: &str, key: &str, arguments: &[String]) -> String {
        let mut expression = String::from("match self.0 {");
        for (code, areas) in self.languages {
            let Text { content, .. } = &areas[area].sections[section].texts[key];
            write!(expression, " crate::Language::{} => ", camel_case(code)).expect("a String takes all");
            match content.as_ref().expect("checked: every text has been understood") {
                Content::Plain(template) => write!(expression, "{:?},", template.encoded(arguments)),
                Content::Counted(forms) => {
                    expression.push_str("match count {");
                    for form in plural::forms(code).expect("checked: the language has rules") {
                        if let Some(template) = forms.get(form.category) {
                            let text = template.encoded(arguments);
                            write!(expression, " {} => {text:?},", form.pattern).expect("a String takes all");
                        }
                    }
                    write!(expression, " }},")
                }
            }
            .expect("a String takes all");
        }
        expression.push_str(" }");
        expression
    }
}

/// Whether the placeholder is the number that chooses the form, and is written as the language groups digits.
fn is_count(content: &Content, placeholder: &str) -> bool {
    matches!(content, Content::Counted(_)) && placeholder == "count"
}

fn own_name<'a>(
    areas: &'a std::collections::BTreeMap<String, super::source::Area>,
    code: &'a str,
) -> &'a str {
    areas.get("shared").and_then(native_name).unwrap_or(code)
}

/// `pricing_faq` → `PricingFaq`.
fn camel_case(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            [first.to_uppercase(), rest.to_string()]
        })
        .collect()
}
