//! What a buyer chooses.

use serde::{Deserialize, Serialize};

use crate::{BillingPeriod, Currency, PlanId, Seats};

/// The four things that a price depends on: plan, licences, billing period, currency.
///
/// It says what is wanted, not that it is sold: [`quote`](crate::quote()) tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// The plan.
    pub plan: PlanId,
    /// The number of user licences.
    pub seats: Seats,
    /// How often is billed.
    pub period: BillingPeriod,
    /// The currency of the prices and of the payment.
    pub currency: Currency,
}
