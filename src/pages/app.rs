//! The screens of the application behind the sign-in, one a file, named as their addresses.

pub mod addresses;
pub mod billing_details;
pub mod calendar;
pub mod entrance;
pub mod forgotten_password;
pub mod guard;
pub mod history;
pub mod home;
pub mod invitation;
pub mod invoice;
pub mod invoices;
pub mod link_state;
pub mod nothing_here;
pub mod open_payment;
pub mod opening;
pub mod order;
pub mod period_words;
pub mod records;
pub mod reset_password;
pub mod screen;
pub mod sheet;
pub mod sign_in;
pub mod subscription;
pub mod unopened;
pub mod users;
pub mod waiting;
