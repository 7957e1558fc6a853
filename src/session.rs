//! Who is signed in, and in which language the application speaks to them.
//!
//! [`Session`] is built once, when the program starts, and handed down; its signals live as long as the page.
//! [`Account`] is what a signed-in screen works with: it exists only while somebody is signed in, so a screen need not
//! ask.

mod earlier;
mod farewell;
pub mod languages;
pub mod return_address;

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::account::{AccountView, LanguageChange};
use onedesk_contract::catalog::CatalogView;
use onedesk_texts::{Language, admin};

use crate::api::{Answer, ApiError, Client, OpenedSession, SignedIn, explain};
use crate::change::desk::ChangeDesk;
use crate::effect::effect;
use crate::embedded_catalog::Catalog;
use crate::order::desk::OrderDesk;
use crate::spoken;

pub use farewell::Farewell;

/// The session of this page, from its start to its end.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    standing: RwSignal<Standing>,
    language: RwSignal<Language>,
    catalog: RwSignal<Option<CatalogView>>,
    /// The one order that can be on its way.
    pub orders: OrderDesk,
    /// The one change of the subscription that can be on its way.
    pub changes: ChangeDesk,
}

/// Whether somebody is signed in.
#[derive(Clone, Debug)]
pub enum Standing {
    /// The server is being asked.
    Asking,
    /// The server could not say.
    Unreachable(ApiError),
    /// Nobody is.
    SignedOut(Farewell),
    /// Somebody is, in this account.
    SignedIn(SignedIn, ArcRwSignal<AccountView>),
}

impl Session {
    /// Begins with a language whose texts are here, and asks the server for the rest.
    pub fn begin(language: Language) -> Self {
        let session = Self {
            standing: RwSignal::new(Standing::Asking),
            language: RwSignal::new(language),
            catalog: RwSignal::new(None),
            orders: OrderDesk::new(),
            changes: ChangeDesk::new(),
        };
        effect(move || languages::announce(session.language.get()));
        if return_address::is_within(&path()) || earlier::is_likely() {
            session.ask();
        } else {
            // At the sign-in there is nothing to ask for: nobody has signed in with this browser.
            session.close(Farewell::take());
            session.load_catalog();
        }
        session
    }

    /// The page is left for one of another program, which begins the session anew.
    pub fn hand_over(self) {
        if let Standing::SignedOut(farewell) = self.standing.get_untracked() {
            farewell.keep();
        }
    }

    /// Asks the server whether the browser's session still is one.
    pub fn ask(self) {
        self.standing.set(Standing::Asking);
        self.load_catalog();
        spawn_local(async move {
            match Client.resume().await {
                Ok(Some(opened)) => self.open(opened).await,
                Ok(None) => self.close(Farewell::None),
                Err(error) => self.standing.set(Standing::Unreachable(error)),
            }
        });
    }

    /// Somebody has signed in: from here on the screens speak the user's language.
    pub async fn open(self, opened: OpenedSession) {
        let client = SignedIn::new(&opened, self.on_end());
        if let Ok(language) = opened.account.user.language.parse() {
            // Without these texts the screens go on in the language that they have, which can be changed there.
            drop(self.speak(language).await);
        }
        earlier::note();
        self.changes.resume(client, opened.account.user.id);
        self.standing
            .set(Standing::SignedIn(client, ArcRwSignal::new(opened.account)));
    }

    /// Nobody is signed in any more, which the server knows already.
    pub fn close(self, farewell: Farewell) {
        earlier::forget();
        self.orders.clear();
        self.changes.clear();
        self.standing.set(Standing::SignedOut(farewell));
    }

    /// Whether somebody is signed in. Not affected by changes within the account.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// The language of the screens.
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// Speaks another language from now on, here only. Texts and catalog come first, so that the screens change once.
    ///
    /// Fails if the texts could not be loaded: then the screens stay as they are.
    pub async fn speak(self, language: Language) -> Answer<()> {
        if self.language.get_untracked() == language {
            return Ok(());
        }
        spoken::load(language).await?;
        let catalog = Client.catalog(language.code()).await;
        if let Ok(catalog) = catalog {
            self.catalog.set(Some(catalog));
        }
        self.language.set(language);
        Ok(())
    }

