//! The screens of the application and where they stand.

use onedesk_pricing::PlanId;
use uuid::Uuid;

/// The first screen.
pub const HOME: &str = "/app";
/// Administration, which begins with the users.
pub const ADMINISTRATION: &str = "/app/administration";
/// Who signs in, and who needs a licence.
pub const USERS: &str = "/app/administration/users";
/// What is subscribed to.
pub const SUBSCRIPTION: &str = "/app/administration/subscription";
/// An order's own screen, followed by a slash and the order's id.
pub const ORDERS: &str = "/app/administration/subscription/orders";
/// The invoices; one has its own screen, below it, by its number.
pub const INVOICES: &str = "/app/administration/invoices";
/// Who is invoiced, the tax that follows from it, and the stored card.
pub const BILLING_DETAILS: &str = "/app/administration/billing";
/// What was done in the account.
pub const HISTORY: &str = "/app/administration/history";
/// Where users sign in.
pub const SIGN_IN: &str = "/app/sign-in";
/// Where a link to choose a new password is asked for.
pub const FORGOTTEN_PASSWORD: &str = "/app/forgot-password";
/// Where the link to choose a new password leads.
pub const RESET_PASSWORD: &str = "/app/reset-password";
/// Where an invitation leads.
pub const INVITATION: &str = "/app/invitation";

/// The programs that draw the application between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The entrance, the first screen, the users.
    Admin,
    /// Subscription and orders.
    Billing,
    /// Invoices, billing details, history.
    Records,
}

impl Program {
    /// Where its screens begin, those below them included. What stands at the nearest address above a screen draws it.
    pub const fn area(self) -> &'static [&'static str] {
        match self {
            Self::Admin => &[HOME],
            Self::Billing => &[SUBSCRIPTION],
            Self::Records => &[INVOICES, BILLING_DETAILS, HISTORY],
        }
    }
}

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
    /// See [`INVOICES`].
    Invoices,
    /// An invoice; none where the address names nothing that could be its number.
    Invoice(Option<InvoiceNumber>),
    /// See [`BILLING_DETAILS`].
    BillingDetails,
    /// See [`HISTORY`].
    History,
}

/// The number of an invoice as an address names it; whether there is such an invoice, the server knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvoiceNumber {
    /// Blanks fill the rest.
    letters: [u8; 24],
}

impl InvoiceNumber {
    /// Reads a number: letters, digits and hyphens, not too many.
    fn read(text: &str) -> Option<Self> {
        let is_one = |letter: &u8| letter.is_ascii_alphanumeric() || *letter == b'-';
        let mut letters = [b' '; 24];
        letters.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        (!text.is_empty() && text.as_bytes().iter().all(is_one)).then_some(Self { letters })
    }

    /// The number.
    pub fn text(self) -> String {
        let letters = self.letters.into_iter().map(char::from);
        letters.filter(|letter| *letter != ' ').collect()
    }
}

impl Screen {
    /// The screen of a path.
    pub fn at(path: &str) -> Self {
        match path.trim_end_matches('/') {
            HOME => Self::Inside(Inside::Home),
            ADMINISTRATION | USERS => Self::Inside(Inside::Users),
            SUBSCRIPTION => Self::Inside(Inside::Subscription),
            INVOICES => Self::Inside(Inside::Invoices),
            BILLING_DETAILS => Self::Inside(Inside::BillingDetails),
            HISTORY => Self::Inside(Inside::History),
            SIGN_IN => Self::Entrance(Entrance::SignIn),
            FORGOTTEN_PASSWORD => Self::Entrance(Entrance::ForgottenPassword),
            RESET_PASSWORD => Self::Entrance(Entrance::ResetPassword),
            INVITATION => Self::Entrance(Entrance::Invitation),
            path => match (below(path, ORDERS), below(path, INVOICES)) {
                (Some(id), _) => Self::Inside(Inside::Order(id.parse().ok())),
                (_, Some(number)) => Self::Inside(Inside::Invoice(InvoiceNumber::read(number))),
                (None, None) => Self::Nothing,
            },
        }
    }
}

/// What follows an address and a slash.
fn below<'a>(path: &'a str, address: &str) -> Option<&'a str> {
    path.strip_prefix(address)?.strip_prefix('/')
}

