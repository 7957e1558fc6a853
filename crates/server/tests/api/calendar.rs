//! Renewals and changes on the days on which calendars differ; time zones are in `calendar_zones`. Rules: *Billing period*, *Proration*, *Changes*.

use serde_json::json;

use crate::changes_requests::{plan, seats, usd};
use crate::orders_requests::{GOOD_CARD, three_premium};
use crate::renewals_time::{monthly, shop_on};

/// Subscribes at noon of a day, walks to the renewals one after the other, and compares the days of the periods.
async fn renewed_on(order: &serde_json::Value, first: &str, renewals: &[&str]) {
    let shop = shop_on(&format!("{first}T12:00:00Z")).await;
    let ada = shop.subscriber_in("UTC", "ada", order, GOOD_CARD).await;
    for (index, day) in renewals.iter().enumerate() {
        let before = i64::try_from(index).unwrap() + 1;
        assert_eq!(shop.at_the_turn_of(day, "UTC").await, before, "{day}");
        assert_eq!(shop.count("invoices").await, before + 1, "{day}");
        assert!(shop.period(&ada).await.starts_with(day), "{day}");
    }
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_monthly_subscription_of_31_january_renews_on_the_last_days_of_shorter_months_and_never_drifts() {
    renewed_on(
        &monthly(),
        "2027-01-31",
        &["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"],
    )
    .await;
    // In a leap year.
    renewed_on(&monthly(), "2028-01-31", &["2028-02-29", "2028-03-31"]).await;
}

#[tokio::test]
async fn a_yearly_subscription_of_29_february_renews_on_28_february_and_in_leap_years_on_the_29th() {
    renewed_on(
        &three_premium(),
        "2028-02-29",
        &["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
    )
    .await;
}

#[tokio::test]
async fn at_the_end_of_the_year_the_next_one_begins() {
    renewed_on(&monthly(), "2027-12-01", &["2028-01-01", "2028-02-01"]).await;
    renewed_on(&monthly(), "2027-12-31", &["2028-01-31", "2028-02-29"]).await;
    renewed_on(&three_premium(), "2027-12-31", &["2028-12-31"]).await;
}

#[tokio::test]
async fn a_change_on_the_first_day_of_a_period_pays_for_all_of_it() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    let change = shop.changed(&ada, &seats(5)).await;
    assert_eq!(change["order"]["taxed"]["net"], usd(2 * 1_999));
    shop.set_clock("2027-06-01T10:00:00Z").await;
    assert_eq!(
        shop.number("SELECT net FROM invoices ORDER BY number DESC").await,
        5 * 1_999
    );
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_change_on_the_last_day_of_a_period_pays_for_one_day_and_is_renewed_the_next() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    // 23:30 on 30 April in Paris.
    shop.set_clock("2027-04-30T21:30:00Z").await;
    let change = shop.changed(&ada, &seats(5)).await;
    // 2 × $19.99 × 1/30 = $1.33.
    assert_eq!(change["order"]["taxed"]["net"], usd(133));
    assert_eq!(shop.at_the_turn_of("2027-05-01", "Europe/Paris").await, 2);
    assert_eq!(
        shop.number("SELECT net FROM invoices ORDER BY number DESC").await,
        5 * 1_999
    );
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_change_twice_in_a_day_is_charged_each_time_for_what_it_adds() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.set_clock("2027-04-16T10:00:00Z").await;
    shop.changed(&ada, &seats(4)).await;
    shop.changed(&ada, &seats(6)).await;
    // $19.99 × 15/30 = $10.00 (half away from zero), and twice that many licences.
    assert_eq!(
        shop.numbers("SELECT net FROM invoices ORDER BY number").await,
        [3 * 1_999, 1_000, 1_999]
    );
    shop.set_clock("2027-05-01T10:00:00Z").await;
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 6);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn an_upgrade_after_adding_licences_credits_and_charges_all_of_them() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.set_clock("2027-04-11T10:00:00Z").await;
    shop.changed(&ada, &seats(5)).await;
    shop.set_clock("2027-04-16T10:00:00Z").await;
    let change = shop.changed(&ada, &plan("enterprise")).await;
    // 5 × ($29.99 − $19.99) × 15/30, each line rounded: −$49.98 and $74.98.
    assert_eq!(change["order"]["taxed"]["net"], usd(7_498 - 4_998));
    shop.set_clock("2027-05-01T10:00:00Z").await;
    assert_eq!(
        shop.number("SELECT net FROM invoices ORDER BY number DESC").await,
        5 * 2_999
    );
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_downgrade_that_is_scheduled_stays_when_seats_are_added_and_comes_true_for_all_of_them() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.changed(&ada, &plan("standard")).await;
    shop.set_clock("2027-04-16T10:00:00Z").await;
    shop.changed(&ada, &seats(5)).await;
    assert_eq!(
        shop.details(&ada).await["subscription"]["scheduled"]["plan"],
        "standard"
    );
    shop.set_clock("2027-05-01T10:00:00Z").await;
    let term = shop.details(&ada).await["subscription"]["term"].clone();
    assert_eq!((&term["plan"], &term["seats"]), (&json!("standard"), &json!(5)));
    assert_eq!(
        shop.number("SELECT net FROM invoices ORDER BY number DESC").await,
        5 * 1_399
    );
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn annual_to_monthly_that_was_scheduled_and_withdrawn_renews_for_a_year() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &three_premium(), GOOD_CARD).await;
    shop.changed(&ada, &json!({ "change": { "period": "monthly" } }))
        .await;
    shop.changed(&ada, &json!({ "withdraw": "period" })).await;
    shop.set_clock("2028-04-01T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2028-04-01 2029-04-01");

    // Left scheduled, it renews for a month, and from the same anchor.
    shop.changed(&ada, &json!({ "change": { "period": "monthly" } }))
        .await;
    shop.set_clock("2029-04-01T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2029-04-01 2029-05-01");
    shop.assert_books_balance().await;
}
