//! Days in the zones where they begin first and last, and on which the clocks change. Rules: *Billing period*, *Proration*.

use serde_json::{Value, json};

use crate::changes_requests::{seats, usd};
use crate::orders_requests::GOOD_CARD;
use crate::renewals_time::{monthly, shop_on};

/// Subscribes at an instant in a time zone, and gives at which instant each renewal came.
async fn turns(zone: &str, instant: &str, first_period: &str, turns: &[(&str, &str)]) {
    let shop = shop_on(instant).await;
    let ada = shop.subscriber_in(zone, "ada", &monthly(), GOOD_CARD).await;
    assert_eq!(shop.period(&ada).await, first_period, "{zone}");
    for (index, (before, at)) in turns.iter().enumerate() {
        let invoices = i64::try_from(index).unwrap() + 1;
        shop.set_clock(before).await;
        assert_eq!(shop.count("invoices").await, invoices, "{zone} {before}");
        shop.set_clock(at).await;
        assert_eq!(shop.count("invoices").await, invoices + 1, "{zone} {at}");
    }
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn days_begin_in_the_accounts_zone_at_utc_plus_14_and_at_utc_minus_12() {
    // 1 May, 00:30 in Kiritimati: it is 30 April still in London, and 29 April at UTC−12.
    turns(
        "Pacific/Kiritimati",
        "2027-04-30T10:30:00Z",
        "2027-05-01 2027-06-01",
        &[("2027-05-31T09:58:00Z", "2027-05-31T10:00:00Z")],
    )
    .await;
    turns(
        "Etc/GMT+12",
        "2027-04-30T10:30:00Z",
        "2027-04-29 2027-05-29",
        &[("2027-05-29T11:58:00Z", "2027-05-29T12:00:00Z")],
    )
    .await;
}

#[tokio::test]
async fn days_on_which_the_clocks_change_begin_at_their_own_midnight() {
    // Paris: summer time begins on 28 March, in the night after its midnight, and ends on 31 October.
    turns(
        "Europe/Paris",
        "2027-02-28T12:00:00Z",
        "2027-02-28 2027-03-28",
        &[
            ("2027-03-27T22:58:00Z", "2027-03-27T23:00:00Z"),
            ("2027-04-27T21:58:00Z", "2027-04-27T22:00:00Z"),
        ],
    )
    .await;
    turns(
        "Europe/Paris",
        "2027-08-31T12:00:00Z",
        "2027-08-31 2027-09-30",
        &[
            ("2027-09-29T21:58:00Z", "2027-09-29T22:00:00Z"),
            ("2027-10-30T21:58:00Z", "2027-10-30T22:00:00Z"),
            ("2027-11-29T22:58:00Z", "2027-11-29T23:00:00Z"),
        ],
    )
    .await;
    // Santiago has no midnight on 5 September: the day begins at one o'clock.
    turns(
        "America/Santiago",
        "2027-08-05T12:00:00Z",
        "2027-08-05 2027-09-05",
        &[("2027-09-05T03:58:00Z", "2027-09-05T04:00:00Z")],
    )
    .await;
}

#[tokio::test]
async fn a_period_starts_on_the_day_of_payment_in_the_accounts_time_zone() {
    let shop = shop_on("2027-04-30T21:50:00Z").await;
    let ada = shop.buyer("ada").await;
    shop.all_joined().await;
    // Ordered on 30 April at 23:50 in Paris, paid twenty minutes later. In London it is 30 April still.
    let order = shop.ordered(&ada, &monthly()).await;
    shop.set_clock("2027-04-30T22:10:00Z").await;
    shop.pay(&order, GOOD_CARD).await;
    // That somebody hears of it only on the next day changes nothing.
    shop.set_clock("2027-05-02T10:00:00Z").await;
    shop.come_back(&order).await;
    assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
    let receipt = &shop.seen(&ada, &order).await["receipt"];
    assert_eq!(
        (
            &receipt["paid_on"],
            &receipt["period_start"],
            &receipt["renews_on"]
        ),
        (&json!("2027-05-01"), &json!("2027-05-01"), &json!("2027-06-01"))
    );
}

#[tokio::test]
async fn days_are_those_of_utc_until_a_time_zone_is_known() {
    for zone in ["", "Mars/Olympus_Mons"] {
        turns(
            zone,
            "2027-04-30T23:50:00Z",
            "2027-04-30 2027-05-30",
            &[("2027-05-29T23:58:00Z", "2027-05-30T00:00:00Z")],
        )
        .await;
    }
}

/// What two more licences cost today, without tax.
async fn two_more(zone: &str, bought: &str, now: &str) -> Value {
    let shop = shop_on(bought).await;
    let ada = shop.subscriber_in(zone, "ada", &monthly(), GOOD_CARD).await;
    shop.set_clock(now).await;
    let change = shop.changed(&ada, &seats(5)).await;
    shop.assert_books_balance().await;
    change["order"]["taxed"]["net"].clone()
}

#[tokio::test]
async fn a_change_at_utc_plus_14_and_at_utc_minus_12_is_prorated_by_the_accounts_own_day() {
    // Both bought on their 1 April. At one instant it is 17 April, 00:30, in Kiritimati: 14 of 30 days are left; and
    // 15 April, 22:30, at UTC−12: 16 of 30.
    let now = "2027-04-16T10:30:00Z";
    let east = two_more("Pacific/Kiritimati", "2027-03-31T12:00:00Z", now).await;
    let west = two_more("Etc/GMT+12", "2027-04-01T18:00:00Z", now).await;
    // 2 × $19.99 × 14/30 and × 16/30.
    assert_eq!((east, west), (usd(1_866), usd(2_132)));
}

#[tokio::test]
async fn a_change_on_a_day_on_which_the_clocks_change_costs_a_day_like_any_other() {
    // 28 March 2027 has 23 hours in Paris: changed in its first and in its last half hour, 18 of 31 days are left.
    for now in ["2027-03-27T23:10:00Z", "2027-03-28T21:50:00Z"] {
        let net = two_more("Europe/Paris", "2027-03-15T12:00:00Z", now).await;
        assert_eq!(net, usd(2_321), "{now}");
    }
    // 31 October 2027 has 25: 15 of 31 days are left.
    for now in ["2027-10-30T22:10:00Z", "2027-10-31T22:50:00Z"] {
        let net = two_more("Europe/Paris", "2027-10-15T12:00:00Z", now).await;
        assert_eq!(net, usd(1_935), "{now}");
    }
}

/// A period is as long as the account's clocks say: from midnight to midnight.
#[tokio::test]
async fn by_second_a_period_in_which_the_clocks_change_is_an_hour_shorter_or_longer() {
    for (bought, hours) in [
        ("2027-03-15T12:00:00Z", 31 * 24 - 1),
        ("2027-10-15T12:00:00Z", 31 * 24 + 1),
    ] {
        let mut shop = shop_on(bought).await;
        let ada = shop
            .subscriber_in("Europe/Paris", "ada", &monthly(), GOOD_CARD)
            .await;
        shop.restart_with_catalog(|file| file.replace("proration = \"day\"", "proration = \"second\""))
            .await;
        let preview = shop.previewed(&ada, &seats(5)).await;
        let fraction = &preview["preview"]["decision"]["charge"]["lines"][0]["fraction"];
        assert_eq!(
            (&fraction["denominator"], &fraction["unit"]),
            (&json!(hours * 3_600), &json!("second")),
            "{preview}"
        );
    }
}
