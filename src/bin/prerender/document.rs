//! The documents around the rendered pages.

use onedesk_contract::catalog::CatalogView;
use onedesk_subscribe::addresses::SitePage;
use onedesk_subscribe::embedded_catalog::{ELEMENT_ID, EmbeddedCatalog};
use onedesk_texts::Language;

use super::program::Program;
use super::render::Rendered;

/// Loads the page again when it has been built anew; the development server's.
const RELOAD: &str = "<script src=\"/dev/reload.js\" defer></script>\n";

/// Opens the chat on links to it; the server's.
const CHAT_OPENER: &str = "/server/chat-opener.js";

/// A page of the site.
pub(crate) fn site_page(
    page: SitePage,
    language: Language,
    catalog: &CatalogView,
    rendered: &Rendered,
    program: &Program,
    dev: bool,
) -> Result<String, String> {
    let catalog = serde_json::to_string(&EmbeddedCatalog::from(catalog))
        .map_err(|error| format!("the catalog is no JSON: {error}"))?;
    let title = escaped(&rendered.head.title);
    let description = escaped(&rendered.head.description);
    let mut links = String::new();
    if page.is_public() {
        links.push_str(&link("canonical", None, &page.in_language(language)));
        for other in Language::all() {
            links.push_str(&link("alternate", Some(other.code()), &page.in_language(*other)));
        }
        links.push_str(&link(
            "alternate",
            Some("x-default"),
            &page.in_language(Language::default()),
        ));
    } else {
        links.push_str("<meta name=\"robots\" content=\"noindex\">\n");
    }
    // Links from an e-mail hold a token, which is nobody else's business.
    let referrer = if page == SitePage::Activate {
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
    } else {
        ""
    };
    let head = head(&title, program, dev);
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n{head}\
         <meta name=\"description\" content=\"{description}\">\n{links}{referrer}\
         <script type=\"application/json\" id=\"{ELEMENT_ID}\">{json}</script>\n\
         </head>\n<body>{body}</body>\n</html>\n",
        json = safe_in_script(&catalog),
        body = rendered.body,
    ))
}

/// A page of the application, which the program draws.
pub(crate) fn application(vendor: &str, program: &Program, dev: bool) -> String {
    let title = escaped(vendor);
    let head = head(&title, program, dev);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n{head}\
         <meta name=\"robots\" content=\"noindex\">\n</head>\n<body>\
         <noscript><p>{title} needs JavaScript here. Prices, sign-up and account activation work without it: \
         <a href=\"{pricing}\">plans and prices</a>.</p></noscript></body>\n</html>\n",
        language = Language::default(),
        pricing = SitePage::Pricing.path(),
    )
}

fn head(title: &str, program: &Program, dev: bool) -> String {
    let Program { boot, style, font } = program;
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
    fn texts_cannot_leave_their_attribute() {
        assert_eq!(escaped("\"A&B\" <x>"), "&quot;A&amp;B&quot; &lt;x&gt;");
    }
}
