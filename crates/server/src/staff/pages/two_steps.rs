//! What the staff do in two steps: it is typed and checked, shown once more, and then done. A refusal of either step shows the
//! form again with what was typed.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Answer, Trouble, page};
use crate::error::Error;
use crate::extract::PathParam;
use crate::staff::session::Member;
use crate::state::AppState;
use crate::store::entities::staff;

/// Something that is done in two steps, as it was typed.
pub trait Deed: DeserializeOwned + Clone + Send + Sync + 'static {
    /// What it is done to.
    type Subject: Send + Sync;
    /// What was typed, read.
    type Read: Send + Sync + 'static;

    /// Finds what it is done to, by the identity in the address.
    fn subject(state: &AppState, id: Uuid) -> impl Future<Output = Result<Self::Subject, Error>> + Send;

    /// Reads what was typed, or says what is wrong with it.
    fn read(&self, subject: &Self::Subject) -> Result<Self::Read, String>;

    /// Step 1: how it is shown once more, or why it cannot be done. Changes nothing.
    fn check(
        state: &AppState,
        subject: &Self::Subject,
        read: &Self::Read,
    ) -> impl Future<Output = Result<Result<Confirmation, String>, Error>> + Send;

    /// Step 2: does it. Gives the address at which it is seen, or why it was not done.
    fn carry_out(
        self,
        state: AppState,
        id: Uuid,
        read: Self::Read,
        by: staff::Model,
    ) -> impl Future<Output = Result<Result<String, String>, Error>> + Send + 'static;

    /// The form again, with what was typed and why it is refused.
    fn refused(
        &self,
        state: &AppState,
        member: &Member,
        subject: &Self::Subject,
        told: &str,
    ) -> impl Future<Output = Answer> + Send;
}

/// What is shown once more.
pub struct Confirmation {
    /// The question.
    pub title: &'static str,
    /// Names and values, `dt` and `dd`.
    pub facts: Markup,
    /// What follows from it.
    pub follows: &'static str,
    /// Where it is sent to be done.
    pub action: String,
    /// What is sent.
    pub fields: Vec<(&'static str, String)>,
    /// The words on the button.
    pub button: &'static str,
    /// Where nothing is changed.
    pub back: String,
}

impl Confirmation {
    fn content(&self) -> Markup {
        html! {
            dl { (self.facts) }
            p { (self.follows) }
            form.row method="post" action=(self.action) {
                @for (name, value) in &self.fields { input type="hidden" name=(name) value=(value); }
                button.primary { (self.button) }
                a href=(self.back) { "Back, without a change" }
            }
        }
    }
}

/// Step 1: what was typed is checked, and shown once more.
pub async fn confirm<D: Deed>(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    form: Result<Form<D>, FormRejection>,
) -> Answer {
    let Begun { subject, typed, read } = match begin(&state, &member, id, form).await? {
        Ok(begun) => begun,
        Err(refused) => return Ok(refused),
    };
    match D::check(&state, &subject, &read).await? {
        Ok(shown) => Ok(page(
            &state,
            &member,
            StatusCode::OK,
            shown.title,
            &shown.content(),
        )),
        Err(told) => typed.refused(&state, &member, &subject, &told).await,
    }
}

/// Step 2: it is done.
pub async fn carry_out<D: Deed>(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    form: Result<Form<D>, FormRejection>,
) -> Answer {
    let Begun { typed, read, .. } = match begin(&state, &member, id, form).await? {
        Ok(begun) => begun,
        Err(refused) => return Ok(refused),
    };
    // In a task of its own: a browser that goes away in the middle stops nothing.
    let doing = tokio::spawn(typed.clone().carry_out(state.clone(), id, read, member.0.clone()));
    match doing.await.map_err(Error::internal)?? {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(told) => {
            // It may have become another one meanwhile, which is why it was refused.
            let subject = D::subject(&state, id).await?;
            typed.refused(&state, &member, &subject, &told).await
        }
    }
}

/// What both steps begin with.
struct Begun<D: Deed> {
    subject: D::Subject,
    typed: D,
    read: D::Read,
}

/// Finds what it is about and reads what was typed, or gives the form again.
async fn begin<D: Deed>(
    state: &AppState,
    member: &Member,
    id: Uuid,
    form: Result<Form<D>, FormRejection>,
) -> Result<Result<Begun<D>, Response>, Trouble> {
    let subject = D::subject(state, id).await?;
    let Form(typed) = form.map_err(|rejection| Error::MalformedBody(rejection.body_text()))?;
    match typed.read(&subject) {
        Ok(read) => Ok(Ok(Begun { subject, typed, read })),
        Err(told) => typed.refused(state, member, &subject, &told).await.map(Err),
    }
}
