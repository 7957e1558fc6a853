//! `/staff/sign-in` and `/staff/sign-out`

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::html;
use serde::Deserialize;

use super::{Answer, alert, brand};
use crate::error::Error;
use crate::extract::ClientIp;
use crate::server_page;
use crate::staff::{members, session};
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/staff/sign-in", get(show).post(sign_in))
        .route("/staff/sign-out", post(sign_out))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

async fn show(State(state): State<AppState>, wanted: Result<Query<Wanted>, QueryRejection>) -> Answer {
    let next = wanted.map(|Query(wanted)| wanted).unwrap_or_default().next;
    let is_anybody = members::is_anybody(&state).await?;
    Ok(page(&state, StatusCode::OK, "", &next, None, is_anybody))
}

async fn sign_in(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    form: Result<Form<Credentials>, FormRejection>,
) -> Answer {
    let Form(Credentials {
        email,
        password,
        next,
    }) = form.map_err(|rejection| Error::MalformedBody(rejection.body_text()))?;
    let member = members::authenticate(&state, &email, password, &ip).await?;
    let token = match &member {
        Some(member) => session::start(&state, member).await?,
        None => None,
    };
    let Some(token) = token else {
        tracing::info!("sign-in of staff refused");
        let refusal = "No member of staff has this e-mail address with this password.";
        let status = StatusCode::UNAUTHORIZED;
        return Ok(page(&state, status, &email, &next, Some(refusal), true));
    };
    // Whoever was signed in in this browser before is so no longer.
    session::end(&state, &headers).await?;
    let cookie = session::cookie(&state.public_url, &token);
    let to = if is_ours(&next) { next.as_str() } else { "/staff" };
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(to)).into_response())
}

async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Answer {
    session::end(&state, &headers).await?;
    let cookie = session::cleared_cookie(&state.public_url);
    Ok((
        AppendHeaders([(SET_COOKIE, cookie)]),
        Redirect::to("/staff/sign-in"),
    )
        .into_response())
}

/// Whether an address is a page of the staff, and nothing else.
fn is_ours(next: &str) -> bool {
    next.strip_prefix("/staff/").is_some_and(|rest| {
        rest.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'))
    })
}

fn page(
    state: &AppState,
    status: StatusCode,
    email: &str,
    next: &str,
    refusal: Option<&str>,
    is_anybody: bool,
) -> Response {
    let product = &state.catalog.vendor().name;
    let content = html! {
        h1 { "Sign in as staff" }
        @if let Some(refusal) = refusal { (alert(refusal)) }
        @if !is_anybody {
            p.soft {
                "There is no member of staff yet. Add one on the server’s machine: "
                code { "subscribe staff add EMAIL --name NAME" }
            }
        }
        form.column method="post" action="/staff/sign-in" {
            @if is_ours(next) { input type="hidden" name="next" value=(next); }
            label { "E-mail address" input type="email" name="email" value=(email) autocomplete="username" required; }
            label { "Password" input type="password" name="password" autocomplete="current-password" required; }
            button.primary { "Sign in" }
        }
        p.soft { "For the people who work at " (product) ". Customers " a href="/app/sign-in" { "sign in here" } "." }
    };
    let banner = html! { header.masthead { (brand(product)) } };
    let title = format!("Sign in – {product} Staff");
    server_page::respond(status, "en", &title, Some(banner), content)
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn the_way_back_leads_to_the_pages_of_the_staff_alone() {
        assert!(is_ours("/staff/orders/0195f3c8-7d2a-7c3e-9f4b-2a1b3c4d5e6f"));
        for other in [
            "",
            "/app",
            "//evil.example",
            "/staff//evil.example:80",
            "/staff/../app",
            "/staff/\\evil",
            "https://evil.example/staff/",
            "/staffx",
        ] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
