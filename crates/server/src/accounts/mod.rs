//! Accounts: how one comes to be, where it stands, how it is shown.

pub mod activation;
mod address;
mod entitlements;
mod standing;
pub mod trial;
mod view;

pub use entitlements::entitlements;
pub use standing::Standing;
pub use view::view;
