//! The words of one language: its file, compared with the main file and with the first language.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use onedesk_contract::catalog::{CatalogView, Feature, FeatureGroup, PlanTexts, Question};
use onedesk_texts::{Language, typography};

use crate::definition::{Content, Definition, TextFile};
use crate::document::{Document, Node, Table};
use crate::identifiers::Identifiers;
use crate::mistake::Mistake;
use crate::placeholders;

/// The file of one language, read.
pub struct Translation {
    /// Of all texts in it.
    pub language: Language,
    /// As far as they could be read.
    pub texts: Texts,
    /// What is wrong with the file.
    pub mistakes: Vec<Mistake>,
}

/// Texts by the path of their key, such as `features.sso.name`. A list of texts is kept whole.
#[derive(Default)]
pub struct Texts(BTreeMap<String, Text>);

struct Text {
    /// One for a text, several for a list.
    paragraphs: Vec<String>,
    /// `file:line`, for a translator to look up.
    line: String,
}

/// Reads the files of all languages. A file that is not there is a mistake in the main file.
pub fn read_all(
    definition: &Definition,
    main: &Document,
    read: &impl Fn(&Path) -> io::Result<Vec<u8>>,
) -> Vec<Translation> {
    let mut translations: Vec<Translation> = Vec::new();
    // The default language comes first: the others are compared with it.
    let mut files: Vec<&TextFile> = definition.text_files.iter().collect();
    files.sort_by_key(|file| file.language != Language::default());
    for TextFile {
        language,
        path,
        place,
    } in files
    {
        let document = match Document::read(path, read) {
            Ok(document) => document,
            Err(reason) => {
                let message = format!(
                    "{} could not be read: {reason}; write the file or correct its path",
                    path.display()
                );
                main.mistake(place.clone(), &format!("texts.{language}"), &message);
                continue;
            }
        };
        let model = translations
            .first()
            .filter(|first| first.language == Language::default())
            .map(|first| &first.texts);
        let texts = Reader {
            language: *language,
            definition,
            model,
            texts: Texts::default(),
        }
        .read(&document);
        translations.push(Translation {
            language: *language,
            texts,
            mistakes: document.into_mistakes(),
        });
    }
    translations.sort_by_key(|translation| translation.language);
    translations
}

impl Texts {
    fn list(&self, path: &str) -> &[String] {
        self.0.get(path).map_or(&[], |text| &text.paragraphs)
    }

    fn one(&self, path: &str) -> &str {
        self.list(path).first().map_or("", String::as_str)
    }

    /// The catalog in the words of this language. Every text is there: a missing one is a mistake.
    pub fn view(&self, language: Language, content: &Content) -> CatalogView {
        let trial_plan = self.one(&format!("plans.{}.name", content.price_list.trial.plan));
        let values = placeholders::Values::new(language, content, trial_plan);
        let one = |path: String| values.fill(self.one(&path));
        let list = |path: String| self.list(&path).iter().map(|text| values.fill(text)).collect();

        let plans = content.price_list.plans.iter().map(|plan| PlanTexts {
            id: plan.id.clone(),
            name: one(format!("plans.{}.name", plan.id)),
            summary: one(format!("plans.{}.summary", plan.id)),
            highlights: list(format!("plans.{}.highlights", plan.id)),
            recommended: content.recommended.as_ref() == Some(&plan.id),
        });
        let groups = content.groups.iter().map(|group| FeatureGroup {
            id: group.id.to_string(),
            title: one(format!("feature_groups.{}", group.id)),
            features: group
                .features
                .iter()
                .map(|row| Feature {
                    id: row.id.to_string(),
                    name: one(format!("features.{}.name", row.id)),
                    note: one(format!("features.{}.note", row.id)),
                    plans: row.plans.clone(),
                    in_menu: row.in_menu,
                })
                .collect(),
        });
        let faq = content.questions.iter().map(|id| Question {
            id: id.clone(),
            question: one(format!("faq.{id}.question")),
            answer: list(format!("faq.{id}.answer")),
        });
        CatalogView {
            language: language.code().to_owned(),
            vendor: content.vendor.clone(),
            price_list: content.price_list.clone(),
            plans: plans.collect(),
            feature_groups: groups.collect(),
            faq: faq.collect(),
        }
    }
}

struct Reader<'a> {
    language: Language,
    definition: &'a Definition,
    /// The texts of the default language, unless these are.
    model: Option<&'a Texts>,
    texts: Texts,
}

