//! Every deed has words, in every language; odd rows break nothing.

use std::path::Path;

use onedesk_texts::Language;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::People;
use super::words::Words;
use crate::audit::actions;
use crate::catalog::Catalog;

const BOB: Uuid = Uuid::from_u128(7);

fn catalog() -> Catalog {
    Catalog::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/onedesk.toml"))
        .expect("the catalog of the project")
}

/// What is said, with plain spaces.
fn told(language: Language, action: &str, detail: &Value) -> Option<String> {
    let (catalog, people) = (catalog(), People::one(BOB, "Bob"));
    let words = Words {
        language,
        catalog: &catalog,
        people: &people,
    };
    let said = words.sentence(action, detail)?;
    Some(said.replace(['\u{a0}', '\u{202f}'], " "))
}

fn usd(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "USD" })
}

fn choice() -> Value {
    json!({ "plan": "premium", "seats": 3, "period": "annual", "currency": "USD" })
}

fn totals(due: i64, credit_used: i64) -> Value {
    json!({
        "net": usd(61_164), "tax": usd(12_233), "gross": usd(73_397),
        "credit_used": usd(credit_used), "credit_added": usd(0), "credit_left": usd(0), "due": usd(due),
    })
}

/// Everything that any action's detail holds.
fn everything() -> Value {
    json!({
        "user": BOB, "role": "admin", "days_left": 3, "told": [BOB], "deactivated": [BOB], "address": "acme",
        "company": "Acme", "country": "FR", "vat_number": "FR40303265045",
        "order": BOB, "subscription": BOB, "because": "given up", "payment": "pay_1", "invoice": "INV-000001",
        "amount": usd(73_397), "reason": "A goodwill gesture.", "reference": "OD-7", "card": "Visa •••• 4242", "kind": "subscribe",
        "staff": "Sam", "choice": choice(),
        "totals": totals(73_397, 0),
        "term": {
            "plan": "premium", "seats": 3, "period": "annual", "unit_price": usd(1699), "anchor": "2026-11-22",
            "current": { "start": "2026-11-22", "end": "2027-11-22" },
        },
        "request": "cancel", "events": [{ "cancelled": { "ends_on": "2027-11-22" } }],
        "renews_on": "2027-11-22", "due": usd(73_397), "attempt": 2, "next_retry": "2026-11-25", "since": "2026-11-29", "on": "2026-11-30",
    })
}

#[test]
fn every_action_has_words_in_every_language() {
    for language in Language::all() {
        for action in actions::ALL {
            let said = told(*language, action, &everything());
            let said =
                said.unwrap_or_else(|| panic!("no words for {action}, or its detail is not understood"));
            assert!(said.ends_with('.'), "{action}: {said}");
        }
    }
}

#[test]
fn a_row_that_cannot_be_understood_has_no_words_and_breaks_nothing() {
    for detail in [
        Value::Null,
        json!([]),
        json!({ "user": 7, "events": {}, "choice": "premium" }),
    ] {
        for action in actions::ALL {
            drop(told(Language::En, action, &detail));
        }
        assert_eq!(told(Language::En, actions::USER_ADDED, &detail), None);
    }
    assert_eq!(told(Language::En, "moon.landed", &everything()), None);
}

#[test]
fn amounts_plans_dates_and_names_are_told_as_elsewhere() {
    let en = |action| told(Language::En, action, &everything()).expect("words");
    assert_eq!(en(actions::USER_ADDED), "User added: Bob (Administrator).");
    assert_eq!(
        en(actions::ORDER_PLACED),
        "Ordered: Premium, 3 licences, billed annually. Due: $733.97."
    );
    assert_eq!(en(actions::ORDER_PAID), "$733.97 was paid. Invoice INV-000001.");
    assert_eq!(
        en(actions::SUBSCRIPTION_BEGUN),
        "The subscription began: Premium, 3 licences, billed annually. It renews on November 22, 2027."
    );
    assert_eq!(
        en(actions::BILLING_DETAILS_SAVED),
        "Billing details saved: Acme, France, VAT number FR40303265045."
    );
    let fr = |action| told(Language::Fr, action, &everything()).expect("words");
    assert_eq!(
        fr(actions::ORDER_PLACED),
        "Commande : Premium, 3 licences, facturé une fois par an. À payer : 733,97 $US."
    );
    assert_eq!(
        told(
            Language::Fr,
            actions::SUBSCRIPTION_PAYMENT_FAILED,
            &json!({ "attempt": 2, "next_retry": "2026-11-25" })
        )
        .expect("words"),
        "Le renouvellement n’a pas pu être débité (tentative n° 2). Prochaine tentative le 25 novembre 2026."
    );
    let de = |action| told(Language::De, action, &everything()).expect("words");
    assert_eq!(
        de(actions::ORDER_PLACED),
        "Bestellt: Premium, 3 Lizenzen, jährliche Abrechnung. Fällig: 733,97 $."
    );
    assert_eq!(
        de(actions::BILLING_DETAILS_SAVED),
        "Rechnungsdaten gespeichert: Acme, Frankreich, USt-IdNr. FR40303265045."
    );
    let es = |action| told(Language::Es, action, &everything()).expect("words");
    assert_eq!(
        es(actions::ORDER_PLACED),
        "Pedido: Premium, 3 licencias, facturación anual. A pagar: 733,97 US$."
    );
    assert_eq!(
        es(actions::SUBSCRIPTION_BEGUN),
        "Empezó la suscripción: Premium, 3 licencias, facturación anual. Se renueva el 22 de noviembre de 2027."
    );
    assert_eq!(
        es(actions::BILLING_DETAILS_SAVED),
        "Datos de facturación guardados: Acme, Francia, NIF-IVA FR40303265045."
    );
}

