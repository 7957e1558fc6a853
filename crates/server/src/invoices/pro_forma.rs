//! Pro-forma invoices: what an order that waits for a bank transfer will be invoiced as, and where to pay it. They have no
//! number of the invoices' own, and are kept nowhere.

use onedesk_contract::orders::TransferInstructions;
use onedesk_invoice_pdf::{
    Amounts, DocumentKind, InvoiceDocument, Payment, References, TaxCategory, TaxNote, TransferDetails,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::document::{buyer, document_line, seller};
use super::pdf::{PdfFile, render};
use super::{Buyer, Seller};
use crate::catalog::Catalog;
use crate::clock;
use crate::error::Error;
use crate::orders::view;
use crate::store::entities::users::StoredRole;
use crate::store::entities::{accounts, orders, users};

/// What a pro-forma invoice is made of, beside the order itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProForma {
    /// The order.
    pub order: Uuid,
    /// Where the amount is to be transferred; the reference is the number of the document, too.
    pub transfer: TransferInstructions,
}

/// Makes the file, in the language of the order.
pub async fn pro_forma(
    conn: &impl ConnectionTrait,
    catalog: &Catalog,
    wanted: &ProForma,
) -> Result<PdfFile, Error> {
    let order = orders::Entity::find_by_id(wanted.order).one(conn).await?;
    let order = order.ok_or(Error::NotFound)?;
    let account = accounts::Entity::find_by_id(order.account_id).one(conn).await?;
    let account = account.ok_or_else(|| Error::internal("an order without its account"))?;
    let user = users::Entity::find()
        .filter(users::Column::AccountId.eq(account.id))
        .filter(
            Condition::any()
                .add(users::Column::Id.eq(order.placed_by))
                .add(users::Column::Role.eq(StoredRole::Owner)),
        )
        .all(conn)
        .await?
        .into_iter()
        // Who ordered, or the owner if that user is gone.
        .max_by_key(|user| user.id == order.placed_by)
        .ok_or_else(|| Error::internal("an account without its owner"))?;
    let to = Buyer::of(&account, view::bill_to(&order)?, &user);
    render(document(catalog, &account, &order, &to, &wanted.transfer)?).await
}

fn document(
    catalog: &Catalog,
    account: &accounts::Model,
    order: &orders::Model,
    to: &Buyer,
    transfer: &TransferInstructions,
) -> Result<InvoiceDocument, Error> {
    let (language, taxed) = (view::language(order), view::taxed(order)?);
    let category: TaxCategory = taxed.treatment.category_code().parse().map_err(Error::internal)?;
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(InvoiceDocument {
        kind: DocumentKind::ProForma,
        number: transfer.reference.clone(),
        language,
        issued_on: clock::day(order.placed_at.timestamp(), &account.time_zone),
        supply_period: None,
        paid_on: None,
        due_on: Some(transfer.pay_by),
        seller: seller(&Seller::now(catalog)),
        buyer: buyer(to),
        references: References::default(),
        lines: view::lines(order)?
            .iter()
            .map(|line| {
                let plan = catalog.plan_name(language, &line.plan);
                let text = onedesk_texts::invoice_line(language, line, &plan);
                document_line(language, &text, line)
            })
            .collect(),
        amounts: Amounts {
            net: taxed.net,
            tax: taxed.tax,
            gross: taxed.gross,
            credit_used: view::credit_used(order)?,
            credit_added: view::credit_added(order)?,
            due: view::total(order)?,
        },
        tax: TaxNote {
            rate: taxed.treatment.rate.basis_points().into(),
            category,
            mention: None,
        },
        payment: Some(Payment::Transfer(TransferDetails {
            holder: transfer.account_holder.clone(),
            iban: transfer.iban.clone(),
            bic: given(&transfer.bic),
            bank: given(&transfer.bank),
            reference: transfer.reference.clone(),
        })),
        notes: Vec::new(),
    })
}