impl Reader<'_> {
    fn read(mut self, document: &Document) -> Texts {
        let Some(entries) = document.parse() else {
            return self.texts;
        };
        let root = Table::root(
            document,
            &entries,
            &["plans", "feature_groups", "features", "faq"],
        );
        let definition = self.definition;
        self.section(&root, "plans", &definition.plans, |reader, table, id| {
            if let Some(plan) = reader.entry(table, id, &["name", "summary", "highlights"]) {
                reader.text(&plan, "name");
                reader.text(&plan, "summary");
                reader.list(&plan, "highlights");
            }
        });
        self.section(&root, "feature_groups", &definition.feature_groups, Self::text);
        self.section(&root, "features", &definition.features, |reader, table, id| {
            if let Some(feature) = reader.entry(table, id, &["name", "note"]) {
                reader.text(&feature, "name");
                reader.text(&feature, "note");
            }
        });
        self.section(&root, "faq", &definition.questions, |reader, table, id| {
            if let Some(question) = reader.entry(table, id, &["question", "answer"]) {
                reader.text(&question, "question");
                reader.list(&question, "answer");
            }
        });
        self.texts
    }

    /// A table with an entry for each id of the main file, and no other.
    fn section(
        &mut self,
        root: &Table<'_>,
        name: &str,
        ids: &Identifiers,
        read: impl Fn(&mut Self, &Table<'_>, &str),
    ) {
        let Some(table) = root
            .required(name, "the texts of this section")
            .and_then(|node| node.any_table())
        else {
            return;
        };
        for (key, place, _) in table.entries() {
            if let Some(refusal) = ids.refusal(key) {
                table.mistake(place, key, &refusal);
            }
        }
        for (id, _) in &ids.known {
            read(self, &table, id);
        }
    }

    /// The table of one id.
    fn entry<'t>(&self, table: &Table<'t>, id: &str, keys: &[&str]) -> Option<Table<'t>> {
        let node = table.optional(id);
        if node.is_none() {
            let path = table.path_of(id);
            let model = self
                .model
                .and_then(|model| model.0.get(&format!("{path}.{}", keys[0])));
            table.missing(id, &missing(keys, model));
        }
        node?.table(keys)
    }

    fn text(&mut self, table: &Table<'_>, key: &str) {
        if let Some(node) = self.node(table, key)
            && let Some(text) = self.set(&node)
        {
            self.keep(&node, vec![text]);
        }
    }

    fn list(&mut self, table: &Table<'_>, key: &str) {
        let Some(node) = self.node(table, key) else { return };
        let Some(entries) = node.list() else { return };
        let count = entries.len();
        let paragraphs: Vec<_> = entries.iter().filter_map(|entry| self.set(entry)).collect();
        // A list with a mistake in it is kept out: nothing is gained by comparing its length.
        if paragraphs.len() < count {
            return;
        }
        if let Some(model) = self.model.and_then(|model| model.0.get(&node.path))
            && model.paragraphs.len() != count
        {
            node.mistake(&format!(
                "the number of texts is {count} here, but {} at {}; translate each of them as one",
                model.paragraphs.len(),
                model.line
            ));
        }
        self.keep(&node, paragraphs);
    }

    fn node<'t>(&self, table: &Table<'t>, key: &str) -> Option<Node<'t>> {
        let node = table.optional(key);
        if node.is_none() {
            let model = self.model.and_then(|model| model.0.get(&table.path_of(key)));
            table.missing(key, &missing(&[], model));
        }
        node
    }

    /// The text as it is to be shown, placeholders aside.
    fn set(&self, node: &Node<'_>) -> Option<String> {
        let text = node.text()?;
        if let Some(mistake) = placeholders::mistake(text) {
            node.mistake(&mistake);
            return None;
        }
        Some(typography::set(self.language.code(), text))
    }

    fn keep(&mut self, node: &Node<'_>, paragraphs: Vec<String>) {
        self.texts.0.insert(
            node.path.clone(),
            Text {
                paragraphs,
                line: node.line_of(),
            },
        );
    }
}

/// The sentence for a text, or a table of texts, that is not there.
fn missing(keys: &[&str], model: Option<&Text>) -> String {
    let what = if keys.is_empty() {
        "this text is missing".to_owned()
    } else {
        format!("the texts of this are missing ({})", keys.join(", "))
    };
    match model {
        Some(Text { paragraphs, line }) => {
            format!(
                "{what}; translate {line} (“{}”)",
                paragraphs.first().map_or("", String::as_str)
            )
        }
        None => format!("{what}; write it"),
    }
}
