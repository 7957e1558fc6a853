//! The tables, as a list of changes that are made once each and in this order.
//!
//! A change that has been released is never edited; what follows is a change of its own.

#![expect(
    elided_lifetimes_in_paths,
    reason = "`async_trait` wants the signature of the trait to the letter, and it elides"
)]

mod accounts;
mod billing;
mod chat;
mod goodwill;
mod invitations;
mod mail;
mod notices;
mod staff;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// Every change, oldest first.
#[derive(Debug)]
pub struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(accounts::Tables),
            Box::new(mail::Tables),
            Box::new(billing::Tables),
            Box::new(notices::Tables),
            Box::new(staff::Tables),
            Box::new(goodwill::Tables),
            Box::new(chat::Tables),
            Box::new(invitations::Indexes),
        ]
    }
}
