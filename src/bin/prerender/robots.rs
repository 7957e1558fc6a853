//! What search engines are told beside the pages: where they may look, and which pages there are in which languages.

use std::fmt::Write as _;

use onedesk_contract::pages::PUBLIC_URL;
use onedesk_subscribe::addresses::SitePage;
use onedesk_texts::Language;

/// `robots.txt`: nothing of the application, nor of pages that a link with a token leads to.
pub(crate) fn robots() -> String {
    let mut out = String::from("User-agent: *\n");
    for path in ["/app", "/api", "/sandbox", "/staff"] {
        writeln!(out, "Disallow: {path}").expect("a String takes all");
    }
    for language in Language::all() {
        writeln!(out, "Disallow: {}", SitePage::Activate.in_language(*language)).expect("a String takes all");
    }
    writeln!(out, "\nSitemap: {PUBLIC_URL}/sitemap.xml").expect("a String takes all");
    out
}

/// `sitemap.xml`: every public page in every language, each with all its languages.
pub(crate) fn sitemap() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for page in SitePage::ALL.into_iter().filter(|page| page.is_public()) {
        let mut links = String::new();
        for (code, address) in alternates(page) {
            writeln!(
                links,
                "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{address}\"/>"
            )
            .expect("a String takes all");
        }
        for language in Language::all() {
            let address = address(page, *language);
            write!(out, "<url>\n<loc>{address}</loc>\n{links}</url>\n").expect("a String takes all");
        }
    }
    out.push_str("</urlset>\n");
    out
}

/// The whole address of a page in a language.
pub(crate) fn address(page: SitePage, language: Language) -> String {
    [PUBLIC_URL, &page.in_language(language)].concat()
}

/// The page in every language by its code, and as `x-default` for readers of any other.
pub(crate) fn alternates(page: SitePage) -> impl Iterator<Item = (&'static str, String)> {
    let languages = Language::all()
        .iter()
        .map(move |language| (language.code(), address(page, *language)));
    languages.chain([("x-default", address(page, Language::default()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_public_page_is_listed_in_every_language_with_all_its_languages() {
        let sitemap = sitemap();
        let languages = Language::all().len();
        let public = SitePage::ALL.iter().filter(|page| page.is_public()).count();
        assert_eq!(sitemap.matches("<loc>").count(), public * languages);
        assert_eq!(
            sitemap.matches("<xhtml:link").count(),
            public * languages * (languages + 1)
        );
        for language in Language::all() {
            let address = address(SitePage::Pricing, *language);
            assert!(sitemap.contains(&format!("<loc>{address}</loc>")), "{language}");
        }
        assert!(!sitemap.contains("/activate") && !sitemap.contains("/404"));
    }

    #[test]
    fn robots_are_kept_from_links_with_tokens_in_every_language() {
        let robots = robots();
        for language in Language::all() {
            let path = SitePage::Activate.in_language(*language);
            assert!(
                robots.lines().any(|line| line == format!("Disallow: {path}")),
                "{robots}"
            );
        }
        assert!(robots.contains("Sitemap: https://public-url.invalid/sitemap.xml"));
    }
}
