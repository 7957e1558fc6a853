//! The server's JSON API, one function an endpoint.
//!
//! - **Two clients, two types.** [`Client`] asks what anybody may ask. [`SignedIn`] asks what needs a session, and can
//!   only be had from an [`OpenedSession`], which only an answer of the server makes: a call without a session does not
//!   compile.
//! - **Three ways to fail**, see [`ApiError`]: the server said no, it could not be reached, it could not be understood.
//! - A `SignedIn` client that hears that its session is over says so to whoever opened it, once for the whole
//!   application, so that no screen has to.
//!
//! The session is a cookie that scripts cannot read; the browser sends it along, to this origin only.

pub mod account;
mod billing;
mod entitlements;
mod exchange;
pub mod members;
mod problem;
mod signed_in;
pub mod subscription;
mod words;

use onedesk_contract::ProblemType;
use onedesk_contract::account::AccountView;
use onedesk_contract::catalog::CatalogView;
use onedesk_contract::sign_in::{NewPassword, PasswordResetRequest, PasswordResetView, SignInRequest};
use onedesk_contract::sign_up::{
    AcceptInvitation, ActivationRequest, AddressView, InvitationView, SignUpAccepted, SignUpRequest,
};
use onedesk_pricing::{Choice, Quote};
use serde::Deserialize;

pub use entitlements::{Entitlements, MenuFeature};
pub use members::Members;
pub use problem::{LicencesAndUsers, Problem};
pub use signed_in::SignedIn;
pub use words::explain;

use crate::embedded_catalog::EmbeddedCatalog;
use account::opened;
use exchange::{Method, encode, exchange, json};

/// Why a call brought nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The server refused, and says why.
    Problem(Box<Problem>),
    /// No answer: no network, no server, or none within [`TIMEOUT_SECONDS`]. Whether the request arrived is unknown.
    Offline,
    /// An answer that is not of this API, such as the error page of a proxy.
    Unreadable {
        /// Its HTTP status.
        status: u16,
    },
}

/// After how many seconds without an answer a call counts as [`ApiError::Offline`].
pub const TIMEOUT_SECONDS: u32 = 30;

impl ApiError {
    /// The problem, where the server told one.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Offline | Self::Unreadable { .. } => None,
        }
    }

    /// What went wrong, where the server told.
    pub fn problem_type(&self) -> Option<ProblemType> {
        self.problem().map(|problem| problem.problem_type)
    }

    /// Whether the same request may succeed if it is just sent again: nobody answered, or the server stumbled.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Offline => true,
            Self::Unreadable { status } => *status >= 500,
            Self::Problem(problem) => {
                problem.status >= 500 || problem.problem_type == ProblemType::IdempotencyKeyInUse
            }
        }
    }
}

/// A result of a call.
pub type Answer<T> = Result<T, ApiError>;

/// A session that the server has just opened or confirmed.
///
/// Not to be made outside this module: it is the proof that [`SignedIn`] asks for.
#[derive(Debug)]
#[expect(
    clippy::manual_non_exhaustive,
    reason = "that attribute would let the rest of this crate make one"
)]
pub struct OpenedSession {
    /// The account signed in to.
    pub account: AccountView,
    _proof: (),
}

impl OpenedSession {
    fn new(account: AccountView) -> Self {
        Self { account, _proof: () }
    }
}

/// Whose link it is: as much of [`ActivationView`](onedesk_contract::sign_up::ActivationView) as the form shows. The rest
/// would bring the reading of instants into the site's bundle.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LinkOwner {
    /// The address that signed up.
    pub email: String,
}

/// A file of the pages that is text.
pub async fn file(address: &str) -> Answer<String> {
    exchange(Method::Get, address, None, None)
        .await
        .map(|body| body.text)
}

/// What anybody may ask, without a session.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client;

impl Client {
    /// `GET /api/catalog`: plans and prices in the words of a language (its code). Features and questions are left
    /// unread: the application shows neither.
    pub async fn catalog(self, language: &str) -> Answer<CatalogView> {
        let path = ["/api/catalog?lang=", language].concat();
        json::<EmbeddedCatalog>(exchange(Method::Get, &path, None, None).await?).map(CatalogView::from)
    }

