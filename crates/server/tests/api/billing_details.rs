//! `/api/billing-details`: who is invoiced, and the VAT number.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::server::{Client, TestServer};

const PATH: &str = "/api/billing-details";

/// Details of a French company, with changes.
pub fn details(changes: Value) -> Value {
    let mut body = json!({
        "company": "Atelier Lumière",
        "address": ["Bâtiment B", "27 quai des Célestins"],
        "postcode": "69002",
        "city": "Lyon",
        "country": "FR",
        "vat_number": "FR 40 303 265 045",
        "email": "Compta@example.com",
    });
    let (Value::Object(members), Value::Object(changes)) = (&mut body, changes) else {
        panic!("no objects")
    };
    members.extend(changes);
    body
}

/// A German company with one of the sandbox's numbers.
pub fn german(vat_number: &str) -> Value {
    details(json!({ "country": "DE", "city": "Berlin", "postcode": "10115", "vat_number": vat_number }))
}

/// Saves details and expects them to be taken.
pub async fn saved(client: &Client, body: &Value) -> Value {
    let answer = client.put(PATH, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.body
}

fn standing(details: &Value) -> &str {
    details["vat"]["standing"].as_str().unwrap_or("none")
}

#[tokio::test]
async fn before_they_are_saved_they_are_what_the_account_says() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let answer = ada.get(PATH).await;
    assert_eq!(
        answer.body,
        json!({
            "company": "Acme",
            "address": [],
            "postcode": "",
            "city": "",
            "country": "FR",
            "email": "",
            "saved": false,
            "treatment": { "kind": "domestic", "rate": 2000, "country": "FR" },
        })
    );
}

#[tokio::test]
async fn what_was_saved_is_shown_tidied_up() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let details = saved(
        &ada,
        &details(
            json!({ "company": "  Atelier   Lumière ", "address": ["", " 27 quai  des Célestins", ""] }),
        ),
    )
    .await;
    assert_eq!(
        details,
        json!({
            "company": "Atelier Lumière",
            "address": ["27 quai des Célestins"],
            "postcode": "69002",
            "city": "Lyon",
            "country": "FR",
            "vat": { "number": "FR40303265045", "standing": "confirmed" },
            "email": "compta@example.com",
            "saved": true,
            "treatment": { "kind": "domestic", "rate": 2000, "country": "FR" },
        })
    );
    assert_eq!(ada.get(PATH).await.body, details);

    // Postcode, VAT number and e-mail address may be left empty again.
    let mut less = details.clone();
    for field in ["postcode", "email", "vat_number"] {
        less[field] = json!(" ");
    }
    let less = saved(&ada, &less).await;
    assert_eq!((&less["postcode"], &less["email"]), (&json!(""), &json!("")));
    assert!(less["vat"].is_null(), "{less}");
}

#[tokio::test]
async fn mistakes_stand_beside_their_fields() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let long = "x".repeat(101);
    for (changes, field, code) in [
        (json!({ "company": "" }), "company", "required"),
        (json!({ "company": "--" }), "company", "invalid_text"),
        (json!({ "company": long }), "company", "too_long"),
        (json!({ "address": [] }), "address", "required"),
        (json!({ "address": ["", " "] }), "address", "required"),
        (
            json!({ "address": ["1", "2", "3", "4", "5"] }),
            "address",
            "too_many",
        ),
        (json!({ "address": ["a\u{0}b"] }), "address", "invalid_text"),
        (json!({ "postcode": "12345678901234567" }), "postcode", "too_long"),
        (json!({ "city": " " }), "city", "required"),
        (json!({ "country": "" }), "country", "required"),
        (json!({ "country": "EL" }), "country", "unknown_country"),
        (json!({ "email": "compta" }), "email", "invalid_email"),
        (
            json!({ "vat_number": "303265045" }),
            "vat_number",
            "vat_number_prefix",
        ),
        (
            json!({ "vat_number": "FR4030326504" }),
            "vat_number",
            "vat_number_form",
        ),
        (
            json!({ "vat_number": "FR41303265045" }),
            "vat_number",
            "vat_number_check_digits",
        ),
        (
            json!({ "country": "DE" }),
            "vat_number",
            "vat_number_of_other_country",
        ),
        (
            json!({ "vat_number": "DE100000008" }),
            "vat_number",
            "vat_number_of_other_country",
        ),
    ] {
        let answer = ada.put(PATH, &details(changes.clone())).await;
        answer.assert_field(field, code);
        assert_eq!(
            answer.body["fields"].as_object().unwrap().len(),
            1,
            "{changes} {answer:?}"
        );
    }
    let all = ada.put(PATH, &json!({})).await;
    for field in ["company", "address", "city", "country"] {
        all.assert_field(field, "required");
    }
    let form = ada.put(PATH, &details(json!({ "vat_number": "FR1" }))).await;
    assert_eq!(form.body["fields"]["vat_number"][0]["word"], "FR11123456782");
    assert_eq!(
        ada.get(PATH).await.body["saved"],
        false,
        "nothing of it was saved"
    );
}

