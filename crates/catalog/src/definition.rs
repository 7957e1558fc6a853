//! The main file: everything but words.

use std::ops::Range;
use std::path::PathBuf;

use onedesk_contract::catalog::Vendor;
use onedesk_pricing::{Currency, PlanId, PlanPrices, PriceList, ProrationUnit, Seats, Trial};
use onedesk_texts::Language;

use crate::chat_hours::{self, ChatHours};
use crate::document::{Document, Node, Table};
use crate::features::{self, Group};
use crate::identifiers::Identifiers;
use crate::suggestion::did_you_mean;
use crate::tax_rates::TaxFile;
use crate::vendor::{self, Seller};
use crate::{prices, version};

/// The longest trial that makes sense: a year.
const MAX_TRIAL_DAYS: u32 = 365;

/// What the main file says, as far as it could be read: parts are missing only after a mistake was noted.
pub struct Definition {
    vendor: Option<Vendor>,
    seller: Option<Seller>,
    chat_hours: Option<ChatHours>,
    price_list: Option<PriceList>,
    recommended: Option<PlanId>,
    groups: Vec<Group>,
    /// The ids that texts are written for.
    pub plans: Identifiers,
    /// Headings of the feature table.
    pub feature_groups: Identifiers,
    /// Rows of the feature table.
    pub features: Identifiers,
    /// The questions in their order.
    pub questions: Identifiers,
    /// The file of texts of each language, with the place where it is named.
    pub text_files: Vec<TextFile>,
    /// The file of tax rates.
    pub tax_file: Option<TaxFile>,
}

/// A file of texts, as the main file names it.
pub struct TextFile {
    /// The language of all that it holds.
    pub language: Language,
    /// Joined to the folder of the main file.
    pub path: PathBuf,
    /// Where it is named.
    pub place: Range<usize>,
}

/// A main file without mistakes.
pub struct Content {
    /// Who sells.
    pub vendor: Vendor,
    /// The same, as invoices name it.
    pub seller: Seller,
    /// When questions are answered in the chat, if it has hours.
    pub chat_hours: Option<ChatHours>,
    /// With its version.
    pub price_list: PriceList,
    /// The plan that is recommended, if one is.
    pub recommended: Option<PlanId>,
    /// The feature table.
    pub groups: Vec<Group>,
    /// The ids of the questions in their order.
    pub questions: Vec<String>,
}

impl Definition {
    /// Reads the main file; its mistakes are noted there.
    pub fn read(document: &Document) -> Self {
        let mut definition = Self {
            vendor: None,
            seller: None,
            chat_hours: None,
            price_list: None,
            recommended: None,
            groups: Vec::new(),
            plans: Identifiers::new("plan"),
            feature_groups: Identifiers::new("feature group"),
            features: Identifiers::new("feature"),
            questions: Identifiers::new("question"),
            text_files: Vec::new(),
            tax_file: None,
        };
        if let Some(entries) = document.parse() {
            let keys = [
                "currencies",
                "max_seats",
                "proration",
                "vendor",
                "chat",
                "trial",
                "texts",
                "tax_rates",
                "plans",
                "feature_groups",
                "faq",
            ];
            definition.read_root(&Table::root(document, &entries, &keys), document);
        }
        definition
    }

    fn read_root(&mut self, root: &Table<'_>, document: &Document) {
        if let Some(node) = root.required("vendor", "the table [vendor]") {
            let read = vendor::read(&node);
            (self.vendor, self.seller) = (read.vendor, read.seller);
        }
        self.chat_hours = root.optional("chat").and_then(|node| chat_hours::read(&node));
        self.tax_file = root
            .required(
                "tax_rates",
                "the path of the file of tax rates, such as \"tax.toml\"",
            )
            .and_then(|node| {
                Some(TaxFile {
                    path: document.path().with_file_name("").join(node.text()?),
                    place: node.place,
                })
            });
        self.price_list = self.read_price_list(root);
        self.groups = features::groups(root, &self.plans, &mut self.feature_groups, &mut self.features);
        self.read_questions(root);
        if let Some(node) = root.required("texts", "the table [texts] with a file a language") {
            self.read_text_files(&node, document);
        }
    }

    fn read_price_list(&mut self, root: &Table<'_>) -> Option<PriceList> {
        let currencies = root
            .required("currencies", "the list of currencies that can be paid in")
            .and_then(|node| prices::currencies(&node));
        let max_seats = root
            .required("max_seats", "the most licences that one subscription can hold")
            .and_then(|node| node.whole_number(1..=Seats::MAX))
            .and_then(|seats| Seats::new(seats).ok());
        let proration = root
            .required("proration", "\"day\" or \"second\"")
            .and_then(|node| proration(&node));
        let plans = self.read_plans(root, currencies.as_deref(), max_seats);
        let trial = root
            .required("trial", "the table [trial] with days and plan")
            .and_then(|node| self.trial(&node));

        let mut list = PriceList {
            version: String::new(),
            currencies: currencies?,
            max_seats: max_seats?,
            trial: trial?,
            proration: proration?,
            plans,
        };
        list.version = version::of(&list);
        Some(list)
    }

