//! What the account may use, read by hand: see [`members`](super::members).

use onedesk_pricing::PlanId;
use onedesk_texts::Language;

use super::exchange::Method;
use super::members::Members;
use super::{Answer, SignedIn};

/// [`EntitlementsView`](onedesk_contract::entitlements::EntitlementsView), as much of it as the menu shows.
///
/// It is kept as the text that it came as, and read where it is drawn: of texts the screens have signals already.
#[derive(Debug)]
pub struct Entitlements(Members);

/// A feature in the menu.
#[derive(Debug)]
pub struct MenuFeature {
    /// Its name in code.
    pub key: String,
    /// Its name.
    pub name: String,
    /// A sentence that explains it.
    pub note: String,
    /// What it takes to use it; nothing where it is included.
    pub unlocked_by: Option<PlanId>,
}

impl Entitlements {
    /// Reads what [`SignedIn::entitlements`] has brought.
    pub fn read(text: &str) -> Option<Self> {
        Members::parse(text).map(Self)
    }

    /// The plan whose features these are, if there is one.
    pub fn plan(&self) -> Option<PlanId> {
        plan(&self.0, "plan")
    }

    /// Whether nothing was paid for yet.
    pub fn in_trial(&self) -> bool {
        self.0.text("state") == "trial"
    }

    /// Whom to ask for another plan.
    pub fn owner(&self) -> String {
        self.0.text("owner")
    }

    /// Those that the catalog wants in the menu, in its order.
    pub fn features(&self) -> Vec<MenuFeature> {
        let features = self.0.list("features").into_iter();
        features
            .filter(|feature| feature.is("in_menu"))
            .map(|feature| MenuFeature {
                key: feature.text("key"),
                name: feature.text("name"),
                note: feature.text("note"),
                unlocked_by: plan(&feature, "unlocked_by"),
            })
            .collect()
    }
}

impl SignedIn {
    /// `GET /api/account/entitlements`: what the account may use, in the words of a language. To be read by
    /// [`Entitlements::read`].
    pub async fn entitlements(self, language: Language) -> Answer<String> {
        let path = ["/api/account/entitlements?lang=", language.code()].concat();
        let body = self.ask(Method::Get, &path, None, None).await?;
        Members::read(&body, "features").map(|_| body.text)
    }
}

fn plan(of: &Members, name: &str) -> Option<PlanId> {
    PlanId::new(&of.text(name)).ok()
}