    /// `POST /api/quotes`: what a choice costs today.
    pub async fn quote(self, choice: &Choice) -> Answer<Quote> {
        json(exchange(Method::Post, "/api/quotes", Some(encode(choice)), None).await?)
    }

    /// `POST /api/sign-ups`: start a trial. The answer is the same for known and unknown addresses.
    pub async fn sign_up(self, request: &SignUpRequest) -> Answer<SignUpAccepted> {
        json(exchange(Method::Post, "/api/sign-ups", Some(encode(request)), None).await?)
    }

    /// `GET /api/activations/{token}`: what the activation form is filled with, or what became of the link.
    pub async fn activation(self, token: &str) -> Answer<LinkOwner> {
        json(exchange(Method::Get, &with_token("/api/activations/", token), None, None).await?)
    }

    /// `GET /api/activations/{token}/address`: the account's address as it will be for this company's name.
    pub async fn account_address(self, token: &str, company: &str) -> Answer<AddressView> {
        let company = js_sys::encode_uri_component(company);
        let path = format!(
            "{}/address?company={company}",
            with_token("/api/activations/", token)
        );
        json(exchange(Method::Get, &path, None, None).await?)
    }

    /// `POST /api/activations/{token}`: open the account, and a session in it. The account of the answer is left unread:
    /// the application reads it anew, and the site's bundle is spared the reading.
    pub async fn activate(self, token: &str, request: &ActivationRequest) -> Answer<()> {
        let path = with_token("/api/activations/", token);
        exchange(Method::Post, &path, Some(encode(request)), None)
            .await
            .map(drop)
    }

    /// `POST /api/sessions`: sign in.
    pub async fn sign_in(self, request: &SignInRequest) -> Answer<OpenedSession> {
        opened(exchange(Method::Post, "/api/sessions", Some(encode(request)), None).await?)
    }

    /// `GET /api/account`: the session of the browser's cookie, if that still is one.
    pub async fn resume(self) -> Answer<Option<OpenedSession>> {
        match exchange(Method::Get, "/api/account", None, None)
            .await
            .and_then(opened)
        {
            Ok(session) => Ok(Some(session)),
            Err(error) if error.problem_type() == Some(ProblemType::NotSignedIn) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `POST /api/password-resets`: send a link to choose a new password. The answer is the same for every address.
    pub async fn request_password_reset(self, request: &PasswordResetRequest) -> Answer<()> {
        exchange(Method::Post, "/api/password-resets", Some(encode(request)), None)
            .await
            .map(drop)
    }

    /// `GET /api/password-resets/{token}`: whose password the link changes, or what became of the link.
    pub async fn password_reset(self, token: &str) -> Answer<PasswordResetView> {
        json(
            exchange(
                Method::Get,
                &with_token("/api/password-resets/", token),
                None,
                None,
            )
            .await?,
        )
    }

    /// `POST /api/password-resets/{token}`: set the new password. Ends every session of the user.
    pub async fn set_password(self, token: &str, request: &NewPassword) -> Answer<()> {
        let path = with_token("/api/password-resets/", token);
        exchange(Method::Post, &path, Some(encode(request)), None)
            .await
            .map(drop)
    }

    /// `GET /api/invitations/{token}`: who is invited where, or what became of the link.
    pub async fn invitation(self, token: &str) -> Answer<InvitationView> {
        json(exchange(Method::Get, &with_token("/api/invitations/", token), None, None).await?)
    }

    /// `POST /api/invitations/{token}`: join the account, and open a session in it.
    pub async fn accept_invitation(self, token: &str, request: &AcceptInvitation) -> Answer<OpenedSession> {
        let path = with_token("/api/invitations/", token);
        opened(exchange(Method::Post, &path, Some(encode(request)), None).await?)
    }
}

/// A token stands in the address of a page, so people can put anything there; here it stays one path segment.
/// An empty one becomes `-`, which no token is, so that the answer is about a link and not about an address.
fn with_token(path: &str, token: &str) -> String {
    let token = if token.is_empty() {
        "-".into()
    } else {
        String::from(js_sys::encode_uri_component(token))
    };
    format!("{path}{token}")
}
