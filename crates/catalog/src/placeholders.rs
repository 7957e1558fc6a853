//! What texts take from the main file: `{trial_days}` in an answer.

use onedesk_pricing::Currency;
use onedesk_texts::{Language, format};

use crate::definition::Content;
use crate::suggestion::did_you_mean;

/// The names that can stand in braces.
pub const NAMES: [&str; 8] = [
    "vendor",
    "account_domain",
    "support_email",
    "sales_email",
    "trial_days",
    "trial_plan",
    "max_seats",
    "currencies",
];

/// What is wrong with the braces of a text, if anything is.
pub fn mistake(text: &str) -> Option<String> {
    pieces(text).find_map(|piece| match piece {
        Piece::Text(_) => None,
        Piece::Placeholder(name) if NAMES.contains(&name) => None,
        Piece::Placeholder(name) => {
            let hint = did_you_mean(name, NAMES).unwrap_or_else(|| format!("there is {}", NAMES.join(", ")));
            Some(format!("there is no placeholder {{{name}}}; {hint}"))
        }
        Piece::Brace(brace) => Some(format!(
            "a “{brace}” stands alone; braces hold the name of a placeholder, as in {{trial_days}}"
        )),
    })
}

/// The values of one language.
pub struct Values<'a> {
    language: Language,
    content: &'a Content,
    trial_plan: String,
}

impl<'a> Values<'a> {
    /// `trial_plan` is the plan's name as its text has it.
    pub fn new(language: Language, content: &'a Content, trial_plan: &str) -> Self {
        // A plan's name can hold placeholders too; its own is then its id.
        let id = content.price_list.trial.plan.as_str().to_owned();
        let trial_plan = Self {
            language,
            content,
            trial_plan: id,
        }
        .fill(trial_plan);
        Self {
            language,
            content,
            trial_plan,
        }
    }

    /// The text with its placeholders filled in; the text was found without a mistake.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Brace(brace) => filled.push(brace),
                Piece::Placeholder(name) => filled.push_str(&self.value(name)),
            }
        }
        filled
    }

    fn value(&self, name: &str) -> String {
        let Content {
            vendor, price_list, ..
        } = self.content;
        match name {
            "vendor" => vendor.name.clone(),
            "account_domain" => vendor.account_domain.clone(),
            "support_email" => vendor.support_email.clone(),
            "sales_email" => vendor.sales_email.clone(),
            "trial_days" => format::number(self.language, price_list.trial.days.into()),
            "trial_plan" => self.trial_plan.clone(),
            "max_seats" => format::number(self.language, price_list.max_seats.get().into()),
            "currencies" => {
                let codes: Vec<_> = price_list.currencies.iter().map(Currency::code).collect();
                codes.join(", ")
            }
            other => format!("{{{other}}}"),
        }
    }
}

enum Piece<'t> {
    Text(&'t str),
    Placeholder(&'t str),
    /// Opened and not closed, or closed and not opened.
    Brace(char),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let inside = rest.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        if let Some((name, after)) = inside.filter(|(name, _)| !name.contains('{')) {
            rest = after;
            return Some(Piece::Placeholder(name));
        }
        if matches!(first, '{' | '}') {
            rest = &rest[1..];
            return Some(Piece::Brace(first));
        }
        let (text, after) = rest.split_at(rest.find(['{', '}']).unwrap_or(rest.len()));
        rest = after;
        Some(Piece::Text(text))
    })
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn known_names_are_taken_and_others_refused() {
        assert_eq!(
            mistake("{vendor}: {trial_days} days, write to {sales_email}"),
            None
        );
        for (text, part) in [
            ("{trial_day} days", "did you mean “trial_days”?"),
            ("{colour}", "there is vendor,"),
            ("a { b", "a “{” stands alone"),
            ("a } b", "a “}” stands alone"),
            ("{a {vendor}", "a “{” stands alone"),
            ("{}", "no placeholder {}"),
        ] {
            let message = mistake(text).unwrap_or_else(|| panic!("{text} is taken"));
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
