//! Letters about a trial after downtime, in far time zones and with two servers: each once, with the days that are left.

use serde_json::json;

use crate::server::TestServer;
use crate::trial_letters::{
    DAY, ENDED, REMINDER, advance_hours, assert_says, in_june, letter, letters, set, subjects,
};

#[tokio::test]
async fn after_downtime_one_reminder_tells_of_the_days_that_are_truly_left() {
    for (hours, subject) in [
        (9 * DAY, "5 days left of your OneDesk trial"),
        (12 * DAY, "2 days left of your OneDesk trial"),
        (13 * DAY + 1, "Your OneDesk trial ends tomorrow"),
        (14 * DAY - 1, "Your OneDesk trial ends today"),
    ] {
        let server = in_june().await;
        server
            .activated_with("ada@example.com", json!({ "time_zone": "UTC" }))
            .await;
        advance_hours(&server, hours).await;
        assert_eq!(subjects(&server, "ada@example.com", REMINDER).await, [subject]);
        let server = server.restarted().await;
        advance_hours(&server, 0).await;
        assert_eq!(subjects(&server, "ada@example.com", REMINDER).await, [subject]);
    }
}

#[tokio::test]
async fn after_downtime_beyond_the_end_the_letter_at_the_end_is_all() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    server.joined(&ada, &["bob@example.com"]).await;
    server.advance_days(20).await;
    let server = server.restarted().await;
    assert!(letters(&server, "ada@example.com", REMINDER).await.is_empty());
    assert_says(
        &letter(&server, "ada@example.com", ENDED).await,
        &["ended on June 15, 2030.", "1 user was deactivated"],
    );
}

#[tokio::test]
async fn days_are_those_of_the_accounts_time_zone() {
    // Activated at one instant, which is 00:30 on 2 June at UTC+14, and 22:30 on 31 May at UTC−12.
    let server = TestServer::start().await;
    set(&server, "2030-06-01T10:30:00Z").await;
    let (east, west) = ("east@example.com", "west@example.com");
    server
        .activated_with(east, json!({ "time_zone": "Pacific/Kiritimati" }))
        .await;
    server
        .activated_with(west, json!({ "time_zone": "Etc/GMT+12" }))
        .await;

    // 12 June, 03:00 in Kiritimati: four days to 16 June. 11 June, 01:00 in the west: three days to 14 June, and the
    // reminder of three days comes at 22:30.
    set(&server, "2030-06-11T13:00:00Z").await;
    assert_eq!(
        subjects(&server, east, REMINDER).await,
        ["4 days left of your OneDesk trial"]
    );
    assert_says(&letter(&server, east, REMINDER).await, &["on June 16, 2030."]);
    assert!(letters(&server, west, REMINDER).await.is_empty());
    set(&server, "2030-06-12T10:40:00Z").await;
    assert_eq!(
        subjects(&server, east, REMINDER).await,
        [
            "4 days left of your OneDesk trial",
            "3 days left of your OneDesk trial"
        ]
    );
    assert_eq!(
        subjects(&server, west, REMINDER).await,
        ["3 days left of your OneDesk trial"]
    );
    assert_says(&letter(&server, west, REMINDER).await, &["on June 14, 2030."]);

    // 15 June, 03:00, and 14 June, 01:00: the last day has begun in the west alone.
    set(&server, "2030-06-14T13:00:00Z").await;
    assert_eq!(
        subjects(&server, east, REMINDER).await.last().unwrap(),
        "Your OneDesk trial ends tomorrow"
    );
    assert_eq!(
        subjects(&server, west, REMINDER).await.last().unwrap(),
        "Your OneDesk trial ends today"
    );
    set(&server, "2030-06-15T10:40:00Z").await;
    assert_says(&letter(&server, east, ENDED).await, &["ended on June 16, 2030."]);
    assert_says(&letter(&server, west, ENDED).await, &["ended on June 14, 2030."]);
}

#[tokio::test]
async fn two_servers_on_one_database_write_each_letter_once() {
    let server = in_june().await;
    let emails: Vec<String> = (0..4).map(|n| format!("owner{n}@example.com")).collect();
    for email in &emails {
        let owner = server.activated(email).await;
        server
            .joined_as("admin", &owner, &[&format!("admin-{email}")])
            .await;
    }
    let other = server.beside().await;
    for hours in [7 * DAY, 4 * DAY, 2 * DAY, DAY] {
        tokio::join!(advance_hours(&server, hours), advance_hours(&other, hours));
    }
    for email in emails
        .iter()
        .flat_map(|email| [email.clone(), format!("admin-{email}")])
    {
        assert_eq!(letters(&other, &email, REMINDER).await.len(), 3, "{email}");
        assert_eq!(letters(&server, &email, ENDED).await.len(), 1, "{email}");
    }
    for (rows, expected) in [
        ("notices", 4 * 4),
        ("audit WHERE action = 'trial.reminded'", 4 * 3),
        ("audit WHERE action = 'trial.ended'", 4),
    ] {
        let sql = format!("SELECT count(*) FROM {rows}");
        assert_eq!(server.number(&sql).await, expected, "{rows}");
    }
    other.stopped().await;
}
