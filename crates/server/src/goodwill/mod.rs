//! Credit that the vendor's staff give to an account out of goodwill.
//!
//! Rule: *Changes* ("account credit is used up by the next charges before the card is"). One transaction writes a document
//! with a number of the invoices, the movement of the credit, a row of the history and the letters; nothing is taken back of
//! an earlier invoice, so that no tax is credited (`docs/billing.md` says why). What is sent twice is given once.

mod currency;
mod key;
mod letter;
mod refusal;

use jiff::Timestamp;
use onedesk_contract::billing::Taxed;
use onedesk_contract::fields::CreditReason;
use onedesk_pricing::Money;
use onedesk_tax::{Rate, Treatment, TreatmentKind};
use onedesk_texts::{Language, invoice as words};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use uuid::Uuid;

pub use currency::currencies;
pub use key::GiftKey;
pub use refusal::Refusal;

use crate::audit::{self, actions};
use crate::billing::BillTo;
use crate::error::Error;
use crate::invoices::{self, Buyer, InvoiceLine, InvoiceNumber, Issued, ToInvoice};
use crate::state::AppState;
use crate::store::entities::goodwill_credits::{ActiveModel, Column, Entity, Model};
use crate::store::entities::{accounts, invoices as stored};
use crate::store::{At, is_duplicate};
use crate::subscriptions::credits::{self, Reason};
use crate::{clock, mail, users};

/// The most that an account may have in minor units, the credit included: what every browser reads exactly (2⁵³ − 1), and what
/// leaves room for the credit that a change gives back.
pub const MOST: i64 = (1 << 53) - 1;

/// What is to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    /// How much, tax included.
    pub amount: Money,
    /// Why, as the customer reads it.
    pub reason: CreditReason,
}

/// Who gives it.
#[derive(Clone, Debug)]
pub struct Giver {
    /// The member of staff, if it is one with a sign-in.
    pub staff: Option<Uuid>,
    /// The name that the history tells.
    pub name: String,
}

/// A credit that was given, now or when the same was sent before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The document.
    pub number: InvoiceNumber,
    /// What the account has in that currency now.
    pub balance: Money,
    /// Whether it was given before, so that nothing was done now.
    pub before: bool,
}

/// Whether a credit could be given now, and what the account would have then. Changes nothing.
pub async fn check(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    gift: &Gift,
) -> Result<Result<Money, Refusal>, Error> {
    let amount = gift.amount;
    if amount.minor <= 0 {
        return Ok(Err(Refusal::NotAboveZero));
    }
    let usable = currencies(conn, state, account).await?;
    if !usable.contains(&amount.currency) {
        let wanted = amount.currency;
        return Ok(Err(Refusal::OtherCurrency { wanted, usable }));
    }
    let has = credits::of(conn, account.id, amount.currency).await?;
    let after = has.checked_add(amount).ok();
    Ok(after
        .filter(|after| after.minor <= MOST)
        .ok_or(Refusal::TooMuch { has }))
}

/// Gives a credit, once for each key.
///
/// # Errors
/// [`Error::NotFound`] for an account that there is none of.
pub async fn give(
    state: &AppState,
    account_id: Uuid,
    key: &GiftKey,
    gift: &Gift,
    by: &Giver,
) -> Result<Result<Given, Refusal>, Error> {
    let outcome = match take_in(state, account_id, key, gift, by).await {
        // The same was sent at the same moment, and the unique index was faster than the question. Asked again, it is found.
        Err(Error::Database(error)) if is_duplicate(&error) => {
            take_in(state, account_id, key, gift, by).await?
        }
        outcome => outcome?,
    };
    if let Ok(given) = &outcome
        && !given.before
    {
        tracing::info!(account = %account_id, number = %given.number, by = by.name, "credit given");
        state.letters_waiting.notify_one();
    }
    Ok(outcome)
}

async fn take_in(
    state: &AppState,
    account_id: Uuid,
    key: &GiftKey,
    gift: &Gift,
    by: &Giver,
) -> Result<Result<Given, Refusal>, Error> {
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let account = accounts::Entity::find_by_id(account_id).one(&tx).await?;
            let account = account.ok_or(Error::NotFound)?;
            if let Some(before) = sent_before(&tx, account_id, key).await? {
                return again(&tx, &before, gift).await;
            }
            let balance = match check(&tx, state, &account, gift).await? {
                Ok(balance) => balance,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let number = write(&tx, state, &account, key, gift, by, now).await?;
            Ok(Ok(Given {
                number,
                balance,
                before: false,
            }))
        })
        .await
}