/// A slip of one digit, in countries whose check digits are made differently.
#[tokio::test]
async fn a_vat_number_with_a_wrong_check_is_refused_beside_its_field_and_nothing_is_saved() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    assert_eq!(
        saved(&ada, &german("DE100000008")).await["vat"]["number"],
        "DE100000008"
    );
    for (country, number) in [
        ("DE", "DE100000009"),
        ("FR", "FR41303265045"),
        ("BE", "BE0200000044"),
        ("AT", "ATU12345678"),
    ] {
        let wrong = details(json!({ "country": country, "vat_number": number }));
        let answer = ada.put(PATH, &wrong).await;
        answer.assert_field("vat_number", "vat_number_check_digits");
        let kept = ada.get(PATH).await.body;
        assert_eq!(
            (&kept["country"], &kept["vat"]["number"]),
            (&json!("DE"), &json!("DE100000008")),
            "{number}"
        );
        assert_eq!(kept["treatment"]["kind"], "reverse_charge", "{number}");
    }
    let letters = "SELECT count(*) FROM outbox WHERE kind = 'vat_number_wrong'";
    assert_eq!(server.number(letters).await, 0);
}

#[tokio::test]
async fn what_is_no_body_is_told_so() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    for body in [json!({ "address": "1 rue" }), json!({ "company": 1 })] {
        ada.put(PATH, &body).await.assert_problem(400, "malformed-body");
    }
}

#[tokio::test]
async fn only_the_owner_and_admins_see_and_change_them() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let member = server.joined(&ada, &["mia@example.com"]).await.remove(0);
    let stranger = server.client();
    for (client, status, problem) in [(&member, 403, "not-allowed"), (&stranger, 401, "not-signed-in")] {
        client.get(PATH).await.assert_problem(status, problem);
        client
            .put(PATH, &details(json!({})))
            .await
            .assert_problem(status, problem);
    }
    let other = server
        .activated_with("bob@example.com", json!({ "company": "Bob" }))
        .await;
    saved(&ada, &details(json!({}))).await;
    assert_eq!(
        other.get(PATH).await.body["company"],
        "Bob",
        "each account has its own"
    );
}

#[tokio::test]
async fn the_treatment_follows_country_and_vat_number() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    for (body, kind, rate) in [
        (german("DE100000008"), "reverse_charge", 0),
        (german(""), "buyers_country", 1900),
        (german("DE200000005"), "buyers_country", 1900),
        (german("DE300000002"), "reverse_charge", 0),
        (details(json!({ "country": "MC" })), "domestic", 2000),
        (
            details(json!({ "country": "US", "vat_number": "" })),
            "outside_scope",
            0,
        ),
        (
            details(json!({ "country": "GB", "vat_number": "" })),
            "outside_scope",
            0,
        ),
    ] {
        let details = saved(&ada, &body).await;
        assert_eq!(
            (&details["treatment"]["kind"], &details["treatment"]["rate"]),
            (&json!(kind), &json!(rate)),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_register_that_is_away_blocks_nothing_and_is_asked_again() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    assert_eq!(standing(&saved(&ada, &german("DE300000002")).await), "pending");
    server.advance_days(2).await;
    assert_eq!(standing(&ada.get(PATH).await.body), "pending");

    assert_eq!(standing(&saved(&ada, &german("DE400000000")).await), "pending");
    // Not before the pause is over.
    server
        .advance(json!({ "set": server.now_plus_minutes(1).await }))
        .await;
    assert_eq!(standing(&ada.get(PATH).await.body), "pending");
    server.advance(json!({ "advance_hours": 1 })).await;
    assert_eq!(standing(&ada.get(PATH).await.body), "confirmed");
}

#[tokio::test]
async fn a_number_that_is_found_wrong_later_is_told_to_the_admins_and_taxed() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    server.joined(&ada, &["mia@example.com"]).await;
    assert_eq!(standing(&saved(&ada, &german("DE500000007")).await), "pending");
    server.advance(json!({ "advance_hours": 1 })).await;
    let details = ada.get(PATH).await.body;
    assert_eq!(standing(&details), "wrong");
    assert_eq!(details["treatment"]["kind"], "buyers_country");
    let letters = of_kind(&server, "ada@example.com").await;
    assert_eq!(letters.len(), 1, "{letters:#?}");
    let text = letters[0]["text"].as_str().unwrap();
    assert!(text.contains("DE500000007") && text.contains("Acme"), "{text}");
    assert!(
        of_kind(&server, "mia@example.com").await.is_empty(),
        "members are not written to"
    );

    server.advance_days(40).await;
    assert_eq!(of_kind(&server, "ada@example.com").await.len(), 1, "once");
}

#[tokio::test]
async fn a_number_that_is_wrong_at_once_is_shown_and_not_written_about() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    assert_eq!(standing(&saved(&ada, &german("DE200000005")).await), "wrong");
    assert!(of_kind(&server, "ada@example.com").await.is_empty());
}

async fn of_kind(server: &TestServer, email: &str) -> Vec<Value> {
    let mut letters = server.mail_to(email).await;
    letters.retain(|letter| letter["kind"] == "vat_number_wrong");
    letters
}
