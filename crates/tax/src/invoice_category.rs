//! The codes that an electronic invoice gives the tax.
//!
//! Source: EN 16931-1:2017, whose VAT category codes (BT-118, BT-151) are a part of UN/CEFACT code list 5305, and whose
//! VAT exemption reason codes (BT-121) are the list *VATEX* of the European Commission.

use crate::{Rate, Treatment, TreatmentKind};

impl Treatment {
    /// The VAT category code of EN 16931 (BT-118 of the breakdown, BT-151 of each line).
    ///
    /// * `S` standard rate: [`Domestic`](TreatmentKind::Domestic), and [`BuyersCountry`](TreatmentKind::BuyersCountry),
    ///   whose rate is a standard rate too;
    /// * `Z` zero rated: a domestic sale where the country's rate is 0 (rule BR-S-05 wants more than 0 with `S`);
    /// * `AE` VAT reverse charge: [`ReverseCharge`](TreatmentKind::ReverseCharge);
    /// * `O` not subject to VAT: [`OutsideScope`](TreatmentKind::OutsideScope). Rules BR-O-02 to BR-O-04 then want
    ///   neither the seller's nor the buyer's VAT identifier (BT-31, BT-48) in the data; name the seller by its
    ///   registration (BT-30) or tax number (BT-32).
    pub const fn category_code(&self) -> &'static str {
        match self.kind {
            TreatmentKind::ReverseCharge => "AE",
            TreatmentKind::OutsideScope => "O",
            TreatmentKind::Domestic | TreatmentKind::BuyersCountry if self.rate.is_zero() => "Z",
            TreatmentKind::Domestic | TreatmentKind::BuyersCountry => "S",
        }
    }

    /// The rate that stands beside the category (BT-119, BT-152): 0 with `AE` (rule BR-AE-05), none at all with `O` on a
    /// line (rule BR-O-05).
    pub const fn category_rate(&self) -> Option<Rate> {
        match self.kind {
            TreatmentKind::OutsideScope => None,
            _ => Some(self.rate),
        }
    }

    /// Why no tax is charged, as a code of *VATEX* (BT-121). Rules BR-AE-10 and BR-O-10 ask for it, or for a text.
    pub const fn exemption_reason_code(&self) -> Option<&'static str> {
        match self.kind {
            TreatmentKind::ReverseCharge => Some("VATEX-EU-AE"),
            TreatmentKind::OutsideScope => Some("VATEX-EU-O"),
            TreatmentKind::Domestic | TreatmentKind::BuyersCountry => None,
        }
    }
}
