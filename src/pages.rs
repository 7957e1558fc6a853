//! The screens, one a file, named as their addresses.

pub mod activate;
pub mod app;
pub mod not_found;
pub mod pricing;
pub mod signup;
