//! What the letters about a subscription say, in English, French, German and Spanish.

use jiff::civil::date;
use onedesk_contract::orders::TransferInstructions;
use onedesk_pricing::{BillingPeriod, Choice, Currency, Money, ScheduledChange, Seats};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::mail::Letter;
use crate::store::At;
use crate::store::entities::accounts;
use crate::store::entities::users::StoredRole;

const SCREEN: &str = "https://desk.example/app/administration/subscription";

async fn desk() -> (TempDir, AppState) {
    let folder = tempfile::tempdir().expect("a folder");
    let state = AppState::sandbox(folder.path()).await;
    (folder, state)
}

fn acme() -> accounts::Model {
    accounts::Model {
        id: Uuid::from_u128(1),
        address: "acme".into(),
        company: "Acme".into(),
        country: "FR".into(),
        time_zone: "Europe/Paris".into(),
        trial_ends_at: At(0),
        trial_settled_at: None,
        preferred_choice: None,
        partner: None,
        created_at: At(0),
    }
}

fn user(id: u128, name: &str, language: &str, role: StoredRole) -> users::Model {
    users::Model {
        id: Uuid::from_u128(id),
        account_id: acme().id,
        email: format!("{}@example.com", name.to_lowercase()),
        name: name.into(),
        role,
        language: language.into(),
        password_hash: None,
        active: true,
        deactivated_at: None,
        created_at: At(0),
    }
}

fn ada() -> users::Model {
    user(2, "Ada", "en", StoredRole::Owner)
}

fn gustave() -> users::Model {
    user(3, "Gustave", "fr", StoredRole::Admin)
}

fn greta() -> users::Model {
    user(4, "Greta", "de", StoredRole::Admin)
}

