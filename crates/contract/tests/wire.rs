//! The shape of what crosses the wire: others than this project read it, so a change here is a change for them.

use onedesk_contract::account::SubscriptionState;
use onedesk_contract::entitlements::EntitlementsView;
use onedesk_contract::fields::FieldError;
use onedesk_contract::sign_up::{ActivationRequest, SignUpRequest};
use onedesk_contract::users::{AddUsersRequest, GrantedRole};
use onedesk_contract::{FieldErrors, Problem, ProblemType};
use serde_json::json;

#[test]
fn a_problem_carries_its_type_as_a_urn_and_only_the_members_it_has() {
    let mut problem = Problem::new(
        ProblemType::InvalidFields,
        422,
        "Some fields were refused",
        "Mend them and send again.",
    );
    problem.fields = FieldErrors::one("seats", FieldError::TooMany { max: 10_000 });
    let wire = serde_json::to_value(&problem).expect("serialises");
    assert_eq!(
        wire,
        json!({
            "type": "urn:onedesk:problem:invalid-fields",
            "title": "Some fields were refused",
            "status": 422,
            "detail": "Mend them and send again.",
            "fields": {"seats": [{"code": "too_many", "max": 10_000}]},
        })
    );
    assert_eq!(serde_json::from_value::<Problem>(wire).expect("reads"), problem);
}

#[test]
fn a_sign_up_needs_no_choice() {
    let request: SignUpRequest =
        serde_json::from_value(json!({"email": "ada@example.com", "language": "fr"})).expect("reads");
    assert_eq!(request.choice, None);
    assert!(request.parse().is_ok());
}

#[test]
fn an_activation_tells_every_mistake_at_once() {
    let errors = ActivationRequest::default()
        .parse("ada@example.com")
        .expect_err("everything is missing");
    let fields: Vec<_> = errors.0.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        ["company", "country", "name", "password", "terms", "time_zone"]
    );
}

#[test]
fn a_password_may_not_repeat_the_company() {
    let request = ActivationRequest {
        name: "Ada Lovelace".into(),
        company: "Analytical Engines".into(),
        password: "Analytical Engines1".into(),
        country: "GB".into(),
        time_zone: "Europe/London".into(),
        terms: true,
    };
    let errors = request.parse("ada@example.com").expect_err("refused");
    assert_eq!(errors.first("password"), Some(&FieldError::PasswordRepeatsOther));
}

#[test]
fn pasted_addresses_are_told_apart_and_counted_once() {
    let request = AddUsersRequest {
        emails: "ada@example.com; bob@example.com,\n ADA@example.com\tcy@example.com".into(),
        role: GrantedRole::Member,
    };
    let emails: Vec<_> = request
        .parse()
        .expect("all are addresses")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(emails, ["ada@example.com", "bob@example.com", "cy@example.com"]);
}

#[test]
fn each_word_that_is_no_address_is_named() {
    let request = AddUsersRequest {
        emails: "ada@example.com bob cy@".into(),
        role: GrantedRole::Member,
    };
    let errors = request.parse().expect_err("two are none");
    assert_eq!(
        errors.0["emails"],
        [
            FieldError::InvalidEmailInList { word: "bob".into() },
            FieldError::InvalidEmailInList { word: "cy@".into() }
        ]
    );
}

#[test]
fn a_long_list_of_nonsense_is_told_in_ten_words_and_each_once() {
    let parse = |emails: String| {
        AddUsersRequest {
            emails,
            role: GrantedRole::Member,
        }
        .parse()
        .expect_err("no addresses")
    };
    assert_eq!(
        parse("a ".repeat(30_000)).0["emails"],
        [FieldError::InvalidEmailInList { word: "a".into() }]
    );
    let words: Vec<_> = (0..10_000).map(|n| format!("w{n}")).collect();
    assert_eq!(parse(words.join(" ")).0["emails"].len(), 10);
    // What stands beyond the most that can be added is not read.
    let emails: Vec<_> = (0..1000).map(|n| format!("user{n}@example.com")).collect();
    assert_eq!(
        parse(emails.join(" ") + " nonsense").0["emails"],
        [FieldError::TooMany { max: 100 }]
    );
}

#[test]
fn names_that_look_like_a_link_or_other_than_they_are_are_refused() {
    use onedesk_contract::fields::{CompanyName, PersonName};
    for name in [
        "see https://evil.example",
        "a://b",
        "Acme \u{202e}evil",
        "A\u{200b}cme",
        "\u{2066}A",
        "A\u{e0041}",
    ] {
        assert_eq!(CompanyName::parse(name), Err(FieldError::InvalidText), "{name:?}");
        assert_eq!(PersonName::parse(name), Err(FieldError::InvalidText), "{name:?}");
    }
    for name in [
        "A/S Köln: Söhne // Töchter",
        "می\u{200c}نا",
        "O’Brien & Co.",
        "株式会社",
    ] {
        assert!(CompanyName::parse(name).is_ok(), "{name:?}");
    }
}

#[test]
fn too_many_at_once_are_refused() {
    let emails: Vec<_> = (0..101).map(|n| format!("user{n}@example.com")).collect();
    let request = AddUsersRequest {
        emails: emails.join(","),
        role: GrantedRole::Member,
    };
    assert_eq!(
        request.parse().expect_err("101").first("emails"),
        Some(&FieldError::TooMany { max: 100 })
    );
}

#[test]
fn a_subscription_state_is_named_and_has_the_members_of_that_state_beside_it() {
    let states = [
        json!({"state": "trial", "ends_at": "2026-02-14T23:00:00Z", "days_left": 14}),
        json!({"state": "trial_over", "ended_at": "2026-02-14T23:00:00Z"}),
        json!({
            "state": "active",
            "plan": "premium",
            "licences": 3,
            "period": "annual",
            "currency": "EUR",
            "period_start": "2026-01-31",
            "renews_on": "2027-01-31",
            "renewal_amount": {"minor": 55_764, "currency": "EUR"},
        }),
    ];
    for wire in states {
        let state: SubscriptionState = serde_json::from_value(wire.clone()).expect("reads");
        assert_eq!(serde_json::to_value(&state).expect("serialises"), wire);
    }
    for broken in [
        json!({"state": "active", "plan": "premium"}),
        json!({"state": "trial"}),
        json!({"state": "paused"}),
    ] {
        assert!(
            serde_json::from_value::<SubscriptionState>(broken.clone()).is_err(),
            "{broken}"
        );
    }
}

/// Applications read it, in whatever language they are written.
#[test]
fn entitlements_leave_out_what_is_not_so() {
    let wire = json!({
        "state": "past_due",
        "plan": "standard",
        "since": "2026-03-31T22:00:00Z",
        "owner": "Ada Lovelace",
        "features": [
            {"key": "tickets", "name": "Tickets", "note": "Requests.", "in_menu": true, "included": true},
            {
                "key": "sso", "name": "Single sign-on", "note": "One password.", "in_menu": false, "included": false,
                "unlocked_by": "enterprise",
            },
        ],
    });
    let read: EntitlementsView = serde_json::from_value(wire.clone()).expect("reads");
    assert_eq!((read.until, read.next_plan.as_ref()), (None, None));
    assert_eq!(serde_json::to_value(&read).expect("serialises"), wire);

    let mut ends = wire;
    ends["until"] = json!("2026-04-30T22:00:00Z");
    let read: EntitlementsView = serde_json::from_value(ends.clone()).expect("reads");
    assert_eq!(serde_json::to_value(&read).expect("serialises"), ends);
}