#[test]
fn orders_say_what_they_are_for_and_how_they_were_paid() {
    let en = |action, detail: Value| told(Language::En, action, &detail).expect("words");
    let placed = |kind: &str| {
        let detail = json!({ "kind": kind, "choice": choice(), "totals": totals(70_000, 3_397) });
        en(actions::ORDER_PLACED, detail)
    };
    assert_eq!(
        placed("change"),
        "A change was ordered, to Premium, 3 licences, billed annually. Due: $700.00."
    );
    assert_eq!(
        placed("renewal"),
        "The renewal fell due: Premium, 3 licences, billed annually. Due: $700.00."
    );
    assert_eq!(
        placed("recovery"),
        "The overdue renewal is being paid. Due: $700.00."
    );
    assert_eq!(
        placed("payment_method"),
        "A new card for later payments is being stored."
    );
    let paid = |amount, credit| {
        let detail = json!({ "amount": usd(amount), "credit_used": usd(credit), "invoice": "INV-000002" });
        en(actions::ORDER_PAID, detail)
    };
    assert_eq!(paid(500, 0), "$5.00 was paid. Invoice INV-000002.");
    assert_eq!(
        paid(500, 100),
        "$5.00 was paid, and $1.00 of account credit was used. Invoice INV-000002."
    );
    assert_eq!(
        paid(0, 600),
        "$6.00 of account credit was used. Invoice INV-000002."
    );
    assert_eq!(paid(0, 0), "There was nothing to pay. Invoice INV-000002.");
}

#[test]
fn every_event_of_a_subscription_is_a_sentence() {
    let events = json!([
        { "licences_added": { "added": 2, "licences": 5 } },
        { "plan_raised": { "from": "standard", "to": "premium" } },
        { "period_changed": { "from": "monthly", "to": "annual", "anchor": "2026-11-22" } },
        { "change_scheduled": { "change": { "seats": 3, "currency": "EUR" }, "on": "2027-11-22" } },
        { "change_withdrawn": { "change": { "plan": "standard", "period": "monthly" } } },
        { "resumed": { "renews_on": "2027-11-22" } },
    ]);
    assert_eq!(
        told(
            Language::En,
            actions::SUBSCRIPTION_CHANGED,
            &json!({ "events": events })
        )
        .expect("words"),
        "2 licences were added. There are now 5. \
         The plan was raised from Standard to Premium. \
         Billing is annual now. A full year began on November 22, 2026. \
         Scheduled for November 22, 2027: 3 licences, prices in EUR. \
         No longer scheduled: plan Standard, billed monthly. \
         The cancellation was withdrawn. The subscription renews on November 22, 2027."
    );
}

#[test]
fn a_renewal_tells_what_came_true_and_that_active_users_were_billed() {
    let nothing = json!({ "plan": null, "seats": null, "period": null, "currency": null });
    let renewed = |applied: &Value, raised: bool| {
        json!({ "renewed": {
            "period": { "start": "2027-01-31", "end": "2027-02-28" },
            "licences": 4, "applied": applied, "raised_to_active_users": raised,
        } })
    };
    let en = |action, events: Value| told(Language::En, action, &json!({ "events": events })).expect("words");
    let plain = "The subscription was renewed from January 31, 2027 to February 27, 2027 with 4 licences.";
    assert_eq!(
        en(actions::SUBSCRIPTION_RENEWED, json!([renewed(&nothing, false)])),
        plain
    );
    assert_eq!(
        en(
            actions::SUBSCRIPTION_RENEWED,
            json!([renewed(&json!({ "plan": "standard" }), true)])
        ),
        format!(
            "{plain} What was scheduled came true: plan Standard. \
             There were more active users than licences scheduled, so each of them was billed one."
        )
    );
    let recovered = json!({ "recovered": { "on": "2027-02-03", "anchor_moved": true } });
    assert_eq!(
        en(
            actions::SUBSCRIPTION_RECOVERED,
            json!([recovered, renewed(&nothing, false)])
        ),
        format!(
            "The overdue renewal was paid. Its period was over by then, so that a new one began on February 3, 2027. {plain}"
        )
    );
}

#[test]
fn events_of_a_later_version_are_passed_over() {
    let events = json!([{ "moon_landed": {} }, { "ended": { "on": "2027-02-28" } }]);
    let en = |events: Value| {
        told(
            Language::En,
            actions::SUBSCRIPTION_CHANGED,
            &json!({ "events": events }),
        )
    };
    assert!(
        en(events)
            .expect("words")
            .starts_with("The subscription ended on February 28, 2027.")
    );
    assert_eq!(
        en(json!([{ "moon_landed": {} }])).expect("words"),
        "The subscription was changed."
    );
}

#[test]
fn who_did_it_is_a_user_the_vendor_or_nobody() {
    let (catalog, people) = (catalog(), People::one(BOB, "Bob"));
    let actor = |language, user, detail: Value| {
        let words = Words {
            language,
            catalog: &catalog,
            people: &people,
        };
        words.actor(user, &detail)
    };
    assert_eq!(actor(Language::En, Some(BOB), json!({})), "Bob");
    assert_eq!(actor(Language::En, Some(Uuid::nil()), json!({})), "Former user");
    assert_eq!(actor(Language::En, None, json!({ "staff": "Sam" })), "OneDesk");
    assert_eq!(actor(Language::En, None, json!({})), "Automatically");
    assert_eq!(actor(Language::Fr, None, json!({})), "Automatique");
}
