//! A renewal whose answer comes when the subscription is another version than the one it was decided for.

use serde_json::json;

use crate::changes_requests::{PAYS_ONCE, seats};
use crate::orders_requests::GOOD_CARD;
use crate::orders_shop::{Buyer, Shop};
use crate::renewals_time::{monthly, shop_on};

/// A shop on 2 May: Ada's renewal of 1 May has failed, and the second try has no answer.
async fn unanswered() -> (Shop, Buyer) {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    shop.cards_become(GOOD_CARD).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-02T10:00:00Z").await;
    assert_eq!(shop.standing(&ada).await["past_due"]["failures"], 1);
    (shop, ada)
}

#[tokio::test]
async fn a_renewal_holds_at_another_version_of_the_subscription_if_its_lines_are_the_same() {
    let (shop, ada) = unanswered().await;
    let before = shop.details(&ada).await["subscription"]["version"].as_i64();
    shop.changed(&ada, &seats(2)).await;
    shop.changed(&ada, &json!({ "withdraw": "seats" })).await;
    let after = shop.details(&ada).await["subscription"]["version"].as_i64();
    assert_eq!(after, before.map(|version| version + 2));

    shop.charged_unheard("pay_late").await;
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-02T10:05:00Z").await;
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 3);
    assert_eq!(
        shop.texts("SELECT reference FROM charges ORDER BY id DESC LIMIT 1")
            .await,
        ["pay_late"]
    );
    assert_eq!(
        (shop.count("invoices").await, shop.count("refunds").await),
        (2, 0)
    );
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_renewal_at_another_version_whose_lines_are_others_goes_back_and_what_is_right_is_charged() {
    let (shop, ada) = unanswered().await;
    shop.changed(&ada, &seats(2)).await;
    shop.charged_unheard("pay_late").await;
    shop.provider_answers(true).await;
    for minute in ["05", "06"] {
        shop.set_clock(&format!("2027-05-02T10:{minute}:00Z")).await;
    }
    assert_eq!(
        shop.texts("SELECT reference || ' ' || reason FROM refunds").await,
        ["pay_late subscription-changed"]
    );
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 2);
    // 2 × $19.99, and 20 % of it.
    assert_eq!(
        shop.numbers("SELECT amount FROM charges ORDER BY id").await,
        [7_196, 4_798]
    );
    shop.assert_ledger_balances().await;
}
