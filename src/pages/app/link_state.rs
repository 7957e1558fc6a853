//! What became of a link from an e-mail.

use onedesk_contract::ProblemType;
use onedesk_texts::{Language, admin};

use crate::api::{Answer, ApiError};

/// A link from an e-mail, as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Link<T> {
    /// The server is being asked.
    Checking,
    /// It works; this is what it leads to.
    Works(T),
    /// It leads nowhere any more.
    Broken(BrokenLink),
    /// The server could not be asked.
    Failed(ApiError),
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenLink {
    /// It never was one, or is not complete.
    Unknown,
    /// It did its work already.
    Used,
    /// It is too old.
    Expired,
}

impl<T> From<Answer<T>> for Link<T> {
    fn from(answer: Answer<T>) -> Self {
        let error = match answer {
            Ok(value) => return Self::Works(value),
            Err(error) => error,
        };
        match error.problem_type() {
            Some(ProblemType::LinkUnknown | ProblemType::NotFound) => Self::Broken(BrokenLink::Unknown),
            Some(ProblemType::LinkUsed) => Self::Broken(BrokenLink::Used),
            Some(ProblemType::LinkExpired) => Self::Broken(BrokenLink::Expired),
            _ => Self::Failed(error),
        }
    }
}

impl BrokenLink {
    /// The heading that says so.
    pub fn title(self, language: Language) -> &'static str {
        let texts = admin::link(language);
        match self {
            Self::Unknown => texts.unknown_title(),
            Self::Used => texts.used_title(),
            Self::Expired => texts.expired_title(),
        }
    }
}