    fn read_plans(
        &mut self,
        root: &Table<'_>,
        currencies: Option<&[Currency]>,
        max_seats: Option<Seats>,
    ) -> Vec<PlanPrices> {
        let entries = root
            .required("plans", "[[plans]], from the lowest to the highest")
            .and_then(|node| node.list());
        if entries.is_none() {
            self.plans.complete = false;
        }
        let mut plans = Vec::new();
        for entry in entries.unwrap_or_default() {
            let Some(mut table) = entry.any_table() else {
                self.plans.complete = false;
                continue;
            };
            let id = self
                .plans
                .add(table.required("id", "the id of the plan, in quotes"));
            if let Some(id) = &id {
                table.rename(format!("plans.{id}"));
            }
            table.refuse_other_keys(&["id", "recommended", "prices"]);
            if let Some(node) = table.optional("recommended")
                && node.flag() == Some(true)
            {
                match &self.recommended {
                    Some(first) => node.mistake(&format!(
                        "“{first}” is recommended already, and only one plan can be; remove this line or that one"
                    )),
                    None => self.recommended.clone_from(&id),
                }
            }
            let prices = table
                .required("prices", "the table [plans.prices] with a line a currency")
                .and_then(|node| node.any_table())
                .map(|prices| prices::of_plan(&prices, currencies, max_seats));
            plans.extend(id.zip(prices).map(|(id, prices)| PlanPrices { id, prices }));
        }
        plans
    }

    fn trial(&self, node: &Node<'_>) -> Option<Trial> {
        let table = node.table(&["days", "plan"])?;
        let days = table
            .required("days", "the days from activation to the end of the trial")
            .and_then(|node| node.whole_number(1..=MAX_TRIAL_DAYS))
            .and_then(|days| u16::try_from(days).ok());
        let plan = table
            .required("plan", "the plan whose features can be tried")
            .and_then(|node| {
                let name = node.text()?;
                if let Some(refusal) = self.plans.refusal(name) {
                    node.mistake(&refusal);
                }
                PlanId::new(name).ok()
            });
        Some(Trial {
            days: days?,
            plan: plan?,
        })
    }

    fn read_questions(&mut self, root: &Table<'_>) {
        let list = root
            .required("faq", "the table [faq] with the list `questions`")
            .and_then(|node| node.table(&["questions"]))
            .and_then(|table| table.required("questions", "the ids of the questions in their order"))
            .and_then(|node| node.list());
        if list.is_none() {
            self.questions.complete = false;
        }
        for node in list.unwrap_or_default() {
            self.questions.add(Some(node));
        }
    }

    fn read_text_files(&mut self, node: &Node<'_>, document: &Document) {
        let Some(table) = node.any_table() else { return };
        let codes = || Language::all().iter().map(|language| language.code());
        for (code, place, node) in table.entries() {
            let Ok(language) = code.parse::<Language>() else {
                let hint = did_you_mean(code, codes())
                    .unwrap_or_else(|| format!("there is {}", codes().collect::<Vec<_>>().join(", ")));
                table.mistake(
                    place,
                    code,
                    &format!("the software does not speak “{code}”; {hint}"),
                );
                continue;
            };
            if let Some(file) = node.text() {
                let path = document.path().with_file_name("").join(file);
                self.text_files.push(TextFile {
                    language,
                    path,
                    place: node.place,
                });
            }
        }
        for code in codes().filter(|code| table.optional(code).is_none()) {
            let message =
                format!("the texts of this language are missing; write {code} = \"texts/{code}.toml\"");
            table.missing(code, &message);
        }
        // Mistakes and views come in the order of the languages, whatever the order in the file.
        self.text_files.sort_by_key(|file| file.language);
    }

    /// All of it, if nothing is missing.
    pub fn complete(self) -> Option<Content> {
        Some(Content {
            vendor: self.vendor?,
            seller: self.seller?,
            chat_hours: self.chat_hours,
            price_list: self.price_list?,
            recommended: self.recommended,
            groups: self.groups,
            questions: self.questions.known.into_iter().map(|(id, _)| id).collect(),
        })
    }
}

fn proration(node: &Node<'_>) -> Option<ProrationUnit> {
    match node.text()? {
        "day" => Some(ProrationUnit::Day),
        "second" => Some(ProrationUnit::Second),
        other => {
            let hint = did_you_mean(other, ["day", "second"])
                .unwrap_or_else(|| "write \"day\" or \"second\"".into());
            node.mistake(&format!("a period is not prorated by “{other}”; {hint}"));
            None
        }
    }
}
