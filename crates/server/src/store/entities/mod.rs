//! One file a table. Every table that belongs to an account is reached through the account.

pub mod accounts;
pub mod audit;
pub mod billing_details;
pub mod charges;
pub mod counters;
pub mod credit_movements;
pub mod credits;
pub mod idempotency_keys;
pub mod invoice_lines;
pub mod invoices;
pub mod links;
pub mod notices;
pub mod orders;
pub mod outbox;
pub mod payment_methods;
pub mod refunds;
pub mod sandbox_cards;
pub mod sandbox_charges;
pub mod sandbox_checkouts;
pub mod sandbox_events;
pub mod sessions;
pub mod settings;
pub mod sign_ups;
pub mod subscriptions;
pub mod suspended_users;
pub mod users;