async fn sent_before(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    key: &GiftKey,
) -> Result<Option<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Key.eq(key.as_str()))
        .one(tx)
        .await?)
}

/// The answer to what was sent before: the same, if the same was sent.
async fn again(
    tx: &impl ConnectionTrait,
    before: &Model,
    gift: &Gift,
) -> Result<Result<Given, Refusal>, Error> {
    let invoice = stored::Entity::find_by_id(before.invoice_id).one(tx).await?;
    let invoice = invoice.ok_or_else(|| Error::internal("a credit without its document"))?;
    let number = InvoiceNumber(invoice.number);
    let is_the_same = before.amount == gift.amount.minor
        && before.currency == gift.amount.currency.code()
        && before.reason == gift.reason.as_str();
    if !is_the_same {
        return Ok(Err(Refusal::KeyReused { number }));
    }
    Ok(Ok(Given {
        number,
        balance: credits::of(tx, before.account_id, gift.amount.currency).await?,
        before: true,
    }))
}

/// Document, movement, history and letters.
async fn write(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    key: &GiftKey,
    gift: &Gift,
    by: &Giver,
    now: Timestamp,
) -> Result<InvoiceNumber, Error> {
    let owner = users::owner(tx, account.id).await?;
    let language: Language = owner.language.parse().unwrap_or_default();
    let bill_to = BillTo::of(tx, account).await?;
    let country = bill_to.country;
    let buyer = Buyer::of(account, bill_to, &owner);
    let Issued { id, number, .. } =
        document(tx, state, account, &buyer, country, gift, language, now).await?;
    credits::change(tx, account.id, gift.amount, id, Reason::Goodwill, now).await?;
    let row = ActiveModel {
        invoice_id: Set(id),
        key: Set(key.as_str().to_owned()),
        account_id: Set(account.id),
        currency: Set(gift.amount.currency.code().to_owned()),
        amount: Set(gift.amount.minor),
        reason: Set(gift.reason.as_str().to_owned()),
        staff_id: Set(by.staff),
        given_by: Set(by.name.clone()),
        given_at: Set(At::from(now)),
    };
    row.insert(tx).await?;
    let detail = json!({
        "amount": gift.amount,
        "reason": gift.reason.as_str(),
        "staff": by.name,
        "invoice": number.to_string(),
    });
    audit::note(tx, account.id, None, actions::CREDIT_GIVEN, detail, now).await?;
    let told = letter::GoodwillCredit {
        account,
        buyer: &buyer,
        gift,
        balance: credits::of(tx, account.id, gift.amount.currency).await?,
        document: id,
        number,
    };
    for letter in told.letters(state, language) {
        mail::enqueue(tx, letter, now).await?;
    }
    Ok(number)
}

#[expect(
    clippy::too_many_arguments,
    reason = "what stands on the document, each used once"
)]
async fn document(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    buyer: &Buyer,
    country: onedesk_tax::Country,
    gift: &Gift,
    language: Language,
    now: Timestamp,
) -> Result<Issued, Error> {
    let (today, nothing) = (
        clock::day(now, &account.time_zone),
        Money::zero(gift.amount.currency),
    );
    let credited = gift.amount.checked_neg().map_err(Error::internal)?;
    let line = InvoiceLine {
        text: words::goodwill(language).line(gift.reason.as_str()),
        net: credited,
        worked_out: None,
    };
    let goodwill_credit = ToInvoice {
        account_id: account.id,
        order_id: None,
        lines: &[line],
        taxed: Taxed {
            net: credited,
            tax: nothing,
            gross: credited,
            // No supply and no correction of one: nothing that a tax could be on.
            treatment: Treatment {
                kind: TreatmentKind::OutsideScope,
                rate: Rate::ZERO,
                country: country.taxed_as(),
            },
        },
        credit_used: nothing,
        credit_added: gift.amount,
        due: nothing,
        buyer,
        language,
        issued_on: today,
        paid_on: today,
        period: None,
    };
    invoices::issue(tx, &state.catalog, goodwill_credit, now).await
}
