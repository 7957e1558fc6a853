//! Tables of what is on record, newest first; on a narrow screen each row is a card.

use crate::markup::Markup;

/// Puts the table around its pages, of which the first begins with its head; anything else stays as it is. (The roles
/// are said again: a table that is laid out as cards is none to some browsers.)
pub fn framed(html: &str) -> String {
    if html.starts_with("<caption") {
        ["<table class=\"table records\" role=\"table\">", html, "</table>"].concat()
    } else {
        html.to_owned()
    }
}

/// Writes what the table lists, for those who do not see it, and what each column holds.
pub fn head(markup: &mut Markup, caption: &str, columns: &[&str]) {
    markup
        .raw("<caption class=\"visually-hidden\">")
        .text(caption)
        .raw("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
    for column in columns {
        markup
            .raw("<th role=\"columnheader\" scope=\"col\">")
            .text(column)
            .raw("</th>");
    }
    markup.raw("</tr></thead>");
}

/// Writes the beginning of a cell that names its column.
pub fn cell<'a>(markup: &'a mut Markup, begin: &'static str, column: &str) -> &'a mut Markup {
    markup.raw(begin).text(column).raw("\">")
}

/// The beginning of a cell.
pub const CELL: &str = "<td role=\"cell\" data-label=\"";
/// The beginning of a cell that holds an amount.
pub const FIGURE: &str = "<td role=\"cell\" class=\"records__figure\" data-label=\"";
