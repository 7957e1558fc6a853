//! The screens of the application and where they stand.

use uuid::Uuid;

/// The first screen.
pub const HOME: &str = "/app";
/// Administration, which begins with the users.
pub const ADMINISTRATION: &str = "/app/administration";
/// Who signs in, and who needs a licence.
pub const USERS: &str = "/app/administration/users";
/// What is subscribed to.
pub const SUBSCRIPTION: &str = "/app/administration/subscription";
/// The invoices; below it, after a slash and its number, each one.
pub const INVOICES: &str = "/app/administration/invoices";
/// Who is invoiced, and which card is charged.
pub const BILLING: &str = "/app/administration/billing";
/// Who did what and when.
pub const HISTORY: &str = "/app/administration/history";
/// An order's own screen, followed by a slash and the order's id.
pub const ORDERS: &str = "/app/administration/subscription/orders";
/// Where users sign in.
pub const SIGN_IN: &str = "/app/sign-in";
/// Where a link to choose a new password is asked for.
pub const FORGOTTEN_PASSWORD: &str = "/app/forgot-password";
/// Where the link to choose a new password leads.
pub const RESET_PASSWORD: &str = "/app/reset-password";
/// Where an invitation leads.
pub const INVITATION: &str = "/app/invitation";

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// For everybody.
    Entrance(Entrance),
    /// For those who are signed in.
    Inside(Inside),
    /// Nothing stands at the address.
    Nothing,
}

/// The screens before the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// See [`SIGN_IN`].
    SignIn,
    /// See [`FORGOTTEN_PASSWORD`].
    ForgottenPassword,
    /// See [`RESET_PASSWORD`].
    ResetPassword,
    /// See [`INVITATION`].
    Invitation,
}

/// The screens behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// See [`HOME`].
    Home,
    /// See [`USERS`].
    Users,
    /// See [`SUBSCRIPTION`].
    Subscription,
    /// An order; none where the address names no order's id.
    Order(Option<Uuid>),
}

impl Screen {
    /// The screen of a path.
    pub fn at(path: &str) -> Self {
        match path.trim_end_matches('/') {
            HOME => Self::Inside(Inside::Home),
            ADMINISTRATION | USERS => Self::Inside(Inside::Users),
            SUBSCRIPTION => Self::Inside(Inside::Subscription),
            SIGN_IN => Self::Entrance(Entrance::SignIn),
            FORGOTTEN_PASSWORD => Self::Entrance(Entrance::ForgottenPassword),
            RESET_PASSWORD => Self::Entrance(Entrance::ResetPassword),
            INVITATION => Self::Entrance(Entrance::Invitation),
            path => match path.strip_prefix(ORDERS).and_then(|rest| rest.strip_prefix('/')) {
                Some(id) => Self::Inside(Inside::Order(id.parse().ok())),
                None => Self::Nothing,
            },
        }
    }
}

impl Inside {
    /// Whether it belongs to Administration, which is for those who administer.
    pub const fn is_administration(self) -> bool {
        !matches!(self, Self::Home)
    }
}

/// The address of an order's own screen.
pub fn order_address(id: Uuid) -> String {
    [ORDERS, "/", &id.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_is_found_at_its_address() {
        assert_eq!(Screen::at("/app"), Screen::Inside(Inside::Home));
        assert_eq!(Screen::at("/app/"), Screen::Inside(Inside::Home));
        assert_eq!(Screen::at("/app/administration"), Screen::Inside(Inside::Users));
        assert_eq!(Screen::at(USERS), Screen::Inside(Inside::Users));
        assert_eq!(Screen::at(SUBSCRIPTION), Screen::Inside(Inside::Subscription));
        assert_eq!(Screen::at(SIGN_IN), Screen::Entrance(Entrance::SignIn));
        assert_eq!(
            Screen::at(FORGOTTEN_PASSWORD),
            Screen::Entrance(Entrance::ForgottenPassword)
        );
        assert_eq!(
            Screen::at(RESET_PASSWORD),
            Screen::Entrance(Entrance::ResetPassword)
        );
        assert_eq!(Screen::at(INVITATION), Screen::Entrance(Entrance::Invitation));
    }

    #[test]
    fn an_order_is_found_by_its_id_and_another_word_is_no_order() {
        let id = Uuid::from_u128(7);
        assert_eq!(
            Screen::at(&order_address(id)),
            Screen::Inside(Inside::Order(Some(id)))
        );
        assert_eq!(
            Screen::at(&[ORDERS, "/nonsense"].concat()),
            Screen::Inside(Inside::Order(None))
        );
    }

    #[test]
    fn elsewhere_there_is_nothing() {
        for path in [
            "/app/users",
            "/apps",
            "/app/administration/invoices",
            ORDERS,
            "",
            "/pricing",
        ] {
            assert_eq!(Screen::at(path), Screen::Nothing, "{path}");
        }
    }
}
