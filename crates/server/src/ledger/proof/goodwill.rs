//! Documents that no order led to, and the credit that the staff gave: each of one is of one of the other.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Invoice, Proof, told};
use crate::store::entities::goodwill_credits::Model;

impl Proof<'_> {
    /// What the staff gave stands on its document, and on nothing else.
    pub(super) fn goodwill(&mut self) {
        let books = self.books;
        let given: HashMap<Uuid, &Model> = books
            .goodwill
            .iter()
            .map(|given| (given.invoice_id, given))
            .collect();
        let mut documents = 0;
        for invoice in books.invoices.iter().filter(|invoice| invoice.order.is_none()) {
            let name = format!("invoice {} ({})", invoice.number, invoice.id);
            match given.get(&invoice.id) {
                Some(given) => {
                    documents += 1;
                    self.document(&name, invoice, given);
                }
                None => self.found(format!(
                    "{name}: has no order, and is of no credit that the staff gave"
                )),
            }
        }
        if documents != books.goodwill.len() {
            self.without_document();
        }
    }

    /// Nothing is bought and no tax is due: all of it is the credit.
    fn document(&mut self, name: &str, invoice: &Invoice, given: &Model) {
        if invoice.gross >= 0 || [invoice.tax, invoice.due, invoice.credit_used] != [0, 0, 0] {
            self.found(format!(
                "{name}: has no order, but is no document of given credit alone"
            ));
        }
        if given.account_id != invoice.account {
            let (of, account) = (self.account(invoice.account), self.account(given.account_id));
            self.found(format!(
                "{name}: is of {of}, but its credit was given to {account}"
            ));
        }
        if (given.amount, &given.currency) != (invoice.credit_added, &invoice.currency) {
            let given = told(given.amount, &given.currency);
            let added = told(invoice.credit_added, &invoice.currency);
            self.found(format!("{name}: adds {added} of credit, but {given} were given"));
        }
    }

    fn without_document(&mut self) {
        let books = self.books;
        let documents: HashMap<Uuid, &Invoice> = books
            .invoices
            .iter()
            .filter(|invoice| invoice.order.is_none())
            .map(|invoice| (invoice.id, invoice))
            .collect();
        for given in &books.goodwill {
            if !documents.contains_key(&given.invoice_id) {
                let (account, amount) = (
                    self.account(given.account_id),
                    told(given.amount, &given.currency),
                );
                self.found(format!(
                    "{account}: was given {amount} of credit, but {} is no document of it",
                    given.invoice_id
                ));
            }
        }
    }
}
