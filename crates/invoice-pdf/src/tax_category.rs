//! The categories of tax that an electronic invoice knows.
//!
//! Source: EN 16931-1, BT-118 and BT-151 with the code list UNCL5305 as it restricts it, and the business rules BR-S,
//! BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF (IGIC) and BR-AG (IPSI). Codes of exemption: the list VATEX of the
//! Connecting Europe Facility.

use std::str::FromStr;

/// Why a sale is taxed as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaxCategory {
    /// `S`: taxed at a rate, the standard one or a reduced one.
    Standard,
    /// `Z`: taxed at the rate of zero.
    ZeroRated,
    /// `E`: exempt.
    Exempt,
    /// `AE`: the buyer accounts for the tax (reverse charge).
    ReverseCharge,
    /// `K`: supplied to another member state of the EU.
    IntraCommunity,
    /// `G`: exported outside the EU.
    Export,
    /// `O`: outside the scope of tax.
    OutsideScope,
    /// `L`: general indirect tax of the Canary Islands (IGIC).
    CanaryIslands,
    /// `M`: tax of Ceuta and Melilla (IPSI).
    CeutaMelilla,
}

/// The code is not one of a tax category of EN 16931.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a tax category of EN 16931: S, Z, E, AE, K, G, O, L or M")]
pub struct UnknownTaxCategory;

impl TaxCategory {
    /// Every category.
    pub const ALL: [Self; 9] = [
        Self::Standard,
        Self::ZeroRated,
        Self::Exempt,
        Self::ReverseCharge,
        Self::IntraCommunity,
        Self::Export,
        Self::OutsideScope,
        Self::CanaryIslands,
        Self::CeutaMelilla,
    ];

    /// The code of UNCL5305.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ZeroRated => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutsideScope => "O",
            Self::CanaryIslands => "L",
            Self::CeutaMelilla => "M",
        }
    }

    /// The code of the reason for which no tax is charged, where the category alone tells it.
    pub(crate) const fn exemption_code(self) -> Option<&'static str> {
        match self {
            Self::ReverseCharge => Some("VATEX-EU-AE"),
            Self::IntraCommunity => Some("VATEX-EU-IC"),
            Self::Export => Some("VATEX-EU-G"),
            Self::OutsideScope => Some("VATEX-EU-O"),
            Self::Standard | Self::ZeroRated | Self::Exempt | Self::CanaryIslands | Self::CeutaMelilla => {
                None
            }
        }
    }

    /// Whether a document of this category says why no tax is charged.
    pub(crate) const fn needs_reason(self) -> bool {
        match self {
            Self::Exempt | Self::ReverseCharge | Self::IntraCommunity | Self::Export | Self::OutsideScope => {
                true
            }
            Self::Standard | Self::ZeroRated | Self::CanaryIslands | Self::CeutaMelilla => false,
        }
    }

    /// Whether a rate can go with the category: of `S` only one above zero, of `L` and `M` any, of the others only zero.
    pub(crate) const fn allows_rate(self, basis_points: u32) -> bool {
        match self {
            Self::Standard => basis_points > 0,
            Self::CanaryIslands | Self::CeutaMelilla => true,
            Self::ZeroRated
            | Self::Exempt
            | Self::ReverseCharge
            | Self::IntraCommunity
            | Self::Export
            | Self::OutsideScope => basis_points == 0,
        }
    }

    /// Whether an invoice names a rate. Outside the scope of tax it has none, not even zero (BR-O-05).
    pub(crate) const fn has_rate(self) -> bool {
        !matches!(self, Self::OutsideScope)
    }

    /// Whether an invoice gives the VAT numbers of both sides. Outside the scope of tax it gives none (BR-O-02).
    pub(crate) const fn names_vat_numbers(self) -> bool {
        !matches!(self, Self::OutsideScope)
    }

    /// Whether the buyer must have a VAT number (BR-AE-02, BR-IC-02).
    pub(crate) const fn needs_buyer_vat_number(self) -> bool {
        matches!(self, Self::ReverseCharge | Self::IntraCommunity)
    }
}

impl FromStr for TaxCategory {
    type Err = UnknownTaxCategory;

    fn from_str(code: &str) -> Result<Self, UnknownTaxCategory> {
        Self::ALL
            .into_iter()
            .find(|category| category.code() == code)
            .ok_or(UnknownTaxCategory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_read_back_from_its_code() {
        for category in TaxCategory::ALL {
            assert_eq!(category.code().parse(), Ok(category));
        }
        for code in ["", "s", "B", "AE "] {
            assert_eq!(code.parse::<TaxCategory>(), Err(UnknownTaxCategory), "{code:?}");
        }
    }
}
