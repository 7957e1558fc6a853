//! Sessions and forgotten passwords.

use serde::{Deserialize, Serialize};

/// `POST /api/sessions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInRequest {
    /// The user's address.
    #[cfg_attr(feature = "openapi", schema(example = "you@example.com"))]
    pub email: String,
    /// The user's password.
    #[cfg_attr(feature = "openapi", schema(example = "correct horse battery staple"))]
    pub password: String,
}

/// `POST /api/password-resets`: send a link to choose a new password. Answered alike for every address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordResetRequest {
    /// Where the link goes, if a user has this address.
    #[cfg_attr(feature = "openapi", schema(example = "you@example.com"))]
    pub email: String,
}

/// `GET /api/password-resets/{token}`: whose password the link changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordResetView {
    /// The user's address.
    pub email: String,
}

/// `POST /api/password-resets/{token}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPassword {
    /// The new password.
    #[cfg_attr(feature = "openapi", schema(example = "correct horse battery staple"))]
    pub password: String,
}
