//! What the sign-in screen says first, also when it belongs to another program than the screen that was left.

use crate::order::kept;

/// Its place in the tab's `sessionStorage`.
const PLACE: &str = "onedesk.farewell";

/// What the sign-in screen says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// Nothing: nobody was signed in.
    None,
    /// The user signed out.
    SignedOut,
    /// The session ended while somebody worked.
    Ended,
    /// A new password was set, which ended every session.
    PasswordSet,
}

impl Farewell {
    /// Keeps it for the next page.
    pub fn keep(self) {
        match self {
            Self::None => kept::forget(PLACE),
            Self::SignedOut => kept::store(PLACE, "signed-out"),
            Self::Ended => kept::store(PLACE, "ended"),
            Self::PasswordSet => kept::store(PLACE, "password-set"),
        }
    }

    /// What the page before has kept. It is said once.
    pub fn take() -> Self {
        let farewell = match kept::stored(PLACE).as_deref() {
            Some("signed-out") => Self::SignedOut,
            Some("ended") => Self::Ended,
            Some("password-set") => Self::PasswordSet,
            _ => Self::None,
        };
        kept::forget(PLACE);
        farewell
    }
}
