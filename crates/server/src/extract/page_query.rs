use std::str::FromStr;

use serde::Deserialize;
use utoipa::IntoParams;

use crate::error::{Error, Result};

/// Which page of a list that is shown newest first.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Only what is older: `older_than` of the page before
    before: Option<String>,
    /// How many at most
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

impl PageQuery {
    /// What the page comes before, if it is not the first, and how many it holds: `usual` where nobody says otherwise.
    pub fn read<T: FromStr>(&self, usual: u32, most: u32) -> Result<(Option<T>, u32)> {
        let before = self.before.as_deref().map(str::parse).transpose();
        let before = before.map_err(|_| {
            Error::MalformedBody("`before` is not what a page gave as `older_than`".to_owned())
        })?;
        let limit = self.limit.unwrap_or(usual);
        if (1..=most).contains(&limit) {
            Ok((before, limit))
        } else {
            Err(Error::MalformedBody(format!(
                "`limit` is not between 1 and {most}"
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use onedesk_contract::history::MAX_ENTRIES_AT_ONCE;
    use onedesk_contract::invoices::MAX_INVOICES_AT_ONCE;
    use utoipa::openapi::schema::Schema;
    use utoipa::openapi::{Object, RefOr};

    use super::*;

    #[test]
    fn the_most_that_the_description_tells_is_the_most_that_is_given() {
        let parameters = PageQuery::into_params(|| None);
        let limit = parameters.iter().find(|parameter| parameter.name == "limit");
        let Some(Some(RefOr::T(Schema::Object(Object { maximum, .. })))) =
            limit.map(|limit| limit.schema.clone())
        else {
            panic!("`limit` is no number")
        };
        let told = serde_json::to_string(&maximum).expect("a number");
        assert_eq!(told.trim_end_matches(".0"), MAX_ENTRIES_AT_ONCE.to_string());
        assert_eq!(MAX_ENTRIES_AT_ONCE, MAX_INVOICES_AT_ONCE);
    }
}
