//! Where the screens of the application stand.

/// The first screen.
pub const HOME: &str = "/app";
/// Who signs in, and who needs a licence.
pub const USERS: &str = "/app/administration/users";
/// What is subscribed to.
pub const SUBSCRIPTION: &str = "/app/administration/subscription";
/// Where users sign in.
pub const SIGN_IN: &str = "/app/sign-in";
/// Where a link to choose a new password is asked for.
pub const FORGOTTEN_PASSWORD: &str = "/app/forgot-password";