    /// The catalog in the language of the screens, once it is here.
    pub fn catalog(self) -> Option<CatalogView> {
        self.catalog.get()
    }

    /// The product's name, once it is known.
    pub fn product(self) -> Option<String> {
        self.catalog
            .with(|catalog| catalog.as_ref().map(|catalog| catalog.vendor.name.clone()))
    }

    /// What a failed call means, in the language of the screens.
    pub fn explain(self, error: &ApiError) -> String {
        let language = self.language.get_untracked();
        let support = self.support();
        support.map_or_else(
            || admin::shell(language).unreachable().to_owned(),
            |support| explain(language, error, &support),
        )
    }

    /// Whom to write to for help, once it is known.
    pub fn support(self) -> Option<String> {
        self.catalog.with_untracked(|catalog| {
            catalog
                .as_ref()
                .map(|catalog| catalog.vendor.support_email.clone())
        })
    }

    /// Loads what is sold: for the first time, or because it has changed.
    pub fn load_catalog(self) {
        let language = self.language.get_untracked();
        spawn_local(async move {
            match Client.catalog(language.code()).await {
                // A language that was left again in the meantime is not shown.
                Ok(catalog) if self.language.get_untracked() == language => self.catalog.set(Some(catalog)),
                // Without a catalog no screen can be drawn; an older one is better than none.
                Err(error) if self.catalog.with_untracked(Option::is_none) => {
                    self.standing.set(Standing::Unreachable(error));
                }
                Ok(_) | Err(_) => {}
            }
        });
    }

    fn on_end(self) -> Callback<()> {
        Callback::new(move |()| {
            if matches!(self.standing.get_untracked(), Standing::SignedIn(..)) {
                self.close(Farewell::Ended);
            }
        })
    }
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// What a signed-in screen works with. Lives as long as the screens of one sign-in in one language.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// Asks the server.
    pub client: SignedIn,
    /// The account as last heard of.
    pub view: RwSignal<AccountView>,
    /// What is sold.
    pub catalog: Catalog,
    /// The language of the screens.
    pub language: Language,
    /// The session that this is part of.
    pub session: Session,
}

impl Account {
    /// Asks the server how the account stands, and shows it.
    pub async fn refresh(self) -> Answer<()> {
        self.client.account().await.map(|account| self.show(account))
    }

    /// The same without waiting for it. A failure leaves what is shown: it is as good as it was.
    pub fn refresh_soon(self) {
        spawn_local(async move { drop(self.refresh().await) });
    }

    /// Shows what the server has just said.
    pub fn show(self, account: AccountView) {
        // The screens may be gone by the time the answer comes. What is news to nobody draws nothing anew.
        let is_news = self.view.try_with_untracked(|shown| *shown != account);
        if is_news == Some(true) {
            self.view.set(account);
        }
    }

    /// Changes the language of the user's screens and e-mails.
    pub async fn change_language(self, language: Language) -> Answer<()> {
        // First, so that nothing is changed where the screens could not speak it.
        spoken::load(language).await?;
        let change = LanguageChange {
            language: language.code().to_owned(),
        };
        let account = self.client.set_language(&change).await?;
        self.show(account);
        self.session.speak(language).await
    }

    /// Ends the session, here and on the server. One that the server knows nothing of is as good as ended.
    pub async fn sign_out(self) -> Answer<()> {
        match self.client.sign_out().await {
            Err(error) if error.problem_type() != Some(ProblemType::NotSignedIn) => Err(error),
            _ => {
                self.session.close(Farewell::SignedOut);
                Ok(())
            }
        }
    }

    /// What a failed call means, in the user's language.
    pub fn explain(self, error: &ApiError) -> String {
        self.catalog
            .with(|catalog| explain(self.language, error, &catalog.vendor.support_email))
    }

    /// The title of the window while a screen is shown.
    pub fn window_title(self, screen: &str) -> String {
        self.view
            .with_untracked(|view| admin::shell(self.language).title(screen, &view.company))
    }

    /// Whether this user may manage users and the subscription.
    pub fn administers(self) -> bool {
        self.view.with(|account| account.user.role.administers())
    }
}