fn pilar() -> users::Model {
    user(5, "Pilar", "es", StoredRole::Admin)
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn seats(number: &str) -> Seats {
    Seats::parse(number).expect("a number of licences")
}

/// Asserts that a letter says all of this, as text and as HTML, whatever the spaces.
#[track_caller]
fn assert_says(letter: &Letter, parts: &[&str]) {
    for words in [&letter.text, &letter.html] {
        let words = words.replace(['\u{a0}', '\u{202f}'], " ");
        for part in parts {
            assert!(words.contains(part), "no {part:?} in\n{words}");
        }
    }
}

#[track_caller]
fn assert_says_nothing_of(letter: &Letter, parts: &[&str]) {
    for part in parts {
        assert!(!letter.text.contains(part), "{part:?} in\n{}", letter.text);
    }
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[tokio::test]
async fn a_failed_payment_says_what_how_often_when_again_and_where_to_pay() {
    let (_folder, state) = desk().await;
    let failed = FailedPayment {
        attempt: 2,
        amount: eur(5394),
        card: Some("Visa •••• 0341"),
        why: WhyNotCharged::Declined,
        next_retry: Some(date(2026, 12, 4)),
    };
    let letter = payment_failed(&state, &acme(), &ada(), &failed);
    assert_eq!(
        (letter.kind, letter.to.as_str()),
        ("payment_failed", "ada@example.com")
    );
    assert_eq!(letter.subject, "Your OneDesk renewal could not be charged");
    assert_says(
        &letter,
        &[
            "Hello Ada,",
            "of Acme could not be charged to Visa •••• 0341.",
            "again on December 4, 2026",
            "your users keep working",
            "€53.94",
            SCREEN,
        ],
    );
    assert_says_nothing_of(&letter, &["suspended"]);

    let french = payment_failed(&state, &acme(), &gustave(), &failed);
    assert_says(
        &french,
        &[
            "Bonjour Gustave,",
            "Nous réessaierons le 4 décembre 2026.",
            "53,94 €",
            "Tentative n°",
        ],
    );
    assert_says(
        &payment_failed(&state, &acme(), &greta(), &failed),
        &[
            "Guten Tag Greta!",
            "konnte nicht von Visa •••• 0341 abgebucht werden.",
            "Wir versuchen es am 4. Dezember 2026 erneut.",
            "53,94 €",
        ],
    );
    let spanish = payment_failed(&state, &acme(), &pilar(), &failed);
    assert_eq!(spanish.subject, "No se ha podido cobrar su renovación de OneDesk");
    assert_says(
        &spanish,
        &[
            "Hola, Pilar:",
            "no se ha podido cobrar en Visa •••• 0341.",
            "Volveremos a intentarlo el 4 de diciembre de 2026.",
            "53,94 €",
        ],
    );

    for (why, words) in [
        (WhyNotCharged::Expired, "The card has expired."),
        (
            WhyNotCharged::NeedsHolder,
            "wants its holder to confirm the payment",
        ),
    ] {
        let letter = payment_failed(&state, &acme(), &ada(), &FailedPayment { why, ..failed });
        assert_says(
            &letter,
            &[
                "could not be charged to Visa •••• 0341.",
                words,
                "We will try again",
            ],
        );
    }

    let last = FailedPayment {
        card: None,
        next_retry: None,
        ..failed
    };
    let letter = payment_failed(&state, &acme(), &ada(), &last);
    assert_says(
        &letter,
        &["no card is stored", "This was the last try.", "will be suspended"],
    );
    assert_says_nothing_of(&letter, &["Next try", "keep working"]);
}

#[tokio::test]
async fn a_suspension_tells_the_owner_how_to_pay_and_an_admin_whom_to_ask() {
    let (_folder, state) = desk().await;
    let owner = ada();
    let suspension = WithoutSubscription {
        since: date(2026, 12, 8),
        deactivated: 2,
        owner: &owner,
    };
    let letter = suspended(&state, &acme(), &owner, &suspension);
    assert_eq!(letter.subject, "Your OneDesk subscription is suspended");
    assert_says(
        &letter,
        &[
            "suspended on December 8, 2026",
            "2 users were deactivated",
            "Nothing was deleted",
            "Pay the open renewal",
            SCREEN,
        ],
    );
    let to_admin = suspended(&state, &acme(), &gustave(), &suspension);
    assert_says(
        &to_admin,
        &["suspendu le 8 décembre 2026", "Ada (ada@example.com)"],
    );
    assert_says_nothing_of(&to_admin, &[SCREEN]);
}

#[tokio::test]
async fn the_end_of_a_cancelled_subscription_says_that_nothing_is_lost() {
    let (_folder, state) = desk().await;
    let owner = ada();
    let end = WithoutSubscription {
        since: date(2027, 1, 31),
        deactivated: 0,
        owner: &owner,
    };
    let letter = subscription_ended(&state, &acme(), &owner, &end);
    assert_says(
        &letter,
        &[
            "ended on January 31, 2027",
            "Nothing more is charged.",
            "nobody was deactivated",
            "Nothing was deleted",
            "Subscribe again",
            SCREEN,
        ],
    );
    let to_admin = subscription_ended(&state, &acme(), &gustave(), &end);
    assert_says(
        &to_admin,
        &["a pris fin le 31 janvier 2027", "s’abonner de nouveau"],
    );
    assert_says_nothing_of(&to_admin, &[SCREEN]);
}

#[tokio::test]
async fn a_renewal_notice_says_the_day_what_is_scheduled_and_the_amount_with_tax() {
    let (_folder, state) = desk().await;
    let choice = Choice {
        plan: "standard".parse().expect("a plan"),
        seats: seats("5"),
        period: BillingPeriod::Annual,
        currency: Currency::EUR,
    };
    let scheduled = ScheduledChange {
        seats: Some(seats("5")),
        ..ScheduledChange::default()
    };
    let renewal = ComingRenewal {
        on: date(2027, 11, 22),
        choice: &choice,
        scheduled: &scheduled,
        gross: eur(86_328),
        credit_used: eur(1_328),
        due: eur(85_000),
        card: Some("Visa •••• 4242"),
    };
    let letter = renewal_notice(&state, &acme(), &ada(), &renewal);
    assert_eq!(
        letter.subject,
        "Your OneDesk subscription renews on November 22, 2027"
    );
    assert_says(
        &letter,
        &[
            "Standard, 5 licences, billed annually",
            "What you scheduled is part of it: 5 licences.",
            "€863.28",
            "€13.28",
            "€850.00",
            "Visa •••• 4242",
            "do so before November 22, 2027",
            SCREEN,
        ],
    );
    let unscheduled = ComingRenewal {
        scheduled: &ScheduledChange::default(),
        credit_used: eur(0),
        card: None,
        ..renewal
    };
    let letter = renewal_notice(&state, &acme(), &gustave(), &unscheduled);
    assert_eq!(
        plain(&letter.subject),
        "Votre abonnement à OneDesk sera renouvelé le 22 novembre 2027"
    );
    assert_says(&letter, &["Aucune carte n’est enregistrée", "850,00 €"]);
    assert_says_nothing_of(&letter, &["prévus", "avoir"]);
    // Credit that pays all of it asks for no card.
    let covered = ComingRenewal {
        due: eur(0),
        card: None,
        ..renewal
    };
    assert_says_nothing_of(&renewal_notice(&state, &acme(), &ada(), &covered), &["No card"]);
}

/// “If at renewal there are more active users than the scheduled number of licences, the number of active users is billed
/// and the admin is told.”
#[tokio::test]
async fn the_admin_is_told_that_the_number_of_active_users_was_billed() {
    let (_folder, state) = desk().await;
    let renewal = RaisedRenewal {
        on: date(2027, 11, 22),
        scheduled: seats("3"),
        billed: seats("5"),
        gross: eur(86_328),
        invoice: "INV-000042",
    };
    let letter = renewal_raised(&state, &acme(), &ada(), &renewal);
    assert_eq!(letter.subject, "Your OneDesk renewal was billed for 5 licences");
    assert_says(
        &letter,
        &[
            "3 licences",
            "5 licences",
            "€863.28",
            "INV-000042",
            "Every active user needs a licence",
        ],
    );
    let french = renewal_raised(&state, &acme(), &gustave(), &renewal);
    assert_says(
        &french,
        &["5 licences", "863,28 €", "Personne n’a perdu son accès."],
    );
}

#[tokio::test]
async fn transfer_instructions_say_where_to_with_which_reference_and_until_when() {
    let (_folder, state) = desk().await;
    let order = Uuid::from_u128(9);
    let instructions = TransferInstructions {
        account_holder: "Sample Seller SAS".into(),
        iban: "FR76 3000 6000 0112 3456 7890 189".into(),
        bic: "AGRIFRPP".into(),
        bank: "Sample Bank".into(),
        reference: "OD-7F3K".into(),
        pay_by: date(2026, 12, 22),
        pro_forma: String::new(),
    };
    let awaited = AwaitedTransfer {
        order,
        amount: eur(73_397),
        instructions: &instructions,
    };
    let letter = transfer_instructions(&state, &acme(), &ada(), &awaited);
    let attached = letter
        .pro_forma
        .clone()
        .expect("the pro-forma invoice goes along");
    assert_eq!((attached.order, &attached.transfer), (order, &instructions));
    assert!(
        letter.subject.ends_with("reference OD-7F3K"),
        "{}",
        letter.subject
    );
    let path = format!("{SCREEN}/orders/{order}");
    assert_says(
        &letter,
        &[
            "€733.97",
            "Sample Seller SAS",
            "FR76 3000 6000 0112 3456 7890 189",
            "AGRIFRPP",
            "Sample Bank",
            "OD-7F3K",
            "December 22, 2026",
            "pro-forma invoice is attached",
            &path,
        ],
    );
    let without_bank = TransferInstructions {
        bic: String::new(),
        bank: String::new(),
        ..instructions.clone()
    };
    let awaited = AwaitedTransfer {
        instructions: &without_bank,
        ..awaited
    };
    let french = transfer_instructions(&state, &acme(), &gustave(), &awaited);
    assert_says(&french, &["733,97 €", "Titulaire du compte", "22 décembre 2026"]);
    assert_says_nothing_of(&french, &["BIC", "Banque"]);
    let german = transfer_instructions(&state, &acme(), &greta(), &awaited);
    assert_says(
        &german,
        &["733,97 €", "Empfänger", "Verwendungszweck", "22. Dezember 2026"],
    );
    let spanish = transfer_instructions(&state, &acme(), &pilar(), &awaited);
    assert_says(
        &spanish,
        &[
            "733,97 €",
            "Titular de la cuenta",
            "Indique la referencia OD-7F3K exactamente como figura",
            "22 de diciembre de 2026",
        ],
    );
    assert_says_nothing_of(&spanish, &["BIC", "Banco"]);
}
