//! What needs a session.

use leptos::prelude::{Callable, Callback};
use onedesk_contract::ProblemType;
use onedesk_contract::account::{AccountView, LanguageChange};
use onedesk_contract::orders::OrderView;
use onedesk_contract::users::{AddUsersRequest, AddUsersResponse, ReactivationsRequest, UsersView};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::account::{account, order as order_of};
use super::exchange::{Body, Method, encode, exchange, json};
use super::subscription::change_view;
use super::{Answer, OpenedSession};
use crate::order::Placed;
use crate::order::kept::{Errand, KeptOrder};

/// The client of a signed-in user.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn {
    on_end: Callback<()>,
}

impl SignedIn {
    /// A client for the session just opened. `on_end` runs when an answer says that the session is over.
    pub fn new(_session: &OpenedSession, on_end: Callback<()>) -> Self {
        Self { on_end }
    }

    /// `GET /api/account`: everything that the shell and the Subscription screen show at first sight.
    pub async fn account(self) -> Answer<AccountView> {
        account(self.ask(Method::Get, "/api/account", None, None).await?)
    }

    /// `DELETE /api/sessions/current`: sign out.
    pub async fn sign_out(self) -> Answer<()> {
        exchange(Method::Delete, "/api/sessions/current", None, None)
            .await
            .map(drop)
    }

    /// `PATCH /api/account/language`: the language of the user's screens and e-mails.
    pub async fn set_language(self, change: &LanguageChange) -> Answer<AccountView> {
        let path = "/api/account/language";
        account(self.ask(Method::Patch, path, Some(encode(change)), None).await?)
    }

    /// `GET /api/users`.
    pub async fn users(self) -> Answer<UsersView> {
        self.call(Method::Get, "/api/users", None).await
    }

    /// `POST /api/users`: invite one or several.
    pub async fn add_users(self, request: &AddUsersRequest) -> Answer<AddUsersResponse> {
        self.call(Method::Post, "/api/users", Some(encode(request))).await
    }

    /// `POST /api/users/{id}/deactivation`: take the licence away, keep the data.
    pub async fn deactivate_user(self, id: Uuid) -> Answer<UsersView> {
        self.call(Method::Post, &format!("/api/users/{id}/deactivation"), None)
            .await
    }

    /// `POST /api/users/{id}/reactivation`: give a licence again.
    pub async fn reactivate_user(self, id: Uuid) -> Answer<UsersView> {
        self.call(Method::Post, &format!("/api/users/{id}/reactivation"), None)
            .await
    }

    /// `POST /api/users/reactivations`: give licences to several again, in one step.
    pub async fn reactivate_users(self, request: &ReactivationsRequest) -> Answer<UsersView> {
        self.call(Method::Post, "/api/users/reactivations", Some(encode(request)))
            .await
    }

    /// `POST /api/orders`, `/api/subscription/changes` or `/api/subscription/recovery`: place an order, make a change or
    /// pay an overdue renewal. The same key and body, sent again, are the same order.
    pub async fn place(self, order: &KeptOrder) -> Answer<Placed> {
        let (key, path) = (order.key.to_string(), order.errand.path());
        let answer = self
            .ask(Method::Post, path, Some(order.body.clone()), Some(&key))
            .await?;
        Ok(match order.errand {
            Errand::Order => Placed::Order(Box::new(order_of(answer)?)),
            Errand::Change | Errand::Recovery => Placed::Change(Box::new(change_view(answer)?)),
        })
    }

    /// `GET /api/orders/{id}`.
    pub async fn order(self, id: Uuid) -> Answer<OrderView> {
        let path = format!("/api/orders/{id}");
        order_of(self.ask(Method::Get, &path, None, None).await?)
    }

    /// `POST /api/orders/{id}/cancellation`: give up an order that is still pending.
    pub async fn cancel_order(self, id: Uuid) -> Answer<OrderView> {
        let path = format!("/api/orders/{id}/cancellation");
        order_of(self.ask(Method::Post, &path, None, None).await?)
    }

    async fn call<T: DeserializeOwned>(self, method: Method, path: &str, body: Option<String>) -> Answer<T> {
        json(self.ask(method, path, body, None).await?)
    }

    /// Sends a request, and passes on the news that the session is over.
    pub(super) async fn ask(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<&str>,
    ) -> Answer<Body> {
        let answer = exchange(method, path, body, key).await;
        if let Err(error) = &answer
            && error.problem_type() == Some(ProblemType::NotSignedIn)
        {
            self.on_end.run(());
        }
        answer
    }
}
