//! The documents around the rendered pages.

use std::fmt::Write as _;

use onedesk_contract::catalog::CatalogView;
use onedesk_contract::pages::PUBLIC_URL;
use onedesk_subscribe::addresses::SitePage;
use onedesk_subscribe::embedded_catalog::{ELEMENT_ID, EmbeddedCatalog};
use onedesk_subscribe::pages::app::unopened::unopened;
use onedesk_subscribe::spoken::{self, ADDRESS_ATTRIBUTE};
use onedesk_texts::{Language, site};

use super::program::Program;
use super::render::Rendered;
use super::robots;
use super::structured_data;

/// Loads the page again when it has been built anew; the development server's.
const RELOAD: &str = "<script src=\"/dev/reload.js\" defer></script>\n";

/// Opens the chat on links to it; the server's.
const CHAT_OPENER: &str = "/server/chat-opener.js";

/// Width and height of the pictures in `public/social`, in pixels.
const PICTURE_SIZE: (&str, &str) = ("1200", "630");

/// A page of the site. `picture` is the address of what previews of it show.
pub(crate) fn site_page(
    page: SitePage,
    catalog: &CatalogView,
    texts: &str,
    picture: &str,
    rendered: &Rendered,
    program: &Program,
    dev: bool,
) -> Result<String, String> {
    let language: Language = catalog.language.parse().unwrap_or_default();
    let json = serde_json::to_string(&EmbeddedCatalog::from(catalog))
        .map_err(|error| format!("the catalog is no JSON: {error}"))?;
    let title = escaped(&rendered.head.title);
    let description = escaped(&rendered.head.description);
    let mut links = String::new();
    if page.is_public() {
        links.push_str(&link("canonical", None, &robots::address(page, language)));
        for (code, address) in robots::alternates(page) {
            links.push_str(&link("alternate", Some(code), &address));
        }
    } else {
        links.push_str("<meta name=\"robots\" content=\"noindex\">\n");
    }
    let preview = preview(
        page,
        language,
        &title,
        &description,
        &escaped(&catalog.vendor.name),
        picture,
    );
    // Links from an e-mail hold a token, which is nobody else's business.
    let referrer = if page == SitePage::Activate {
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
    } else {
        ""
    };
    let head = head(&title, program, dev);
    let data = structured_data(page, catalog, language, rendered)?;
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n{head}\
         <meta name=\"description\" content=\"{description}\">\n{links}{preview}{referrer}\
         <script type=\"application/json\" id=\"{ELEMENT_ID}\">{json}</script>\n\
         </head>\n<body>{body}\n<script type=\"text/plain\" id=\"{texts_id}\">{texts}</script>\n{data}</body>\n</html>\n",
        json = safe_in_script(&json),
        texts_id = spoken::ELEMENT_ID,
        body = rendered.body,
    ))
}

/// What search engines read off the pricing page, at its end: nobody who looks at the page waits for it.
fn structured_data(
    page: SitePage,
    catalog: &CatalogView,
    language: Language,
    rendered: &Rendered,
) -> Result<String, String> {
    let (SitePage::Pricing, Some(choice)) = (page, &rendered.choice) else {
        return Ok(String::new());
    };
    let data = structured_data::of_pricing(catalog, language, &rendered.head.description, choice)
        .map_err(|error| format!("the pricing page cannot tell search engines its prices: {error}"))?;
    Ok(format!(
        "<script type=\"application/ld+json\">{}</script>\n",
        safe_in_script(&data.to_string())
    ))
}

/// A page of the application, which the program draws.
///
/// Besides, it holds what is to be loaded and told before the program can: where the texts of each language are, and that
/// the application could not be opened.
pub(crate) fn application(
    vendor: &str,
    program: &Program,
    texts: &[(Language, String)],
    dev: bool,
) -> String {
    let title = escaped(vendor);
    let head = head(&title, program, dev);
    let mut languages = String::new();
    for (language, address) in texts {
        writeln!(
            languages,
            "<template lang=\"{language}\" {ADDRESS_ATTRIBUTE}=\"{address}\">{}</template>",
            unopened(*language)
        )
        .expect("a String takes all");
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n{head}\
         <meta name=\"robots\" content=\"noindex\">\n{languages}</head>\n<body>\
         <noscript><p>{title} needs JavaScript here. Prices, sign-up and account activation work without it: \
         <a href=\"{pricing}\">plans and prices</a>.</p></noscript></body>\n</html>\n",
        language = Language::default(),
        pricing = SitePage::Pricing.path(),
    )
}

