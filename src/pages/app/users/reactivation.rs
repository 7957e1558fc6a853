//! Reactivating several users in one step, after a trial or a subscription that had ended.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::account::SubscriptionState;
use onedesk_contract::users::{ReactivationsRequest, UserView, UsersView};
use onedesk_texts::admin;
use uuid::Uuid;

use super::list::{NEWS_ID, called};
use super::{Outcome, Users};
use crate::browser;
use crate::changing::{changing, text};
use crate::components::button::{Button, ButtonKind};
use crate::effect::memo;
use crate::handler::handler;
use crate::part::IntoPart;

/// Fewer than these are reactivated one by one.
const SEVERAL: usize = 2;

/// How many users could be reactivated at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Room {
    deactivated: usize,
    /// Licences that nobody uses; none where there is no limit.
    free: Option<u32>,
}

impl Room {
    /// Nothing, where there is nothing to do in one step: too few users, no free licence, or no subscription.
    fn of(view: &UsersView, subscription: &SubscriptionState) -> Option<Self> {
        let works = matches!(
            subscription,
            SubscriptionState::Active(_) | SubscriptionState::Trial { .. }
        );
        let room = Self {
            deactivated: view.users.iter().filter(|user| !user.active).count(),
            free: view
                .licences
                .map(|licences| licences.saturating_sub(view.active_users)),
        };
        (works && room.deactivated >= SEVERAL && room.free != Some(0)).then_some(room)
    }

    /// Whether the licences are for all of them.
    fn is_for_all(self) -> bool {
        self.free.is_none_or(|free| free as usize >= self.deactivated)
    }
}

fn room(users: Users) -> Option<Room> {
    let account = users.account.view.read();
    users
        .view
        .with(|view| Room::of(view.as_ref()?, &account.subscription))
}

/// Says how many there are, and reactivates all that fit, or those that are selected.
#[component]
pub fn Reactivation(
    /// The users.
    users: Users,
    /// Those who were picked.
    selected: RwSignal<Vec<Uuid>>,
    /// Hears what came of it.
    outcome: RwSignal<Option<Outcome>>,
) -> impl IntoView {
    let texts = admin::reactivation(users.account.language);
    let room = memo(move || room(users));
    let pending = RwSignal::new(false);
    let reactivate = move |chosen: Vec<Uuid>| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        outcome.set(None);
        let account = users.account;
        let before = users
            .view
            .with_untracked(|view| view.as_ref().map_or(0, |view| view.active_users));
        spawn_local(async move {
            let request = ReactivationsRequest { users: chosen };
            let answer = account.client.reactivate_users(&request).await;
            let came = match users.settle(answer) {
                Ok(()) => {
                    selected.try_set(Vec::new());
                    Outcome::Done(done(users, before))
                }
                Err(error) => Outcome::Refused(error),
            };
            outcome.try_set(Some(came));
            pending.try_set(false);
            // The button that was pressed may be gone.
            request_animation_frame(|| browser::focus(NEWS_ID));
        });
    };
    changing(move || {
        room.get().map(|room| {
            let deactivated = room.deactivated as u64;
            let lead = match room.free {
                Some(free) if !room.is_for_all() => [
                    texts.deactivated(deactivated),
                    texts.free(free.into()),
                ]
                .join(" "),
                _ => texts.deactivated(deactivated),
            };
            let all = if room.is_for_all() { texts.all() } else { texts.as_many() };
            let count = move || chosen(users, selected).len() as u64;
            let has_selected = memo(move || count() > 0);
            view! {
                <section class="card" aria-labelledby="reactivation-title">
                    <h2 class="card__title" id="reactivation-title">{texts.title()}</h2>
                    <p>{lead}" "{texts.how()}</p>
                    <div class="card__actions">
                        {changing(move || if has_selected.get() {
                            view! {
                                <Button pending on_press=move |_| reactivate(untrack(|| chosen(users, selected)))>
                                    {text(move || texts.selected(count()))}
                                </Button>
                                <Button kind=ButtonKind::Secondary on_press=move |_| selected.set(Vec::new())>
                                    {texts.clear()}
                                </Button>
                            }
                            .part()
                        } else {
                            view! { <Button kind=ButtonKind::Secondary pending on_press=move |_| reactivate(Vec::new())>{all}</Button> }.part()
                        })}
                    </div>
                </section>
            }
        })
    })
}

