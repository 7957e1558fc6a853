//! What a screen has to ask the server for: the wait, what came, or why nothing came.
//!
//! Compiled once for all screens: an answer is handed over as the view that it becomes.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_texts::shared;

use super::waiting::Waiting;
use crate::api::Answer;
use crate::changing::changing;
use crate::components::button::Button;
use crate::components::notice::{Notice, NoticeKind};
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// An answer that is on its way.
pub type Answering<T> = Pin<Box<dyn Future<Output = Answer<T>>>>;

/// Draws what came.
pub type Drawing = Arc<dyn Fn() -> Part + Send + Sync>;

/// How far it has come.
#[derive(Clone)]
enum State {
    Asking,
    Here(Drawing),
    Failed(String),
}

/// A place for what `ask` brings; asked for again at the press of a button if it brings nothing.
#[component]
pub fn Asked(
    /// The account.
    account: Account,
    /// Asks.
    ask: Box<dyn Fn() -> Answering<Drawing> + Send + Sync>,
) -> impl IntoView {
    let language = account.language;
    let state = RwSignal::new(State::Asking);
    let begin = Callback::new(move |()| {
        state.set(State::Asking);
        let answering = ask();
        spawn_local(async move {
            let came = match answering.await {
                Ok(drawing) => State::Here(drawing),
                Err(error) => State::Failed(account.explain(&error)),
            };
            // Where there is nothing to set, the screen was left.
            state.try_set(came);
        });
    });
    begin.run(());
    changing(move || match state.get() {
        State::Asking => view! { <Waiting text=shared::state(language).loading()/> }.part(),
        State::Here(draw) => draw(),
        State::Failed(failure) => view! {
            <Notice kind=NoticeKind::Error title=shared::problem(language).title()>
                <p>{failure}</p>
                <Button on_press=move |_| begin.run(())>{shared::action(language).try_again()}</Button>
            </Notice>
        }
        .part(),
    })
}
