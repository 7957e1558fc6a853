//! The names by which plans, features and questions are known to code, addresses and texts.

use std::ops::Range;

use onedesk_pricing::PlanId;

use crate::document::Node;
use crate::suggestion::did_you_mean;

/// The names of one kind, in the order of the catalog.
pub struct Identifiers {
    /// What they name: `plan`.
    pub kind: &'static str,
    /// Each with its place in the main file.
    pub known: Vec<(String, Range<usize>)>,
    /// Whether all could be read. If not, nothing is called unknown: it may be the one that could not.
    pub complete: bool,
}

impl Identifiers {
    /// None yet.
    pub fn new(kind: &'static str) -> Self {
        Self {
            kind,
            known: Vec::new(),
            complete: true,
        }
    }

    /// Adds the name that a value holds. `None`, with a mistake, if it is no name or there already.
    ///
    /// All kinds follow the rule of plans: they stand in addresses as they are.
    pub fn add(&mut self, node: Option<Node<'_>>) -> Option<PlanId> {
        let id = node.as_ref().and_then(|node| {
            let text = node.text()?;
            let id = PlanId::new(text).ok();
            if id.is_none() {
                node.mistake(&format!(
                    "“{text}” cannot be an id; write 1 to {} lower-case letters a to z, digits and hyphens",
                    PlanId::MAX_LENGTH
                ));
            }
            id
        });
        let (Some(id), Some(node)) = (id, node) else {
            self.complete = false;
            return None;
        };
        if self.contains(id.as_str()) {
            node.mistake(&format!(
                "there is a {} “{id}” already; give this one another id or remove it",
                self.kind
            ));
            return None;
        }
        self.known.push((id.as_str().to_owned(), node.place));
        Some(id)
    }

    /// Whether the name is one of them.
    pub fn contains(&self, id: &str) -> bool {
        self.known.iter().any(|(known, _)| known == id)
    }

    /// The sentence for a name that is none of them; `None` if it may be one.
    pub fn refusal(&self, id: &str) -> Option<String> {
        if self.contains(id) || !self.complete {
            return None;
        }
        let names: Vec<&str> = self.known.iter().map(|(known, _)| known.as_str()).collect();
        let hint = did_you_mean(id, names.iter().copied()).unwrap_or_else(|| {
            if names.len() > 8 {
                "remove it, or define it in the catalog".into()
            } else {
                format!("there is {}", names.join(", "))
            }
        });
        Some(format!("there is no {} “{id}”; {hint}", self.kind))
    }
}
