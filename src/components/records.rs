//! A table of what is on record, such as invoices; on a narrow screen each row is a card.

use leptos::prelude::*;

use super::file_link::FileLink;
use crate::part::{IntoPart, Part};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// An amount.
    Figure(String),
    /// A link to a screen of the application: its words, and where it leads.
    Link(String, String),
    /// A file, in words for those who do not see the row, and where it is.
    File(&'static str, String, String),
}

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common, such as a day.
    pub title: Option<String>,
    /// The rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// Puts further groups below those that are there. The first of them may go on with the last of those.
pub fn append(groups: &mut Vec<Group>, more: Vec<Group>) {
    for group in more {
        match groups.last_mut() {
            Some(last) if last.title == group.title => last.rows.extend(group.rows),
            _ => groups.push(group),
        }
    }
}

/// The id of the row that takes the focus.
pub const FOCUSED_ROW: &str = "next-record";

/// The table. (The roles are said again: a table that is laid out as cards is none to some browsers.)
#[component]
pub fn Records(
    /// What it lists, for those who do not see it.
    caption: &'static str,
    /// What each column holds.
    columns: Vec<&'static str>,
    /// The rows.
    groups: Vec<Group>,
    /// Which row can take the focus, by [`FOCUSED_ROW`].
    focusable: usize,
) -> impl IntoView {
    let heads = columns
        .iter()
        .map(|column| view! { <th role="columnheader" scope="col">{*column}</th> });
    let heads = heads.collect_view();
    let mut at = 0;
    let groups = groups.into_iter().map(|group| {
        let rows = group.rows.into_iter().map(|cells| {
            let is_focusable = at == focusable;
            at += 1;
            let cells = cells.into_iter().zip(&columns).enumerate();
            let cells = cells.map(|(place, (cell, column))| self::cell(place == 0, cell, column));
            view! {
                <tr
                    role="row"
                    class="table__row"
                    id=is_focusable.then_some(FOCUSED_ROW)
                    tabindex=is_focusable.then_some("-1")
                >
                    {cells.collect_view()}
                </tr>
            }
        });
        let rows = rows.collect_view();
        let title = group.title.map(|title| {
            view! {
                <tr role="row" class="records__group">
                    <th role="rowheader" scope="rowgroup" colspan=columns.len().to_string()>{title}</th>
                </tr>
            }
        });
        view! { <tbody role="rowgroup">{title}{rows}</tbody> }
    });
    let groups = groups.collect_view();
    view! {
        <table class="table records" role="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            {groups}
        </table>
    }
    .part()
}

/// A cell; the first one names its row.
fn cell(is_name: bool, cell: Cell, column: &'static str) -> Part {
    let class = if matches!(cell, Cell::Figure(_)) {
        "records__figure"
    } else {
        "records__cell"
    };
    let content = match cell {
        Cell::Text(words) | Cell::Figure(words) => words.part(),
        Cell::Link(words, href) => view! { <a href=href>{words}</a> }.part(),
        Cell::File(words, label, href) => {
            view! { <FileLink href words=words.to_owned() label class="records__file"/> }.part()
        }
    };
    if is_name {
        view! { <th role="rowheader" scope="row" class="table__name">{content}</th> }.part()
    } else {
        view! { <td role="cell" class=class data-label=column>{content}</td> }.part()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(title: &str, rows: &[&str]) -> Group {
        Group {
            title: Some(title.to_owned()),
            rows: rows
                .iter()
                .map(|row| vec![Cell::Text((*row).to_owned())])
                .collect(),
        }
    }

    #[test]
    fn a_page_that_begins_in_the_middle_of_a_day_goes_on_with_it() {
        let mut groups = Vec::new();
        append(
            &mut groups,
            vec![group("Monday", &["d"]), group("Sunday", &["c"])],
        );
        append(
            &mut groups,
            vec![group("Sunday", &["b"]), group("Friday", &["a"])],
        );
        let expected = [
            group("Monday", &["d"]),
            group("Sunday", &["c", "b"]),
            group("Friday", &["a"]),
        ];
        assert_eq!(groups, expected);
    }
}
