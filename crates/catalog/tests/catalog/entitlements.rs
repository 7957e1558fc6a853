//! What an account may use, by the plan that it holds.

use onedesk_catalog::Holding;
use onedesk_catalog::entitlements::{Entitlement, entitlement};
use onedesk_contract::entitlements::FeatureEntitlement;
use onedesk_pricing::{Currency, PlanId, PlanPrices, PriceList, ProrationUnit, Seats, Trial};
use onedesk_texts::Language;
use proptest::prelude::*;

use crate::files::Files;

fn plan(level: usize) -> PlanId {
    PlanId::new(&format!("level-{level}")).expect("an id")
}

/// A price list of so many plans. What they cost decides nothing here.
fn list(levels: usize) -> PriceList {
    let plans = (0..levels).map(|level| PlanPrices {
        id: plan(level),
        prices: Vec::new(),
    });
    PriceList {
        version: "1".into(),
        currencies: vec![Currency::EUR],
        max_seats: Seats::ONE,
        trial: Trial {
            days: 14,
            plan: plan(levels - 1),
        },
        proration: ProrationUnit::Day,
        plans: plans.collect(),
    }
}

fn by_key(features: &[FeatureEntitlement]) -> Vec<(&str, bool, Option<&str>)> {
    features.iter().map(row).collect()
}

fn row(feature: &FeatureEntitlement) -> (&str, bool, Option<&str>) {
    let unlocked_by = feature.unlocked_by.as_ref().map(PlanId::as_str);
    (&feature.key, feature.included, unlocked_by)
}

#[test]
fn a_lower_plan_lacks_what_a_higher_one_unlocks() {
    let catalog = Files::good().load().expect("no mistake");
    let standard = PlanId::new("standard").expect("an id");
    let held = catalog.entitlements(Language::Fr, Holding::Usable(&standard));
    assert_eq!(
        by_key(&held),
        [("tickets", true, None), ("sso", false, Some("premium"))]
    );
    let view = catalog.view("fr").expect("French");
    assert_eq!(held[1].name, view.feature_groups[0].features[1].name);
    let premium = PlanId::new("premium").expect("an id");
    let held = catalog.entitlements(Language::En, Holding::Usable(&premium));
    assert_eq!(by_key(&held), [("tickets", true, None), ("sso", true, None)]);
}

#[test]
fn without_a_plan_nothing_is_included_and_the_lowest_plan_unlocks() {
    let catalog = Files::good().load().expect("no mistake");
    assert_eq!(
        by_key(&catalog.entitlements(Language::En, Holding::Nothing)),
        [
            ("tickets", false, Some("standard")),
            ("sso", false, Some("premium"))
        ]
    );
}

#[test]
fn what_is_not_paid_for_is_unlocked_by_the_own_plan() {
    let catalog = Files::good().load().expect("no mistake");
    let premium = PlanId::new("premium").expect("an id");
    assert_eq!(
        by_key(&catalog.entitlements(Language::En, Holding::Unpaid(&premium))),
        [
            ("tickets", false, Some("premium")),
            ("sso", false, Some("premium"))
        ]
    );
    let standard = PlanId::new("standard").expect("an id");
    assert_eq!(
        by_key(&catalog.entitlements(Language::En, Holding::Unpaid(&standard))),
        [
            ("tickets", false, Some("standard")),
            ("sso", false, Some("premium"))
        ]
    );
}

#[test]
fn a_plan_that_is_not_sold_any_more_keeps_what_every_plan_includes() {
    let (list, gone) = (list(3), PlanId::new("classic").expect("an id"));
    let of = |from: usize| {
        let plans: Vec<_> = (from..3).map(plan).collect();
        entitlement(&list, &plans, Holding::Usable(&gone))
    };
    assert!(of(0).included);
    assert_eq!(
        of(1),
        Entitlement {
            included: false,
            unlocked_by: Some(plan(1))
        }
    );
}

proptest! {
    #[test]
    fn what_unlocks_a_feature_includes_it_and_no_lower_plan_does(
        (levels, from, held) in (1_usize..6).prop_flat_map(|levels| (Just(levels), 0..levels, 0..levels)),
    ) {
        let list = list(levels);
        let plans: Vec<_> = (from..levels).map(plan).collect();
        let held = plan(held);
        let usable = entitlement(&list, &plans, Holding::Usable(&held));
        prop_assert_eq!(usable.included, plans.contains(&held));
        prop_assert_eq!(usable.included, usable.unlocked_by.is_none());
        if let Some(unlocked_by) = usable.unlocked_by {
            prop_assert_eq!(&unlocked_by, &plan(from));
            prop_assert!(entitlement(&list, &plans, Holding::Usable(&unlocked_by)).included);
            prop_assert!(list.level(&unlocked_by) > list.level(&held));
        }
        // Nothing is included without a paid plan, and something always unlocks it.
        for holding in [Holding::Unpaid(&held), Holding::Nothing] {
            let entitlement = entitlement(&list, &plans, holding);
            prop_assert!(!entitlement.included);
            prop_assert!(plans.contains(&entitlement.unlocked_by.expect("a plan")));
        }
    }

    #[test]
    fn a_higher_plan_never_includes_less(
        (levels, from) in (2_usize..6).prop_flat_map(|levels| (Just(levels), 0..levels)),
    ) {
        let list = list(levels);
        let plans: Vec<_> = (from..levels).map(plan).collect();
        let included: Vec<_> = (0..levels)
            .map(|level| entitlement(&list, &plans, Holding::Usable(&plan(level))).included)
            .collect();
        prop_assert!(included.is_sorted());
    }
}
