//! What handlers take from a request. Each refuses with an [`Error`](crate::error::Error), never with plain text.

mod client;
mod json_body;
mod page_query;
mod path_param;
mod query_params;
mod signed_in;
mod wanted_language;

pub use client::ClientIp;
pub use json_body::JsonBody;
pub use page_query::PageQuery;
pub use path_param::PathParam;
pub use query_params::QueryParams;
pub use signed_in::{Admin, SignedIn};
pub use wanted_language::WantedLanguage;