/// Those who were picked and are deactivated still.
fn chosen(users: Users, selected: RwSignal<Vec<Uuid>>) -> Vec<Uuid> {
    let selected = selected.read();
    let is_chosen = |user: &&UserView| !user.active && selected.contains(&user.id);
    users.view.with(|view| {
        let view = view.as_ref();
        view.map(|view| view.users.iter().filter(is_chosen).map(|user| user.id).collect())
            .unwrap_or_default()
    })
}

/// Who is back, and who is not. Nothing once the screen was left.
fn done(users: Users, before: u32) -> String {
    let texts = admin::reactivation(users.account.language);
    let words = users.view.try_with_untracked(|view| {
        let view = view.as_ref()?;
        let left = view.users.iter().filter(|user| !user.active).count() as u64;
        let back = texts.done(view.active_users.saturating_sub(before).into());
        Some(if left == 0 {
            back
        } else {
            [back, texts.left(left)].join(" ")
        })
    });
    words.flatten().unwrap_or_default()
}

/// The box that selects a deactivated user, while several can be reactivated.
#[component]
pub fn Selection(
    /// The users.
    users: Users,
    /// Those who were picked.
    selected: RwSignal<Vec<Uuid>>,
    /// The user, who is deactivated.
    user: UserView,
) -> impl IntoView {
    let texts = admin::reactivation(users.account.language);
    let id = user.id;
    let name = texts.select(called(&user));
    let is_offered = memo(move || room(users).is_some());
    let toggle = move |_| {
        selected.update(|selected| {
            if selected.contains(&id) {
                selected.retain(|other| *other != id);
            } else {
                selected.push(id);
            }
        });
    };
    changing(move || {
        let name = name.clone();
        is_offered.get().then(|| {
            view! {
                <input
                    class="check__box"
                    type="checkbox"
                    aria-label=name
                    prop:checked=move || selected.read().contains(&id)
                    on:change=handler(toggle)
                />
                " "
            }
        })
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use onedesk_contract::account::Role;

    use super::*;

    fn users(active: u32, deactivated: u32, licences: Option<u32>) -> UsersView {
        let user = |at: u32| UserView {
            id: Uuid::from_u128(at.into()),
            name: String::new(),
            email: String::new(),
            role: Role::Member,
            active: at < active,
            invited: false,
        };
        UsersView {
            users: (0..active + deactivated).map(user).collect(),
            active_users: active,
            licences,
        }
    }

    fn trial() -> SubscriptionState {
        SubscriptionState::Trial {
            ends_at: "2026-12-01T00:00:00Z".parse().unwrap(),
            days_left: 3,
        }
    }

    #[test]
    fn several_are_offered_to_be_reactivated_as_far_as_the_licences_go() {
        let room = Room::of(&users(1, 4, Some(3)), &trial()).unwrap();
        assert_eq!(
            (room.deactivated, room.free, room.is_for_all()),
            (4, Some(2), false)
        );
        let room = Room::of(&users(1, 4, Some(5)), &trial()).unwrap();
        assert!(room.is_for_all());
        assert!(Room::of(&users(1, 4, None), &trial()).unwrap().is_for_all());
    }

    #[test]
    fn nothing_is_offered_without_a_licence_or_for_one_user_alone() {
        assert_eq!(Room::of(&users(3, 4, Some(3)), &trial()), None);
        assert_eq!(Room::of(&users(3, 1, Some(9)), &trial()), None);
    }

    #[test]
    fn nobody_is_reactivated_before_it_is_paid() {
        let over = SubscriptionState::TrialOver {
            ended_at: "2026-12-01T00:00:00Z".parse().unwrap(),
        };
        assert_eq!(Room::of(&users(1, 4, None), &over), None);
    }
}
