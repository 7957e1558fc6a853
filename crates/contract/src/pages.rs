//! What prerenderer and server agree on about built pages.

/// Stands in a built page for the address by which browsers reach the server (`https://desk.example`, without a slash at
/// its end), where an address has to be whole: links for search engines and previews. The server puts its own in its
/// place, so that pages are built once for any address. The name is reserved (RFC 6761): it leads nowhere.
pub const PUBLIC_URL: &str = "https://public-url.invalid";
