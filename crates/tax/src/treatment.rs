//! Which tax a sale gets.
//!
//! The rules are those of Council Directive 2006/112/EC ("the VAT Directive") for services supplied electronically:
//! article 44 (to a business: taxed where the buyer is), 58 (to a consumer: taxed where the buyer is), 196 (the business
//! accounts for the tax itself) and 369a and following (one stop shop: the seller declares all member states' tax in its
//! own).

use onedesk_pricing::{Date, Money, MoneyError};
use serde::{Deserialize, Serialize};

use crate::{Country, Rate, TaxRates, VatNumber};

/// Who sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seller {
    /// Where the seller is established.
    pub country: Country,
}

/// Who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// The country of the billing address.
    pub country: Country,
    /// The VAT number, if one was given.
    pub vat: Option<KnownVat>,
}

/// A VAT number and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownVat {
    /// The number, right by its pattern and check digits.
    pub number: VatNumber,
    /// What looking it up has shown.
    pub standing: VatStanding,
}

/// What looking a VAT number up has shown. Serialised as `"pending"`, `"confirmed"` and `"wrong"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VatStanding {
    /// Not answered yet, or the register could not be reached: the number counts as valid until it is known not to be.
    Pending,
    /// The register knows the number.
    Confirmed,
    /// The register does not know the number.
    Wrong,
}

/// How a sale is taxed. Serialised as `"domestic"`, `"reverse_charge"`, `"buyers_country"` and `"outside_scope"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TreatmentKind {
    /// Seller and buyer are in one country: its rate.
    Domestic,
    /// The buyer is a business in another member state and accounts for the tax itself: 0, and the invoice says so
    /// (articles 196 and 226 (11a) of the VAT Directive).
    ReverseCharge,
    /// The buyer is in another member state without a VAT number that counts: the rate of that state, declared through
    /// the one stop shop.
    BuyersCountry,
    /// No VAT of the seller's country or of the union is due: 0, and the invoice says so.
    OutsideScope,
}

/// How a sale is taxed, and at which rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Treatment {
    /// Which rule applies.
    pub kind: TreatmentKind,
    /// The rate that is charged, in basis points: 2000 is 20 %.
    pub rate: Rate,
    /// The country in which the sale is taxed or would be: the buyer's, or the one whose VAT applies there
    /// ([`Country::taxed_as`]).
    pub country: Country,
}

/// The rate that has to be charged is not known. Nothing may be charged.
///
/// It cannot happen on a day after the first day of every rate if [`TaxRates::mistakes`] told none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the VAT rate of {country} on {on} is not known; add it to the file of tax rates")]
pub struct UnknownRate {
    /// The country whose rate is asked for.
    pub country: Country,
    /// The day.
    pub on: Date,
}

/// How a sale from a seller to a buyer is taxed on a day (the day of the invoice).
///
/// | buyer | seller in the EU | seller elsewhere |
/// | --- | --- | --- |
/// | in the seller's country | domestic, its rate | domestic, its rate if there is one; else outside the scope, 0 |
/// | in another member state, with a VAT number that counts | reverse charge, 0 | outside the scope, 0 |
/// | in another member state, without | rate of the buyer's country | outside the scope, 0 |
/// | elsewhere | outside the scope, 0 | outside the scope, 0 |
///
/// A VAT number counts if it is of the buyer's country ([`VatNumber::belongs_to`]) and its look-up has not shown it to
/// be wrong. One of another country does not: the billing address and the number contradict each other, and the seller
/// would owe the tax. Northern Ireland (`XI`) is in the union for goods only, so its buyers are British ones.
///
/// What a seller outside the union owes in its buyers' countries (sales tax, the union's non-union one stop shop) is
/// not worked out here.
///
/// # Errors
/// [`UnknownRate`] if a rate has to be charged that `rates` does not hold.
pub fn treatment(
    seller: &Seller,
    buyer: &Buyer,
    rates: &TaxRates,
    on: Date,
) -> Result<Treatment, UnknownRate> {
    let (home, country) = (seller.country.taxed_as(), buyer.country.taxed_as());
    let rate = rates.rate_of(country, on);
    let inside = home.is_eu_member(on);

    let (kind, rate) = if home == country && (inside || rate.is_some()) {
        (TreatmentKind::Domestic, rate)
    } else if !inside || !country.is_eu_member(on) {
        (TreatmentKind::OutsideScope, Some(Rate::ZERO))
    } else if buyer.vat_number_counts() {
        (TreatmentKind::ReverseCharge, Some(Rate::ZERO))
    } else {
        (TreatmentKind::BuyersCountry, rate)
    };
    let rate = rate.ok_or(UnknownRate { country, on })?;
    Ok(Treatment { kind, rate, country })
}

impl Buyer {
    /// Whether the buyer's VAT number shows a business of the buyer's country, as far as is known.
    pub fn vat_number_counts(&self) -> bool {
        self.vat.as_ref().is_some_and(|vat| {
            vat.standing != VatStanding::Wrong && vat.number.belongs_to(self.country).is_ok()
        })
    }
}

impl Treatment {
    /// The tax on a net amount: amount × rate, rounded once, half away from zero, to the minor unit. Below zero with the
    /// amount.
    ///
    /// It is worked out on the sum of an invoice's lines, never line by line: the sum of rounded taxes would differ.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn tax_on(&self, net: Money) -> Result<Money, MoneyError> {
        let whole = i64::from(Rate::WHOLE.basis_points());
        net.prorate(i64::from(self.rate.basis_points()), whole)
    }
}
