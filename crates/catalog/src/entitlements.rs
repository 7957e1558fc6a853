//! What an account may use, and what unlocks the rest.
//!
//! Pure: which plan an account holds, and until when, is decided by whoever asks. The order of the plans says which is the
//! lowest; a plan includes all that a lower one does, which the check of the catalog sees to.

use onedesk_contract::catalog::CatalogView;
use onedesk_contract::entitlements::FeatureEntitlement;
use onedesk_pricing::{PlanId, PriceList};

/// What an account holds of the plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding<'a> {
    /// The features of a plan: subscribed to, or to be tried.
    Usable(&'a PlanId),
    /// Nothing may be used until the renewal of this plan is paid.
    Unpaid(&'a PlanId),
    /// Nothing.
    Nothing,
}

/// Whether a feature may be used, and what it takes where it may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitlement {
    /// Whether it may be used.
    pub included: bool,
    /// The lowest plan that includes it; the account's own, where that only has to be paid for. `None` where it is included,
    /// and for a feature that no plan includes, of which a checked catalog has none.
    pub unlocked_by: Option<PlanId>,
}

/// What an account that holds this may use of a feature that `plans` include.
///
/// A plan that is not sold any more is in no list. Whoever still subscribes to it keeps what every plan includes.
pub fn entitlement(list: &PriceList, plans: &[PlanId], holding: Holding<'_>) -> Entitlement {
    let holds = |plan: &PlanId| match list.level(plan) {
        Some(_) => plans.contains(plan),
        None => list.plans.iter().all(|sold| plans.contains(&sold.id)),
    };
    let unlocked_by = match holding {
        Holding::Usable(plan) if holds(plan) => {
            return Entitlement {
                included: true,
                unlocked_by: None,
            };
        }
        Holding::Unpaid(plan) if holds(plan) => Some(plan.clone()),
        _ => list
            .plans
            .iter()
            .map(|sold| &sold.id)
            .find(|id| plans.contains(id))
            .cloned(),
    };
    Entitlement {
        included: false,
        unlocked_by,
    }
}

/// Every feature of the catalog in its order, with what an account that holds this may use of it.
pub fn of_account(catalog: &CatalogView, holding: Holding<'_>) -> Vec<FeatureEntitlement> {
    let features = catalog.feature_groups.iter().flat_map(|group| &group.features);
    let entitled = features.map(|feature| {
        let Entitlement {
            included,
            unlocked_by,
        } = entitlement(&catalog.price_list, &feature.plans, holding);
        FeatureEntitlement {
            key: feature.id.clone(),
            name: feature.name.clone(),
            note: feature.note.clone(),
            in_menu: feature.in_menu,
            included,
            unlocked_by,
        }
    });
    entitled.collect()
}
