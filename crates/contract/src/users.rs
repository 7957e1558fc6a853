//! The users of an account. (Customers need no licence and are not kept here.)

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::Role;
use crate::fields::{Email, FieldError, FieldErrors};

/// How many users one request may add.
pub const MAX_ADDED_AT_ONCE: u32 = 100;
/// How many mistakes of one list are told.
const MAX_MISTAKES: usize = 10;

/// `GET /api/users`, and the answer to every change of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsersView {
    /// The owner first, then by name and address.
    pub users: Vec<UserView>,
    /// Users that need a licence now.
    pub active_users: u32,
    /// Licences owned; none in the trial, which knows no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licences: Option<u32>,
}

/// One user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    /// Identity.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uuid,
    /// Name; empty until an invited user has joined.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// What the user may do.
    pub role: Role,
    /// Whether the user uses a licence.
    pub active: bool,
    /// Whether the invitation still waits to be accepted.
    pub invited: bool,
}

/// `POST /api/users`: invite one or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddUsersRequest {
    /// Addresses separated by commas, semicolons, spaces or new lines, as they are pasted.
    #[cfg_attr(feature = "openapi", schema(example = "ada@example.com, bob@example.com"))]
    pub emails: String,
    /// Role of all of them; there is one owner only.
    pub role: GrantedRole,
}

/// A role that can be given away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrantedRole {
    /// Manages users and the subscription.
    Admin,
    /// Works in the application.
    #[default]
    Member,
}

impl From<GrantedRole> for Role {
    fn from(role: GrantedRole) -> Self {
        match role {
            GrantedRole::Admin => Self::Admin,
            GrantedRole::Member => Self::Member,
        }
    }
}

impl AddUsersRequest {
    /// The addresses, each once, in the order typed. Words that are none are named, each once, the first ten of them.
    ///
    /// Reads no further than needed to refuse: the text may be anything. Both lists are short, so that looking a word up
    /// in them takes no set.
    pub fn parse(&self) -> Result<Vec<Email>, FieldErrors> {
        let (mut emails, mut wrong): (Vec<Email>, Vec<FieldError>) = Default::default();
        for word in self
            .emails
            .split([',', ';', ' ', '\t', '\n', '\r'])
            .filter(|word| !word.is_empty())
        {
            match Email::parse(word) {
                Ok(email) if emails.contains(&email) => {}
                Ok(_) if emails.len() == MAX_ADDED_AT_ONCE as usize => {
                    wrong.push(FieldError::TooMany {
                        max: MAX_ADDED_AT_ONCE,
                    });
                    break;
                }
                Ok(email) => emails.push(email),
                Err(_) => {
                    let error = FieldError::InvalidEmailInList {
                        word: word.chars().take(80).collect(),
                    };
                    if !wrong.contains(&error) {
                        wrong.push(error);
                    }
                }
            }
            if wrong.len() == MAX_MISTAKES {
                break;
            }
        }
        if wrong.is_empty() && emails.is_empty() {
            wrong.push(FieldError::Required);
        }
        if wrong.is_empty() {
            Ok(emails)
        } else {
            let mut errors = FieldErrors::default();
            errors.0.insert("emails".to_owned(), wrong);
            Err(errors)
        }
    }
}

/// `POST /api/users/reactivations`: let several deactivated users work again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReactivationsRequest {
    /// Which ones: all of them or none, if the licences do not suffice. Empty for as many as the licences allow, those
    /// first who were deactivated last, then by name.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    #[serde(default)]
    pub users: Vec<Uuid>,
}

/// The answer to [`AddUsersRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddUsersResponse {
    /// Addresses that were invited.
    pub added: Vec<String>,
    /// Addresses that belong to a user of this account already; they were left as they are.
    pub already_here: Vec<String>,
    /// Addresses that cannot join because they belong to another account.
    pub elsewhere: Vec<String>,
    /// Everybody, afterwards.
    pub view: UsersView,
}
