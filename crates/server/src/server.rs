//! Starting and stopping.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::billing::register;
use crate::catalog::Catalog;
use crate::chat::live::Live;
use crate::clock::Clock;
use crate::config::{Config, DatabaseOptions};
use crate::connections::{self, Allowance};
use crate::mail::delivery::{self, Carrier};
use crate::pages::{Pages, PagesError};
use crate::public_url::PublicUrl;
use crate::sign_in::password;
use crate::state::{AppState, Parts};
use crate::store::{ConnectError, Store};
use crate::throttle::Throttles;
use crate::{
    api_docs, chat, http, lifecycle, pages, partner_demo, routes, sandbox, server_page, staff, widget,
};

/// How long requests that are under way may take once the server was told to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Why the server does not start, or stopped by itself.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The catalog holds mistakes.
    #[error("{0}")]
    Catalog(#[from] onedesk_catalog::Mistakes),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] ConnectError),
    /// The built pages are absent, or of another catalog.
    #[error(transparent)]
    Pages(#[from] PagesError),
    /// A value of the configuration cannot be used.
    #[error("{0}")]
    Configuration(String),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// Something else.
    #[error("{0}")]
    Other(String),
}

/// A server that has everything that it needs, and an address.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    state: AppState,
    carrier: Carrier,
}

impl Server {
    /// Reads the catalog, opens the database and takes the address; refuses when one of them cannot be had.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let catalog = Catalog::load(&config.catalog)?;
        let carrier = carrier(&config, &catalog)?;
        let version = &catalog.price_list().version;
        let pages = config
            .pages
            .as_deref()
            .map(|folder| Pages::open(folder, version, config.dev_reload))
            .transpose()?;
        if pages.is_none() {
            tracing::warn!("no --pages given: only the API is served");
        }
        let store = Store::open(&config.database.data, config.database.database_url.as_deref()).await?;
        let clock = Clock::load(&store, config.sandbox).await.map_err(other)?;
        let address = config.listen;
        let listen = |source| StartError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let public_url = config
            .public_url
            .clone()
            .unwrap_or_else(|| by_this_machine(address));
        let public_url = PublicUrl::parse(&public_url).map_err(StartError::Configuration)?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let state = AppState::new(Parts {
            throttles: Throttles::new(&config.limits),
            letters_waiting: Notify::new(),
            chat: Live::new(),
            hashing: Arc::new(Semaphore::new(processors)),
            stop: CancellationToken::new(),
            register: register::of(config.sandbox),
            config,
            public_url,
            store,
            clock,
            catalog,
            pages,
        });
        Ok(Self {
            listener,
            state,
            carrier,
        })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap_or(self.state.config.listen)
    }

    /// The address by which browsers reach it.
    pub fn public_url(&self) -> String {
        self.state.public_url.to_string()
    }

    /// Ends [`Server::run`] when cancelled: no new connection is taken, requests that are under way are answered.
    pub fn stop_handle(&self) -> CancellationToken {
        self.state.stop.clone()
    }

    /// Serves until stopped, with what has to be done in the background.
    pub async fn run(self) -> Result<(), StartError> {
        let Self {
            listener,
            state,
            carrier,
        } = self;
        let stop = state.stop.clone();
        let tasks = TaskTracker::new();
        tasks.spawn(delivery::run(state.clone(), carrier, stop.clone()));
        tasks.spawn(lifecycle::run(state.clone(), stop.clone()));
        tasks.spawn_blocking(password::prepare);
        tasks.close();

        let serving = connections::serve(listener, app(&state), stop.clone(), Allowance::default());
        let overdue = async {
            stop.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            () = serving => {}
            () = overdue => {
                tracing::warn!("requests were still under way after {} s and are given up", GRACE.as_secs());
            }
        }
        stop.cancel();
        tasks.wait().await;
        state.store.clone().close().await.map_err(other)
    }
}

/// Brings the tables of a database up to date; tells how many changes that took.
pub async fn migrate(options: &DatabaseOptions) -> Result<usize, StartError> {
    Ok(Store::migrate(&options.data, options.database_url.as_deref()).await?)
}

/// The API with its description: the same for every server of a program, so that it is made once. The tests start hundreds.
static API: LazyLock<Router<AppState>> = LazyLock::new(|| {
    let (api, description) = routes::api();
    api.merge(api_docs::routes(description))
});

fn app(state: &AppState) -> Router {
    let router = API
        .clone()
        .merge(server_page::routes())
        .merge(sandbox::routes(state))
        .merge(staff::routes())
        .merge(chat::panel::routes())
        .merge(widget::routes())
        .merge(partner_demo::routes(state))
        .merge(pages::routes(state))
        .method_not_allowed_fallback(async || crate::error::Error::MethodNotAllowed)
        .with_state(state.clone());
    http::guarded(router, state)
}

/// Letters go to the sandbox's outbox or to a mail server; without either nobody could activate an account.
fn carrier(config: &Config, catalog: &Catalog) -> Result<Carrier, StartError> {
    match &config.smtp_url {
        Some(url) if !config.sandbox => {
            let from = config.mail_from.as_deref().unwrap_or(&catalog.vendor().support_email);
            Carrier::smtp(url, from).map_err(StartError::Configuration)
        }
        Some(_) => {
            tracing::warn!("--smtp-url is not used in sandbox mode: e-mails are shown at /sandbox/mail");
            Ok(Carrier::Sandbox)
        }
        None if config.sandbox => Ok(Carrier::Sandbox),
        None => Err(StartError::Configuration(
            "no --smtp-url given, so nobody would get the e-mail that activates an account: give one, or try the software with --sandbox"
                .to_owned(),
        )),
    }
}

/// How a browser on this machine reaches the server, when nothing better is known.
fn by_this_machine(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

fn other(error: impl std::fmt::Display) -> StartError {
    StartError::Other(error.to_string())
}
