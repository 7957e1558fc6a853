//! Waking the open connections of this server when something was said.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::error::Error;

/// As many wake-ups as may wait for a slow connection; one that missed some looks at the database all the same.
const WAITING: usize = 256;

/// How often one conversation may be open at a time, in as many tabs: every open connection asks the database again and again, and
/// connections are what the whole server has a limit of.
const MOST_OPEN: usize = 8;
/// When to come back if it is.
const LATER: Duration = Duration::from_secs(10);

/// Tells which conversation has changed, and knows how often each is open.
#[derive(Clone, Debug)]
pub struct Live {
    changes: Sender<Uuid>,
    open: Arc<Mutex<HashMap<Uuid, usize>>>,
}

impl Live {
    /// Nobody listens yet.
    pub fn new() -> Self {
        Self {
            changes: channel(WAITING).0,
            open: Arc::default(),
        }
    }

    /// To be called once what changed is committed.
    pub fn changed(&self, conversation: Uuid) {
        // An error says that nobody listens.
        let _nobody = self.changes.send(conversation);
    }

    /// A visitor opens a conversation.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`] where it is open as often as it may be.
    pub fn enter(&self, conversation: Uuid) -> Result<Seat, Error> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = open.entry(conversation).or_default();
        if *taken >= MOST_OPEN {
            return Err(Error::TooManyAttempts(LATER));
        }
        *taken += 1;
        Ok(Seat {
            conversation,
            open: Arc::clone(&self.open),
        })
    }

    /// Everything that changes from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.changes.subscribe())
    }
}

/// One of the times that a conversation is open; given back when it is dropped.
#[derive(Debug)]
pub struct Seat {
    conversation: Uuid,
    open: Arc<Mutex<HashMap<Uuid, usize>>>,
}

impl Seat {
    /// The conversation.
    pub fn conversation(&self) -> Uuid {
        self.conversation
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = open.get_mut(&self.conversation) {
            *taken -= 1;
            if *taken == 0 {
                open.remove(&self.conversation);
            }
        }
    }
}

/// One connection's ear.
#[derive(Debug)]
pub struct Listener(Receiver<Uuid>);

impl Listener {
    /// Waits until this conversation, or any, has changed, but no longer than `round`. `false` when the server stops.
    pub async fn wait(&mut self, wanted: Option<Uuid>, round: Duration, stop: &CancellationToken) -> bool {
        let changed = async {
            loop {
                match self.0.recv().await {
                    Ok(conversation) if wanted.is_some_and(|wanted| wanted != conversation) => {}
                    // Missed some: it may have been this one.
                    Ok(_) | Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => false,
            () = changed => true,
            () = tokio::time::sleep(round) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_is_open_only_so_often_and_leaves_nothing_behind() {
        let (live, own, other) = (Live::new(), Uuid::from_u128(1), Uuid::from_u128(2));
        let mut seats: Vec<Seat> = (0..MOST_OPEN).map(|_| live.enter(own).expect("a seat")).collect();
        assert!(matches!(live.enter(own), Err(Error::TooManyAttempts(_))));
        assert!(live.enter(other).is_ok());
        seats.pop();
        seats.push(live.enter(own).expect("the seat that was given back"));
        drop(seats);
        assert!(live.open.lock().expect("nobody panicked").is_empty());
    }

    #[tokio::test]
    async fn a_listener_wakes_for_its_own_conversation_and_sleeps_through_others() {
        const ROUND: Duration = Duration::from_millis(200);
        let (live, stop) = (Live::new(), CancellationToken::new());
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut listener = live.listen();
        let started = std::time::Instant::now();
        live.changed(other);
        live.changed(own);
        assert!(listener.wait(Some(own), ROUND, &stop).await);
        assert!(started.elapsed() < ROUND, "{:?}", started.elapsed());
        live.changed(other);
        assert!(listener.wait(Some(own), ROUND, &stop).await);
        let slept = started.elapsed();
        assert!(slept >= ROUND, "{slept:?}");
        live.changed(other);
        assert!(listener.wait(None, ROUND, &stop).await);
        assert!(started.elapsed() < slept + ROUND, "{:?}", started.elapsed());
        stop.cancel();
        assert!(!listener.wait(None, ROUND, &stop).await);
    }
}
