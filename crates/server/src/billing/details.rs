//! The billing details of an account, stored and read back.

use jiff::Timestamp;
use onedesk_contract::billing::{BillingDetails, BillingDetailsView};
use onedesk_contract::fields::{AddressLine, Email};
use onedesk_tax::{Country, KnownVat, VatNumber, VatStanding};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{look_up, taxation};
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::accounts;
use crate::store::entities::billing_details::{ActiveModel, Entity, Model, StoredStanding};

/// Who is invoiced: the billing details, or what the account itself says as long as there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillTo {
    /// The company.
    pub company: String,
    /// The lines of the address; none as long as nobody gave them.
    pub address: Vec<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The country.
    pub country: Country,
    /// The VAT number with what is known of it.
    pub vat: Option<KnownVat>,
    /// Where invoices go, beside whoever ordered.
    pub email: Option<String>,
    /// Whether the details were ever saved.
    pub saved: bool,
}

impl BillTo {
    /// As things stand now.
    pub async fn of(conn: &impl ConnectionTrait, account: &accounts::Model) -> Result<Self, Error> {
        match Entity::find_by_id(account.id).one(conn).await? {
            Some(row) => Self::read(row),
            None => Ok(Self {
                company: account.company.clone(),
                address: Vec::new(),
                postcode: None,
                city: None,
                country: Country::parse(&account.country).map_err(Error::internal)?,
                vat: None,
                email: None,
                saved: false,
            }),
        }
    }

    fn read(row: Model) -> Result<Self, Error> {
        let vat = known_vat(&row)?;
        Ok(Self {
            address: serde_json::from_str(&row.address).map_err(Error::internal)?,
            country: Country::parse(&row.country).map_err(Error::internal)?,
            company: row.company,
            postcode: row.postcode,
            city: Some(row.city),
            vat,
            email: row.email,
            saved: true,
        })
    }

    /// The buyer, as the rules of tax know one.
    pub fn buyer(&self) -> onedesk_tax::Buyer {
        onedesk_tax::Buyer {
            country: self.country,
            vat: self.vat.clone(),
        }
    }
}

/// The VAT number of a row, with what is known of it.
pub fn known_vat(row: &Model) -> Result<Option<KnownVat>, Error> {
    let Some(number) = &row.vat_number else {
        return Ok(None);
    };
    Ok(Some(KnownVat {
        number: VatNumber::parse(number).map_err(Error::internal)?,
        standing: row.vat_standing.map_or(VatStanding::Pending, VatStanding::from),
    }))
}

/// The details as an admin sees them.
pub async fn view(state: &AppState, account: &accounts::Model) -> Result<BillingDetailsView, Error> {
    let bill_to = BillTo::of(state.store.read(), account).await?;
    let treatment = taxation::treatment(state, account, &bill_to, state.clock.now())?;
    Ok(BillingDetailsView {
        company: bill_to.company,
        address: bill_to.address,
        postcode: bill_to.postcode.unwrap_or_default(),
        city: bill_to.city.unwrap_or_default(),
        country: bill_to.country.as_str().to_owned(),
        vat: bill_to.vat,
        email: bill_to.email.unwrap_or_default(),
        saved: bill_to.saved,
        treatment,
    })
}

/// Saves the details, and asks at once whether a VAT number that is new is given out. That nobody answers is no reason
/// to refuse it.
pub async fn save(
    state: &AppState,
    admin: &SignedIn,
    details: &BillingDetails,
) -> Result<BillingDetailsView, Error> {
    let (account, now) = (&admin.account, state.clock.now());
    state
        .store
        .with_tx(async |tx| write(&tx, account.id, admin.user.id, details, now).await)
        .await?;
    look_up::at_once(state, account.id).await?;
    view(state, account).await
}

async fn write(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    by: Uuid,
    details: &BillingDetails,
    now: Timestamp,
) -> Result<(), Error> {
    let before = Entity::find_by_id(account_id).one(tx).await?;
    let number = details
        .vat_number
        .as_ref()
        .map(|number| number.as_str().to_owned());
    let address: Vec<&str> = details.address.iter().map(AddressLine::as_str).collect();
    let mut row = ActiveModel {
        account_id: Set(account_id),
        company: Set(details.company.as_str().to_owned()),
        address: Set(serde_json::to_string(&address).map_err(Error::internal)?),
        postcode: Set(details
            .postcode
            .as_ref()
            .map(|postcode| postcode.as_str().to_owned())),
        city: Set(details.city.as_str().to_owned()),
        country: Set(details.country.as_str().to_owned()),
        email: Set(details.email.as_ref().map(Email::to_string)),
        vat_number: Set(number.clone()),
        saved_at: Set(At::from(now)),
        ..<ActiveModel as Default>::default()
    };
    // What is known of a number stays known, but saving a wrong one again asks again: the register may have caught up.
    let known = before
        .as_ref()
        .filter(|before| before.vat_number == number && before.vat_standing != Some(StoredStanding::Wrong));
    if known.is_none() {
        row.vat_standing = Set(number.as_ref().map(|_| StoredStanding::Pending));
        row.vat_asked_at = Set(None);
        row.vat_ask_at = Set(number.as_ref().map(|_| At::from(now)));
        row.vat_tries = Set(0);
    }
    if before.is_some() {
        row.update(tx).await?;
    } else {
        row.insert(tx).await?;
    }
    audit::note(
        tx,
        account_id,
        Some(by),
        actions::BILLING_DETAILS_SAVED,
        noted(details),
        now,
    )
    .await
}

/// What the trail keeps: enough to see why a later invoice is taxed otherwise.
fn noted(details: &BillingDetails) -> serde_json::Value {
    json!({
        "company": details.company.as_str(),
        "country": details.country.as_str(),
        "vat_number": details.vat_number.as_ref().map(VatNumber::as_str),
    })
}
