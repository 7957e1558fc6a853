//! What the server asks of whoever knows which VAT numbers are given out (VIES, for the European Union).
//!
//! A register is asked outside of transactions only, and may be away for hours: nothing waits for its answer.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use onedesk_tax::VatNumber;

use crate::sandbox::register::SandboxRegister;

/// What a register replies, some time.
pub type Reply<'a> = Pin<Box<dyn Future<Output = Result<Registration, RegisterUnavailable>> + Send + 'a>>;

/// A register of VAT numbers.
pub trait Register: Debug + Send + Sync {
    /// Whether a number is given out.
    fn look_up<'a>(&'a self, number: &'a VatNumber) -> Reply<'a>;
}

/// What a register knows of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// It is given out.
    Known,
    /// It is not.
    Unknown,
}

/// The register did not answer, or not so that it could be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the register of VAT numbers did not answer: {0}")]
pub struct RegisterUnavailable(pub String);

/// The register of this server: that of the sandbox, or none until one is configured. Without one every number that is
/// rightly written stays pending, and counts.
pub fn of(sandbox: bool) -> Option<Arc<dyn Register>> {
    sandbox.then(|| Arc::new(SandboxRegister::default()) as Arc<dyn Register>)
}
