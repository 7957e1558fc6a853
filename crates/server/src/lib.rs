//! The server of `OneDesk` Subscribe: JSON API, built pages, database, sandbox edges.
//!
//! - `routes/` holds the addresses, one file a resource, thin; the modules beside it decide what a request means.
//! - Every write is one transaction ([`store`]); letters are written by it and delivered afterwards ([`mail`]).
//! - Refusals and failures are one enum ([`error`]) that becomes `application/problem+json` in one place.

mod accounts;
mod address;
mod api_docs;
mod audit;
mod billing;
mod catalog;
mod chat;
mod clock;
pub mod commands;
pub mod config;
mod connections;
mod encoding;
mod error;
mod etag;
mod extract;
mod goodwill;
mod history;
mod http;
mod invoices;
pub mod ledger;
mod lifecycle;
mod links;
mod look;
mod mail;
mod notices;
mod orders;
mod pages;
mod partner_demo;
mod payments;
mod public_url;
mod routes;
mod sandbox;
mod server;
mod server_page;
mod sign_in;
mod sign_up;
mod staff;
mod state;
mod store;
mod subscriptions;
mod throttle;
mod token;
mod users;
mod widget;

pub use pages::PagesError;
pub use server::{Server, StartError, migrate};
pub use store::ConnectError;
