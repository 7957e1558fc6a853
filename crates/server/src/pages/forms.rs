//! Sign-up and activation without scripts: the browser posts the form to the page's own address.
//!
//! A sign-up is answered with a built page. An activation that was refused is answered with a page made here, which
//! lists what to mend in the words that the built page has beside its fields.

mod labels;

use axum::Router;
use axum::extract::rejection::RawFormRejection;
use axum::extract::{OriginalUri, RawForm, State};
use axum::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use onedesk_contract::fields::Partner;
use onedesk_contract::sign_up::{ActivationRequest, SignUpRequest};
use onedesk_pricing::Choice;
use onedesk_texts::{Language, field_error, forms, shared};

use super::serve;
use crate::accounts::activation;
use crate::error::Error;
use crate::extract::ClientIp;
use crate::sign_in::session;
use crate::sign_up::sign_up;
use crate::state::AppState;
use crate::{address, look, server_page};

/// The two forms, in every language.
pub fn routes() -> Router<AppState> {
    let mut router = Router::new();
    for language in Language::all().iter().copied() {
        let post_sign_up = async move |state, ip, uri, headers, form| {
            signed_up(state, ip, uri, headers, form, language).await
        };
        let post_activation = async move |state, ip, uri, headers, form| {
            activated(state, ip, uri, headers, form, language).await
        };
        router = router
            .route(&address::of(language, "/signup"), get(serve).post(post_sign_up))
            .route(
                &address::of(language, "/activate"),
                get(serve).post(post_activation),
            );
    }
    router
}

type Form = Result<RawForm, RawFormRejection>;

async fn signed_up(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    form: Form,
    language: Language,
) -> Response {
    let fields = match Fields::read(form, &uri) {
        Ok(fields) => fields,
        Err(error) => return error.into_response(),
    };
    let request = SignUpRequest {
        email: fields.text("email"),
        language: language.code().to_owned(),
        choice: fields.choice(),
        // One that cannot be used is no mistake of the visitor.
        partner: Partner::lenient(fields.get("partner")).map(|partner| partner.to_string()),
    };
    match sign_up(&state, &request, &ip).await {
        Ok(_) => see_other(&address::of(language, "/signup/sent")),
        Err(Error::TooManyAttempts(wait)) => too_many(&state, language, wait.as_secs() + 1),
        Err(Error::InvalidFields(_)) => match &state.pages {
            Some(pages) => match pages
                .page(
                    address::of(language, "/signup/invalid").trim_start_matches('/'),
                    &state.public_url,
                )
                .await
            {
                Some(page) => page.answer(StatusCode::UNPROCESSABLE_ENTITY, &headers),
                None => Error::NotFound.into_response(),
            },
            None => Error::NotFound.into_response(),
        },
        Err(error) => error.into_response(),
    }
}

async fn activated(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    form: Form,
    language: Language,
) -> Response {
    let fields = match Fields::read(form, &uri) {
        Ok(fields) => fields,
        Err(error) => return error.into_response(),
    };
    let request = ActivationRequest {
        name: fields.text("name"),
        company: fields.text("company"),
        password: fields.text("password"),
        country: fields.text("country"),
        time_zone: fields.text("time_zone"),
        terms: fields.get("terms").is_some_and(|value| value != "false"),
    };
    match activation::activate(&state, &fields.text("token"), &request, &ip).await {
        Ok((_, token)) => {
            // Whoever was signed in here before is so no longer.
            if let Err(error) = session::end(&state, &headers).await {
                return error.into_response();
            }
            let cookie = [(SET_COOKIE, session::cookie(&state.public_url, &token))];
            (cookie, see_other("/app")).into_response()
        }
        Err(Error::TooManyAttempts(wait)) => too_many(&state, language, wait.as_secs() + 1),
        Err(error) => refused(&state, &uri, language, error),
    }
}

/// The page that lists what to mend.
fn refused(state: &AppState, uri: &Uri, language: Language, error: Error) -> Response {
    let texts = forms::activation(language);
    let form = address::of(language, "/signup");
    let (status, content) = match error {
        Error::InvalidFields(errors) => {
            let listed = html! {
                p { (texts.lead()) }
                ul.problems {
                    @for (field, errors) in &errors.0 {
                        @for error in errors {
                            li { strong { (labels::label(language, field)) } " – " (field_error(language, error)) }
                        }
                    }
                }
                p { a.button href=(uri.path_and_query().map_or("/activate", |to| to.as_str())) { (texts.back()) } }
            };
            (StatusCode::UNPROCESSABLE_ENTITY, listed)
        }
        Error::LinkUnknown => (
            StatusCode::NOT_FOUND,
            told(shared::problem(language).link_unknown(), &form, texts.sign_up()),
        ),
        Error::LinkUsed => (
            StatusCode::GONE,
            told(
                shared::problem(language).link_used(),
                "/app/sign-in",
                texts.sign_in(),
            ),
        ),
        Error::LinkExpired => (
            StatusCode::GONE,
            told(shared::problem(language).link_expired(), &form, texts.sign_up()),
        ),
        error => return error.into_response(),
    };
    page(state, status, language, texts.title(), content)
}

fn too_many(state: &AppState, language: Language, seconds: u64) -> Response {
    let wait = if seconds < 60 {
        shared::unit(language).seconds(seconds)
    } else {
        shared::unit(language).minutes(seconds.div_ceil(60))
    };
    let content = html! { p { (shared::problem(language).too_many_attempts(wait)) } };
    let mut response = page(
        state,
        StatusCode::TOO_MANY_REQUESTS,
        language,
        forms::too_many(language).title(),
        content,
    );
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn told(sentence: &str, address: &str, action: &str) -> Markup {
    html! {
        p { (sentence) }
        p { a.button href=(address) { (action) } }
    }
}

fn page(state: &AppState, status: StatusCode, language: Language, title: &str, content: Markup) -> Response {
    let content = html! { h1 { (title) } (content) };
    let product = &state.catalog.vendor().name;
    let home = address::of(language, "/pricing");
    let banner = html! { header.masthead { a.brand href=(home) { (look::brand(product, &html! {})) } } };
    server_page::respond(status, language.code(), title, Some(banner), content)
}

fn see_other(address: &str) -> Response {
    let address = HeaderValue::try_from(address).expect("addresses of pages are plain ASCII");
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// Fields of a posted form; what it lacks is taken from the address, where the choice and the token stand.
struct Fields {
    form: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

impl Fields {
    fn read(form: Form, uri: &Uri) -> Result<Self, Error> {
        let RawForm(bytes) = form.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::BodyTooLarge,
            _ => Error::MalformedBody("it has to be a form".to_owned()),
        })?;
        let pairs = |bytes: &[u8]| form_urlencoded::parse(bytes).into_owned().collect();
        Ok(Self {
            form: pairs(&bytes),
            query: pairs(uri.query().unwrap_or_default().as_bytes()),
        })
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.form.iter().chain(&self.query).find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// The choice, if all of it can be read.
    fn choice(&self) -> Option<Choice> {
        Some(Choice {
            plan: self.get("plan")?.parse().ok()?,
            seats: self.get("seats")?.parse().ok()?,
            period: self.get("period")?.parse().ok()?,
            currency: self.get("currency")?.parse().ok()?,
        })
    }
}