fn head(title: &str, program: &Program, dev: bool) -> String {
    let Program {
        boot, style, font, ..
    } = program;
    let reload = if dev { RELOAD } else { "" };
    format!(
        "<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n\
         <link rel=\"preload\" href=\"{font}\" as=\"font\" type=\"font/woff2\" crossorigin>\n\
         <link rel=\"stylesheet\" href=\"{style}\">\n\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"theme-color\" content=\"#fbf9f4\" media=\"(prefers-color-scheme: light)\">\n\
         <meta name=\"theme-color\" content=\"#161513\" media=\"(prefers-color-scheme: dark)\">\n\
         <script type=\"module\" src=\"{boot}\" fetchpriority=\"low\"></script>\n\
         <script type=\"module\" src=\"{CHAT_OPENER}\" fetchpriority=\"low\"></script>\n{reload}"
    )
}

/// What the page looks like where somebody shares its address (Open Graph). All texts are escaped already.
fn preview(
    page: SitePage,
    language: Language,
    title: &str,
    description: &str,
    vendor: &str,
    picture: &str,
) -> String {
    // `fr_FR`, as Open Graph writes the tag of a locale.
    let locale = |language: &Language| language.conventions().locale.replace('-', "_");
    let mut out = String::new();
    let mut tell = |property: &str, content: &str| {
        writeln!(out, "<meta property=\"og:{property}\" content=\"{content}\">").expect("a String takes all");
    };
    tell("type", "website");
    tell("site_name", vendor);
    tell("title", title);
    tell("description", description);
    tell("url", &robots::address(page, language));
    tell("locale", &locale(&language));
    for other in Language::all().iter().filter(|other| **other != language) {
        tell("locale:alternate", &locale(other));
    }
    let (width, height) = PICTURE_SIZE;
    tell("image", &[PUBLIC_URL, picture].concat());
    tell("image:type", "image/png");
    tell("image:width", width);
    tell("image:height", height);
    // The words in the picture (tests/browser/screenshots/social.ts).
    let (headline, tagline) = (site::pricing(language).title(), site::footer(language).tagline());
    tell(
        "image:alt",
        &format!("{vendor}. {} {}", escaped(headline), escaped(tagline)),
    );
    out.push_str("<meta name=\"twitter:card\" content=\"summary_large_image\">\n");
    out
}

fn link(relation: &str, language: Option<&str>, path: &str) -> String {
    let language = language
        .map(|code| format!(" hreflang=\"{code}\""))
        .unwrap_or_default();
    format!("<link rel=\"{relation}\"{language} href=\"{path}\">\n")
}

/// Text for an element or a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// JSON for a script element, which ends at `</script` wherever it stands. `<` can only stand in JSON's strings, where
/// its escape means the same.
fn safe_in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_catalog_cannot_end_its_element() {
        let json = serde_json::to_string("</script><!--<script>").unwrap();
        let safe = safe_in_script(&json);
        assert!(!safe.contains('<'));
        assert_eq!(
            serde_json::from_str::<String>(&safe).unwrap(),
            "</script><!--<script>"
        );
    }

    #[test]
    fn a_shared_page_is_told_in_its_language_with_the_others() {
        let tags = preview(
            SitePage::Pricing,
            Language::Fr,
            "Tarifs",
            "Un prix.",
            "Desk &amp; Co",
            "/assets/social-fr-0123456789abcdef.png",
        );
        assert!(
            tags.contains("<meta property=\"og:locale\" content=\"fr_FR\">"),
            "{tags}"
        );
        assert!(
            tags.contains("content=\"https://public-url.invalid/fr/pricing\""),
            "{tags}"
        );
        assert!(tags.contains("content=\"Desk &amp; Co\""), "{tags}");
        let picture =
            "og:image\" content=\"https://public-url.invalid/assets/social-fr-0123456789abcdef.png\"";
        assert!(tags.contains(picture), "{tags}");
        assert!(
            tags.contains("og:image:alt\" content=\"Desk &amp; Co. Un prix par"),
            "{tags}"
        );
        assert_eq!(
            tags.matches("og:locale:alternate").count(),
            Language::all().len() - 1
        );
        assert!(!tags.contains("alternate\" content=\"fr_FR"), "{tags}");
    }

    #[test]
    fn texts_cannot_leave_their_attribute() {
        assert_eq!(escaped("\"A&B\" <x>"), "&quot;A&amp;B&quot; &lt;x&gt;");
    }
}
