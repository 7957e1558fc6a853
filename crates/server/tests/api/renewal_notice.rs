//! The letter seven days before an annual renewal.

use serde_json::json;

use crate::changes_requests::{PAYS_ONCE, seats};
use crate::orders_requests::{GOOD_CARD, three_premium};
use crate::renewals_time::{monthly, shop_on};

const KIND: &str = "renewal_notice";

#[tokio::test]
async fn seven_days_before_an_annual_renewal_its_admins_are_told_day_amount_card_and_what_is_scheduled() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &three_premium(), GOOD_CARD).await;
    shop.colleague(&ada, "bob", "admin").await;
    shop.changed(&ada, &seats(2)).await;
    shop.set_clock("2028-03-24T22:59:00Z").await;
    assert_eq!(shop.told("ada@example.com", &[KIND]).await.len(), 0);
    // 25 March in Paris.
    shop.set_clock("2028-03-24T23:00:00Z").await;
    for admin in ["ada@example.com", "bob@example.com"] {
        let letter = shop.letter(admin, KIND).await;
        // 2 × $16.99 × 12, and 20 % of it.
        for words in [
            "April 1, 2028",
            "$489.31",
            "Visa •••• 4242",
            "2 licences",
            "billed annually",
        ] {
            assert!(letter.contains(words), "{words}: {letter}");
        }
    }
    // Once a period.
    shop.set_clock("2028-03-30T10:00:00Z").await;
    assert_eq!(shop.told("ada@example.com", &[KIND]).await.len(), 1);
    shop.set_clock("2028-04-01T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2028-04-01 2029-04-01");
    shop.set_clock("2029-03-25T10:00:00Z").await;
    assert_eq!(shop.told("ada@example.com", &[KIND]).await.len(), 2);
    assert_eq!(
        shop.count("audit WHERE action = 'subscription.renewal_announced'")
            .await,
        2
    );
}

#[tokio::test]
async fn one_that_was_missed_is_sent_late_and_not_at_all_after_the_renewal() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    shop.renewing("ada", &three_premium(), GOOD_CARD).await;
    shop.set_clock("2028-03-31T10:00:00Z").await;
    let letter = shop.letter("ada@example.com", KIND).await;
    assert!(letter.contains("April 1, 2028"), "{letter}");

    let shop = shop_on("2027-04-01T10:00:00Z").await;
    shop.renewing("ada", &three_premium(), GOOD_CARD).await;
    shop.set_clock("2028-04-01T10:00:00Z").await;
    assert_eq!(shop.count("invoices").await, 2);
    assert_eq!(shop.told("ada@example.com", &[KIND]).await.len(), 0);
}

#[tokio::test]
async fn nobody_is_told_of_monthly_cancelled_and_overdue_renewals() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    shop.renewing("monthly", &monthly(), GOOD_CARD).await;
    let cancelled = shop.renewing("cancelled", &three_premium(), GOOD_CARD).await;
    shop.changed(&cancelled, &json!("cancel")).await;
    shop.set_clock("2027-04-26T10:00:00Z").await;
    shop.set_clock("2028-03-26T10:00:00Z").await;
    assert_eq!(shop.count("outbox WHERE kind = 'renewal_notice'").await, 0);

    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let overdue = shop.renewing("overdue", &three_premium(), PAYS_ONCE).await;
    // Past the week before it.
    shop.set_clock("2028-04-02T10:00:00Z").await;
    shop.set_clock("2028-04-03T10:00:00Z").await;
    assert_eq!(shop.standing(&overdue).await["past_due"]["failures"], 2);
    assert_eq!(shop.count("outbox WHERE kind = 'renewal_notice'").await, 0);
}