impl Screen {
    /// Who draws it; nobody in particular, where there is nothing to draw.
    pub const fn program(self) -> Option<Program> {
        match self {
            Self::Inside(inside) => Some(inside.program()),
            Self::Entrance(_) => Some(Program::Admin),
            Self::Nothing => None,
        }
    }
}

impl Inside {
    const fn program(self) -> Program {
        match self {
            Self::Home | Self::Users => Program::Admin,
            Self::Subscription | Self::Order(_) => Program::Billing,
            Self::Invoices | Self::Invoice(_) | Self::BillingDetails | Self::History => Program::Records,
        }
    }

    /// A screen that stands for all of its program.
    #[must_use]
    pub const fn first_of_program(self) -> Self {
        match self.program() {
            Program::Admin => Self::Home,
            Program::Billing => Self::Subscription,
            Program::Records => Self::Invoices,
        }
    }

    /// Whether it belongs to Administration, which is for those who administer.
    pub const fn is_administration(self) -> bool {
        !matches!(self, Self::Home)
    }

    /// Its entry in the list of Administration, by address, and whether the entry leads to this very screen.
    pub const fn entry(self) -> (&'static str, bool) {
        match self {
            Self::Home => (HOME, true),
            Self::Users => (USERS, true),
            Self::Subscription => (SUBSCRIPTION, true),
            // An order's screen stands below the subscription's and belongs to it.
            Self::Order(_) => (SUBSCRIPTION, false),
            Self::Invoices => (INVOICES, true),
            Self::Invoice(_) => (INVOICES, false),
            Self::BillingDetails => (BILLING_DETAILS, true),
            Self::History => (HISTORY, true),
        }
    }
}

/// The address of the Subscription screen with a plan dialled in.
pub fn subscription_to(plan: &PlanId) -> String {
    [SUBSCRIPTION, "?plan=", plan.as_str()].concat()
}

/// The address of an order's own screen.
pub fn order_address(id: Uuid) -> String {
    [ORDERS, "/", &id.to_string()].concat()
}

/// The address of an invoice's own screen.
pub fn invoice_address(number: &str) -> String {
    [INVOICES, "/", number].concat()
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
        assert_eq!(Screen::at(INVOICES), Screen::Inside(Inside::Invoices));
        assert_eq!(
            Screen::at(BILLING_DETAILS),
            Screen::Inside(Inside::BillingDetails)
        );
        assert_eq!(Screen::at(HISTORY), Screen::Inside(Inside::History));
    }

    #[test]
    fn an_invoice_is_found_by_its_number_and_what_cannot_be_a_number_is_no_invoice() {
        let Screen::Inside(Inside::Invoice(Some(number))) = Screen::at(&invoice_address("INV-000042")) else {
            panic!("no invoice");
        };
        assert_eq!(number.text(), "INV-000042");
        for word in ["INV%20", "é", "INV/000042", "INV-00000000000000000000042"] {
            assert_eq!(
                Screen::at(&invoice_address(word)),
                Screen::Inside(Inside::Invoice(None)),
                "{word}"
            );
        }
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
    fn the_page_of_an_address_and_its_screen_belong_to_one_program() {
        let order = order_address(Uuid::from_u128(7));
        let invoice = invoice_address("INV-000042");
        let unknown = [SUBSCRIPTION, "/orders/nonsense"].concat();
        let addresses = [
            HOME,
            ADMINISTRATION,
            USERS,
            SUBSCRIPTION,
            ORDERS,
            INVOICES,
            BILLING_DETAILS,
            HISTORY,
            SIGN_IN,
            FORGOTTEN_PASSWORD,
            RESET_PASSWORD,
            INVITATION,
            &order,
            &invoice,
            &unknown,
        ];
        for address in addresses {
            // As the server chooses the page.
            let is_below = |area: &&str| address == *area || below(address, area).is_some();
            let nearer = [Program::Billing, Program::Records];
            let served = nearer
                .into_iter()
                .find(|program| program.area().iter().any(is_below))
                .unwrap_or(Program::Admin);
            // Else the page would be loaded again and again.
            assert!(
                Screen::at(address)
                    .program()
                    .is_none_or(|program| program == served),
                "{address}"
            );
        }
    }

    #[test]
    fn elsewhere_there_is_nothing() {
        for path in [
            "/app/users",
            "/apps",
            "/app/administration/refunds",
            ORDERS,
            "",
            "/pricing",
        ] {
            assert_eq!(Screen::at(path), Screen::Nothing, "{path}");
        }
    }
}
