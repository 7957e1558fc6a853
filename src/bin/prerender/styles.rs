//! Joins style sheets: one request rather than twenty.

/// The sheets in their order, without comments, indentation and empty lines.
///
/// Nothing else is shortened: compression does that better than a rewriting of CSS that has to know all of its syntax.
pub(crate) fn join(sheets: &[String]) -> String {
    let mut out = String::new();
    for sheet in sheets {
        for line in without_comments(sheet)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Leaves out `/* … */`; what stands between quotation marks is left alone.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut quote = None;
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        match quote {
            None if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |(_, after)| after);
                continue;
            }
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_strings_stay() {
        let sheets = [
            "a {\n  /* not\n this */\n  content: \"/* this */ é\";\n}\n".to_owned(),
            "/* open".to_owned(),
        ];
        assert_eq!(join(&sheets), "a {\ncontent: \"/* this */ é\";\n}\n");
    }
}
