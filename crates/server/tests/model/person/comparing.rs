//! What the server shows, compared with what the model says.

use serde_json::{Value, json};

use super::http::Answer;
use super::wire::{due, money, period};
use super::{Desk, Outcome, Person};
use crate::account::{Account, Bill, CURRENCIES, PLANS, Scheduled, Standing};

impl Person {
    /// The subscription.
    pub async fn compare(&self, desk: &Desk) -> Outcome {
        let answer = self.get(desk, "/api/subscription").await?;
        same(&shown(&answer, &self.account), &expected(&self.account))
    }

    /// The account at first sight.
    pub async fn compare_account(&self, desk: &Desk) -> Outcome {
        let answer = self.get(desk, "/api/account").await?;
        let seen = json!({
            "state": answer.body["subscription"]["state"],
            "users": answer.body["active_users"],
            "today": answer.body["today"],
            "open": answer.body["pending_order"]["id"],
        });
        let account = &self.account;
        let state = match account.subscription.as_ref().map(|held| held.standing) {
            None if account.trial_over => "trial_over",
            None => "trial",
            Some(Standing::Active | Standing::PastDue { .. }) => "active",
            Some(Standing::Suspended(_)) => "suspended",
            Some(Standing::Ended(_)) => "ended",
        };
        same(
            &seen,
            &json!({
                "state": state, "users": account.active, "today": account.today,
                "open": account.open.as_ref().map(|order| &order.id),
            }),
        )
    }

    /// Users and invoices.
    pub async fn compare_lists(&self, desk: &Desk) -> Outcome {
        let active = self.users(desk, |active, _| active).await?;
        let inactive = self.users(desk, |active, _| !active).await?;
        same(
            &json!({ "active": active.len() + 1, "inactive": inactive.len() }),
            &json!({ "active": self.account.active, "inactive": self.account.inactive }),
        )?;
        let answer = self.get(desk, "/api/invoices").await?;
        let page = answer.body["invoices"].as_array().ok_or("no invoices")?;
        let seen: Vec<Value> = page
            .iter()
            .map(|invoice| json!([invoice["gross"], invoice["due"]]))
            .collect();
        let of_bill = |bill: &Bill| json!([money(bill.currency, bill.gross), due(bill)]);
        let bills: Vec<Value> = self.account.bills.iter().rev().map(of_bill).collect();
        if seen.len() < bills.len() && answer.body["older_than"].is_null() {
            return Err(format!(
                "{} invoices are shown, by the model there are {}",
                seen.len(),
                bills.len()
            ));
        }
        let shown = seen.len().min(bills.len());
        same(&Value::Array(seen), &Value::Array(bills[..shown].to_vec()))
    }
}

/// The subscription as the server shows it.
fn shown(answer: &Answer, account: &Account) -> Value {
    if answer.status == 404 {
        return json!("none");
    }
    let body = &answer.body;
    let held = &body["subscription"];
    let credit = |code: &str| {
        let credits = body["credits"].as_array().into_iter().flatten();
        let found = credits.filter(|credit| credit["currency"] == code);
        found.filter_map(|credit| credit["minor"].as_i64()).sum::<i64>()
    };
    let renewal = &body["next_renewal"];
    json!({
        "plan": held["term"]["plan"],
        "seats": held["term"]["seats"],
        "period": held["term"]["period"],
        "price": held["term"]["unit_price"],
        "anchor": held["term"]["anchor"],
        "current": held["term"]["current"],
        "scheduled": {
            "plan": held["scheduled"]["plan"],
            "seats": held["scheduled"]["seats"],
            "period": held["scheduled"]["period"],
            "currency": held["scheduled"]["currency"],
        },
        "cancelled": held["cancels_at_period_end"],
        "standing": held["standing"],
        "version": held["version"],
        "users": body["active_users"],
        "licences suffice": account.licences() == Some(0)
            || held["term"]["seats"].as_u64() >= body["active_users"].as_u64(),
        "credit": CURRENCIES.map(credit),
        "overdue": body["overdue"]["totals"]["due"],
        "next": [renewal["on"], renewal["totals"]["gross"], renewal["totals"]["due"]],
    })
}

/// The same by the model; what has ended is shown no more.
fn expected(account: &Account) -> Value {
    let Some(held) = account.running() else {
        return json!("none");
    };
    let Scheduled {
        plan,
        seats,
        annual,
        currency,
    } = &held.scheduled;
    let standing = match held.standing {
        Standing::Active => json!("active"),
        Standing::PastDue {
            since,
            failures,
            next,
        } => json!({ "past_due": { "since": since, "failures": failures, "next_retry": next } }),
        Standing::Suspended(since) => json!({ "suspended": { "since": since } }),
        Standing::Ended(on) => json!({ "ended": { "on": on } }),
    };
    let next = account.next_renewal();
    json!({
        "plan": PLANS[held.plan],
        "seats": held.seats,
        "period": period(held.annual),
        "price": money(held.currency, held.price),
        "anchor": held.anchor,
        "current": { "start": held.start, "end": held.end },
        "scheduled": {
            "plan": plan.map(|plan| PLANS[plan]),
            "seats": seats,
            "period": annual.map(period),
            "currency": currency.map(|currency| CURRENCIES[currency]),
        },
        "cancelled": held.cancelled,
        "standing": standing,
        "version": held.version,
        "users": account.active,
        "licences suffice": true,
        "credit": account.credit,
        "overdue": account.recovery().map(|(_, bill)| due(&bill)),
        "next": [
            next.map(|(on, _)| on),
            next.map(|(_, bill)| money(bill.currency, bill.gross)),
            next.map(|(_, bill)| due(&bill)),
        ],
    })
}

/// Compares member by member, so that a difference is short.
fn same(server: &Value, model: &Value) -> Outcome {
    if server == model {
        return Ok(());
    }
    let (Value::Object(server), Value::Object(model)) = (server, model) else {
        return Err(format!("the server says {server}\n      the model {model}"));
    };
    let different: Vec<String> = model
        .iter()
        .filter(|(name, value)| server.get(*name) != Some(value))
        .map(|(name, value)| {
            let seen = server.get(name).unwrap_or(&Value::Null);
            format!("{name}: the server says {seen}, the model {value}")
        })
        .collect();
    Err(different.join("\n"))
}
