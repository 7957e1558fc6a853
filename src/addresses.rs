//! The pages of the site and where they stand.

use onedesk_texts::Language;

use crate::language;

/// A page of the site. Each is prerendered in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SitePage {
    /// Plans and prices, with the calculator.
    Pricing,
    /// Start a trial.
    SignUp,
    /// The activation link is on its way.
    SignUpSent,
    /// The answer to an address that is none, for browsers without scripts.
    SignUpInvalid,
    /// Open the account that was signed up for.
    Activate,
    /// There is nothing at this address.
    NotFound,
}

impl SitePage {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Pricing,
        Self::SignUp,
        Self::SignUpSent,
        Self::SignUpInvalid,
        Self::Activate,
        Self::NotFound,
    ];

    /// The path without its language: `/signup/sent`.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Pricing => "/pricing",
            Self::SignUp => "/signup",
            Self::SignUpSent => "/signup/sent",
            Self::SignUpInvalid => "/signup/invalid",
            Self::Activate => "/activate",
            Self::NotFound => "/404",
        }
    }

    /// The path in a language: `/fr/signup/sent`.
    pub fn in_language(self, language: Language) -> String {
        language::path_in(language, self.path())
    }

    /// The page and language of a path; [`SitePage::NotFound`] where nothing stands.
    pub fn at(path: &str) -> (Self, Language) {
        let (language, rest) = language::of_path(path);
        let rest = rest.trim_end_matches('/');
        let page = Self::ALL
            .into_iter()
            .find(|page| page.path() == rest)
            .unwrap_or(Self::NotFound);
        (page, language)
    }

    /// Whether search engines may list it.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Pricing | Self::SignUp)
    }
}

/// Where existing users sign in: a page of the other program.
pub const SIGN_IN: &str = "/app/sign-in";
/// The first screen of the application.
pub const APPLICATION: &str = "/app";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_address() {
        for page in SitePage::ALL {
            for language in Language::all() {
                assert_eq!(SitePage::at(&page.in_language(*language)), (page, *language));
            }
        }
        assert_eq!(SitePage::at("/fr/pricing/"), (SitePage::Pricing, Language::Fr));
        assert_eq!(SitePage::at("/pricings"), (SitePage::NotFound, Language::En));
        assert_eq!(SitePage::at("/fr"), (SitePage::NotFound, Language::Fr));
    }
}
