//! The look of the pages that the server makes itself: the product's own tokens, typeface and mark, before rules of their own.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::state::AppState;

const TOKENS: &str = include_str!("../../../style/tokens.css");
const TYPE: &str = include_str!("../../../style/type.css");
/// Where `type.css` looks for the font, before a build has given it a hashed name.
const FONT_IN_TYPE: &str = "/fonts/instrument-sans.woff2";

/// Answers with a style sheet: the tokens, the typeface of the built pages if there are any, and `own` rules.
pub fn sheet(state: &AppState, own: &str) -> Response {
    let pages = state.pages.as_ref();
    let font = pages.and_then(|pages| pages.asset("instrument-sans-", ".woff2"));
    let typeface = font.map(|font| TYPE.replace(FONT_IN_TYPE, &font));
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, [TOKENS, &typeface.unwrap_or_default(), own].concat()).into_response()
}

/// The product's mark and name, as the header of the site has them; `after` stands beside the name.
pub fn brand(product: &str, after: &Markup) -> Markup {
    html! {
        svg.brand__mark viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false" {
            rect.brand__ground x="1" y="1" width="22" height="22" rx="6" {}
            path.brand__line d="M6.5 9.5h11M8.5 9.5v7M15.5 9.5v4.5" {}
        }
        span { (product) (after) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_named_where_a_build_puts_another_address() {
        assert_eq!(TYPE.matches(FONT_IN_TYPE).count(), 1);
    }
}
