//! Waking the open connections of this server when something was said.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// As many wake-ups as may wait for a slow connection; one that missed some looks at the database all the same.
const WAITING: usize = 256;

/// Tells which conversation has changed.
#[derive(Clone, Debug)]
pub struct Live(Sender<Uuid>);

impl Live {
    /// Nobody listens yet.
    pub fn new() -> Self {
        Self(channel(WAITING).0)
    }

    /// To be called once what changed is committed.
    pub fn changed(&self, conversation: Uuid) {
        // An error says that nobody listens.
        let _nobody = self.0.send(conversation);
    }

    /// Everything that changes from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
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
