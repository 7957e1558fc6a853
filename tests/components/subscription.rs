//! The subscription as it is read by hand: each answer of the server is what it was written from.

use onedesk_contract::ProblemType;
use onedesk_contract::subscription::{PaymentMethodView, PreviewView, RenewalView, SubscriptionDetails};
use onedesk_contract::tax::{Country, Rate, Treatment, TreatmentKind, totals};
use onedesk_pricing::{BillingPeriod, Choice, Currency, Date, Moment, Money, ScheduledChange, Seats, Term};
use onedesk_subscribe::api::Problem;
use onedesk_subscribe::api::members::Members;
use onedesk_subscribe::api::subscription::subscription_details;
use onedesk_subscribe::change::outlook::Outlook;
use onedesk_subscription::{Request, Standing, Subscription, Wanted};
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::price_list;

fn choice() -> Choice {
    let list = price_list();
    Choice {
        plan: list.plans[0].id.clone(),
        seats: Seats::new(3).unwrap(),
        period: BillingPeriod::Monthly,
        currency: list.plans[0].prices[0].currency,
    }
}

fn details() -> SubscriptionDetails {
    let list = price_list();
    let choice = choice();
    let price = list
        .unit_price(&choice.plan, choice.currency, choice.period)
        .unwrap();
    let treatment = Treatment {
        kind: TreatmentKind::Domestic,
        rate: Rate::from_basis_points(2000),
        country: Country::parse("FR").unwrap(),
    };
    let next_renewal = RenewalView {
        on: Date::constant(2026, 5, 1),
        choice: choice.clone(),
        lines: Vec::new(),
        totals: totals([price], &treatment, Money::zero(price.currency)).unwrap(),
    };
    SubscriptionDetails {
        subscription: Subscription::begin(Term::begin(&choice, price, Date::constant(2026, 4, 1)).unwrap()),
        moment: Moment::Day {
            on: Date::constant(2026, 4, 16),
        },
        active_users: 2,
        overdue: None,
        next_renewal: Some(next_renewal),
        credits: vec![Money::new(1250, Currency::EUR)],
        payment_method: Some(PaymentMethodView {
            label: "Visa •••• 4242".to_owned(),
            expires: "2034-12".to_owned(),
        }),
        treatment,
    }
}

fn read(text: &str) -> Option<SubscriptionDetails> {
    subscription_details(&Members::parse(text)?)
}

fn is_read_back(details: &SubscriptionDetails) {
    let text = serde_json::to_string(details).unwrap();
    assert_eq!(read(&text).as_ref(), Some(details), "{text}");
}

#[wasm_bindgen_test]
fn every_shape_of_a_subscription_is_read_back() {
    is_read_back(&details());

    let mut all_scheduled = details();
    all_scheduled.subscription.scheduled = ScheduledChange {
        plan: Some(choice().plan),
        seats: Seats::new(2).ok(),
        period: Some(BillingPeriod::Annual),
        currency: Some(Currency::USD),
    };
    all_scheduled.subscription.cancels_at_period_end = true;
    all_scheduled.moment = Moment::Second {
        on: Date::constant(2026, 4, 16),
        start: 1_596_749_288,
        end: 1_599_427_688,
        at: 1_598_982_148,
    };
    is_read_back(&all_scheduled);

    let day = Date::constant(2026, 5, 2);
    for standing in [
        Standing::PastDue {
            since: day,
            failures: 2,
            next_retry: Some(day),
        },
        Standing::PastDue {
            since: day,
            failures: 5,
            next_retry: None,
        },
        Standing::Suspended { since: day },
        Standing::Ended { on: day },
    ] {
        let mut other = details();
        other.subscription.standing = standing;
        other.overdue = other.next_renewal.take();
        other.payment_method = None;
        is_read_back(&other);
    }
}

#[wasm_bindgen_test]
fn what_is_not_of_the_documented_shape_is_not_guessed() {
    let text = serde_json::to_string(&details()).unwrap();
    for (good, bad) in [
        (r#""version":1"#, r#""version":"one""#),
        (r#""standing":"active""#, r#""standing":"asleep""#),
        (r#""unit":"day""#, r#""unit":"week""#),
        (r#""active_users":2"#, r#""active_users":-2"#),
        (r#""anchor":"2026-04-01""#, r#""anchor":"yesterday""#),
    ] {
        assert!(text.contains(good), "{good} in {text}");
        assert_eq!(read(&text.replace(good, bad)), None, "{bad}");
    }
    assert_eq!(read("null"), None);
    assert_eq!(read("<h1>502</h1>"), None);
}

#[wasm_bindgen_test]
fn the_preview_of_the_server_is_what_the_browser_works_out() {
    let (details, prices) = (details(), price_list());
    for wanted in [5, 2] {
        let request = Request::Change(Wanted {
            seats: Seats::new(wanted).ok(),
            ..Wanted::default()
        });
        let facts = onedesk_subscription::Facts {
            prices: &prices,
            moment: details.moment,
            active_users: details.active_users,
        };
        let shown = Outlook::of(&details, &prices, request.clone()).unwrap();
        let command = request.clone().into();
        let view = PreviewView {
            preview: onedesk_subscription::preview(&details.subscription, &command, &facts).unwrap(),
            today: shown.today,
            next_renewal: shown.next_renewal.clone(),
            treatment: details.treatment,
        };
        let mut problem = onedesk_contract::Problem::new(ProblemType::PreviewStale, 409, "", "");
        problem.preview = Some(Box::new(view));
        let received = Problem::read(serde_json::to_string(&problem).unwrap()).unwrap();
        let fresh = received.preview().expect("a preview");
        assert_eq!(Outlook::afresh(request, fresh), shown);
    }
}
