//! What every handler can reach.

use std::ops::Deref;
use std::sync::Arc;

use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::billing::register::Register;
use crate::catalog::Catalog;
use crate::chat::live::Live;
use crate::clock::Clock;
use crate::config::Config;
use crate::pages::Pages;
use crate::public_url::PublicUrl;
use crate::store::Store;
use crate::throttle::Throttles;

/// The server's parts; cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Parts>);

/// What [`AppState`] leads to.
#[derive(Debug)]
pub struct Parts {
    /// How the server was told to run.
    pub config: Config,
    /// By which address browsers reach it.
    pub public_url: PublicUrl,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// What is sold.
    pub catalog: Catalog,
    /// Who knows which VAT numbers are given out, if anybody is asked.
    pub register: Option<Arc<dyn Register>>,
    /// The built pages, if they are served.
    pub pages: Option<Pages>,
    /// How often something may be tried.
    pub throttles: Throttles,
    /// Wakes the delivery of letters. Notified after a transaction that wrote one; a missed notice costs seconds.
    pub letters_waiting: Notify,
    /// Wakes open chat connections. Told after a transaction in which something was said.
    pub chat: Live,
    /// Allows as many passwords to be hashed at once as there are processors.
    pub hashing: Arc<Semaphore>,
    /// Cancelled when the server stops: whatever would go on for ever ends then.
    pub stop: CancellationToken,
}

impl AppState {
    /// Shares the parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

#[cfg(test)]
impl AppState {
    /// Everything that a server in sandbox mode has, without one that runs: for what composes and decides.
    pub async fn sandbox(data: &std::path::Path) -> Self {
        use clap::Parser;

        let catalog = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/onedesk.toml");
        let arguments = ["subscribe", "serve", "--sandbox", "--catalog", catalog];
        let cli = crate::config::Cli::try_parse_from(arguments).expect("flags that are understood");
        let crate::config::Command::Serve(config) = cli.command else {
            panic!("not serve")
        };
        let store = Store::open(data, None).await.expect("a database");
        Self::new(Parts {
            public_url: PublicUrl::parse("https://desk.example").expect("an address"),
            clock: Clock::load(&store, true).await.expect("a clock"),
            catalog: Catalog::load(&config.catalog).expect("the catalog of the project"),
            register: None,
            pages: None,
            throttles: Throttles::new(&config.limits),
            letters_waiting: Notify::new(),
            chat: Live::new(),
            hashing: Arc::new(Semaphore::new(1)),
            stop: CancellationToken::new(),
            store,
            config: *config,
        })
    }
}
