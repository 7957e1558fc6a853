use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use onedesk_contract::FieldError;
use onedesk_texts::{Language, negotiate};
use serde::Deserialize;

use super::QueryParams;
use crate::error::{Error, Result};

/// The language that an answer is wanted in: `lang` behind the question mark. What happens without it, each route says.
#[derive(Debug)]
pub struct WantedLanguage(Option<String>);

impl WantedLanguage {
    /// The language whose code was given, or `usual` where none was.
    ///
    /// # Errors
    /// What [`unknown`](Self::unknown) gives, for any other word.
    pub fn or(&self, usual: impl FnOnce() -> Language) -> Result<Language> {
        match &self.0 {
            Some(code) => code.parse().map_err(|_| Self::unknown()),
            None => Ok(usual()),
        }
    }

    /// The language nearest to the tag that was given (`fr-CA`), if there is one.
    pub fn nearest(&self) -> Option<Language> {
        negotiate(self.0.as_deref())
    }

    /// The refusal of a language that there is not.
    pub fn unknown() -> Error {
        Error::field("lang", FieldError::UnknownLanguage)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for WantedLanguage {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        #[derive(Deserialize)]
        struct Wanted {
            lang: Option<String>,
        }
        let QueryParams(Wanted { lang }) = QueryParams::from_request_parts(parts, state).await?;
        Ok(Self(lang))
    }
}
