//! `POST /api/payment-method/replacements`: another card in the place of the stored one.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{ASKS_HOLDER, PAYS_ONCE, in_mid_april, seats, shop_in_mid_april, usd};
use crate::orders_requests::{GOOD_CARD, id_of, pay_path};
use crate::orders_shop::{Buyer, Shop};

const PATH: &str = "/api/payment-method/replacements";

async fn replacement(shop: &Shop, buyer: &Buyer) -> Value {
    let reply = shop.api(Some(buyer), "POST", PATH).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply.json()
}

async fn card(shop: &Shop, buyer: &Buyer) -> Value {
    shop.details(buyer).await["payment_method"]["label"].clone()
}

#[tokio::test]
async fn a_failed_card_is_replaced_and_the_change_then_paid_with_the_new_one() {
    let (shop, ada) = in_mid_april(PAYS_ONCE).await;
    assert_eq!(shop.change(&ada, &seats(4)).await.problem(), "card-declined");
    let order = replacement(&shop, &ada).await;
    assert_eq!(
        (&order["kind"], &order["status"], &order["total"], &order["lines"]),
        (&json!("payment_method"), &json!("pending"), &usd(0), &json!([]))
    );
    let page = shop.api(None, "GET", &pay_path(&order)).await.text;
    assert!(
        page.contains("Save card") && page.contains("Nothing is charged now") && !page.contains("$0.00"),
        "{page}"
    );
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let seen = shop.seen(&ada, &order).await;
    assert_eq!(
        (&seen["status"], &seen["receipt"]),
        (&json!("paid"), &Value::Null)
    );
    assert_eq!(card(&shop, &ada).await, "Visa •••• 4242");
    let page = shop.api(None, "GET", &pay_path(&order)).await.text;
    assert!(page.contains("The card is saved"), "{page}");

    shop.changed(&ada, &seats(4)).await;
    // Nothing was charged for the card, invoiced or paid back.
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 2);
    assert_eq!(shop.number("SELECT count(*) FROM refunds").await, 0);
    assert_eq!(
        shop.number("SELECT count(*) FROM audit WHERE action = 'payment_method.replaced'")
            .await,
        1
    );
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn while_a_page_is_open_asking_again_gives_the_same_and_nothing_else_waits_for_it() {
    let (shop, ada) = shop_in_mid_april().await;
    let order = replacement(&shop, &ada).await;
    assert_eq!(replacement(&shop, &ada).await, order);
    let account = shop.api(Some(&ada), "GET", "/api/account").await.json();
    assert!(account["pending_order"].is_null(), "{account}");
    shop.changed(&ada, &seats(4)).await;

    let given_up = format!("/api/orders/{}/cancellation", id_of(&order));
    assert_eq!(
        shop.api(Some(&ada), "POST", &given_up).await.json()["status"],
        "cancelled"
    );
    shop.pay(&order, "5555 5555 5555 4444").await;
    assert_eq!(card(&shop, &ada).await, "Visa •••• 4242");
    assert_ne!(replacement(&shop, &ada).await["id"], order["id"]);
}

#[tokio::test]
async fn a_declined_card_is_not_saved_and_one_is_saved_once_its_holder_confirmed() {
    let (shop, ada) = shop_in_mid_april().await;
    let order = replacement(&shop, &ada).await;
    shop.pay(&order, "4000 0000 0000 0002").await;
    let page = shop.api(None, "GET", &pay_path(&order)).await.text;
    assert!(page.contains("The card was not saved"), "{page}");
    assert_eq!(card(&shop, &ada).await, "Visa •••• 4242");
    shop.pay(&order, ASKS_HOLDER).await;
    shop.authenticate(&order, "complete").await;
    shop.come_back(&order).await;
    assert_eq!(card(&shop, &ada).await, "Visa •••• 3155");
}

#[tokio::test]
async fn only_admins_of_a_subscribed_account_replace_its_card() {
    let (shop, ada) = shop_in_mid_april().await;
    let member = shop.user(ada.account, "mia", "member", "en").await;
    let eve = shop.buyer("eve").await;
    for (buyer, problem) in [
        (Some(&member), "not-allowed"),
        (Some(&eve), "not-found"),
        (None, "not-signed-in"),
    ] {
        assert_eq!(shop.api(buyer, "POST", PATH).await.problem(), problem);
    }
}
