//! The server over real HTTP, with a real database file: one module a resource.
#![expect(
    clippy::unwrap_used,
    reason = "a test that unwraps nothing ends with the place where it failed"
)]

mod amounts;
mod attacks;
mod attacks_wire;
mod billing_details;
mod calendar;
mod calendar_zones;
mod changes;
mod changes_again;
mod changes_credit;
mod changes_payment;
mod changes_refused;
mod changes_requests;
mod changes_scheduled;
mod chat;
mod chat_events;
mod chat_staff;
mod dunning;
mod forms;
mod goodwill;
mod guards;
mod goodwill_command;
mod goodwill_refused;
mod history;
mod invoices;
mod ledger;
mod licences;
mod mail;
mod orders;
mod orders_keys;
mod orders_requests;
mod orders_shop;
mod pages;
mod payment_method;
mod payments;
mod payments_notifications;
mod payments_page;
mod payments_users;
mod pro_forma;
mod recovery;
mod recovery_transfer;
mod renewal_notice;
mod renewals;
mod renewals_once;
mod renewals_time;
mod renewals_versions;
mod sandbox;
mod server;
mod sign_in;
mod sign_up;
mod staff;
mod staff_marking;
mod standing;
mod starting;
mod subscriptions;
mod taxes;
mod transfers;
mod trial;
mod trial_letters;
mod trial_letters_once;
mod users;
mod users_reactivations;
mod widget;
