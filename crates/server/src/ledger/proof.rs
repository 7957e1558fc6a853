//! What has to agree with what, and what does not.

mod goodwill;

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::books::{Books, Invoice, Order};
use super::report::{Report, told};
use crate::store::entities::orders::{StoredKind, StoredStatus};

/// Adds up everything, and tells every discrepancy with the ids that it is found by.
pub fn prove(books: &Books) -> Report {
    let mut proof = Proof {
        books,
        orders: books.orders.iter().map(|order| (order.id, order)).collect(),
        report: Report {
            accounts: books.accounts.len(),
            ..Report::default()
        },
    };
    proof.orders();
    proof.charges();
    proof.invoices();
    proof.goodwill();
    proof.numbers();
    proof.movements();
    proof.balances();
    proof.accounts();
    proof.refunds();
    proof.report
}

struct Proof<'a> {
    books: &'a Books,
    orders: HashMap<Uuid, &'a Order>,
    report: Report,
}

impl Proof<'_> {
    fn found(&mut self, discrepancy: String) {
        self.report.discrepancies.push(discrepancy);
    }

    fn sums(&mut self, currency: &str) -> &mut super::report::Sums {
        self.report.currencies.entry(currency.to_owned()).or_default()
    }

    fn account(&self, id: Uuid) -> String {
        match self.books.accounts.get(&id) {
            Some(address) => format!("account {address} ({id})"),
            None => format!("account {id}, which does not exist"),
        }
    }

    /// The payment of an order that is paid.
    fn is_paid(&self, order: Uuid) -> bool {
        self.orders
            .get(&order)
            .is_some_and(|order| order.status == StoredStatus::Paid)
    }

    /// A paid order with something due is exactly one charge of it, and exactly one invoice. One that gives back or that
    /// credit covers has no charge; one that only keeps a card has no invoice either.
    fn orders(&mut self) {
        let mut charges: HashMap<Uuid, Vec<(i64, &str)>> = HashMap::new();
        for charge in &self.books.charges {
            let of_order = charges.entry(charge.order_id).or_default();
            of_order.push((charge.amount, &charge.currency));
        }
        let mut invoices: HashMap<Uuid, u32> = HashMap::new();
        for invoice in &self.books.invoices {
            if let Some(order) = invoice.order {
                *invoices.entry(order).or_default() += 1;
            }
        }
        let books = self.books;
        for order in &books.orders {
            let (id, currency) = (order.id, order.currency.as_str());
            let due = told(order.due, currency);
            if wide(order.gross) != wide(order.net) + wide(order.tax) {
                self.found(format!("order {id}: gross is not net + tax"));
            }
            let left = (wide(order.gross) - wide(order.credit_used)).max(0);
            if wide(order.due) != left || order.credit_used < 0 {
                self.found(format!(
                    "order {id}: {due} is due, but gross without the credit used is {}",
                    told(left, currency)
                ));
            }
            if order.status != StoredStatus::Paid {
                continue;
            }
            self.sums(currency).orders.add(order.due);
            let taken = charges.get(&id).map_or(&[][..], Vec::as_slice);
            match (order.due, taken) {
                (0, []) => {}
                (0, _) => self.found(format!(
                    "order {id}: nothing was due, but it has {} charge(s)",
                    taken.len()
                )),
                (_, []) => self.found(format!("order {id}: paid with {due} due, but it has no charge")),
                (amount, [(paid, of)]) if amount == *paid && currency == *of => {}
                (_, [(paid, of)]) => {
                    self.found(format!("order {id}: {due} due, but {} charged", told(*paid, of)));
                }
                (..) => self.found(format!("order {id}: paid, with {} charges", taken.len())),
            }
            match (order.kind, invoices.get(&id).copied().unwrap_or_default()) {
                (StoredKind::PaymentMethod, 0) => {}
                (StoredKind::PaymentMethod, count) => self.found(format!(
                    "order {id}: only keeps a card, but has {count} invoice(s)"
                )),
                (_, 1) => {}
                (_, 0) => self.found(format!("order {id}: paid, but it has no invoice")),
                (_, count) => self.found(format!("order {id}: paid, with {count} invoices")),
            }
        }
    }

    /// No charge without a paid order, and none that the provider does not know.
    fn charges(&mut self) {
        let books = self.books;
        for charge in &books.charges {
            self.sums(&charge.currency).charges.add(charge.amount);
            let (id, order) = (charge.id, charge.order_id);
            let amount = told(charge.amount, &charge.currency);
            if !self.orders.contains_key(&order) {
                self.found(format!(
                    "charge {id}: {amount} for order {order}, which does not exist"
                ));
            } else if !self.is_paid(order) {
                self.found(format!(
                    "charge {id}: {amount} for order {order}, which is not paid"
                ));
            }
            if charge.amount <= 0 {
                self.found(format!("charge {id}: {amount} is no amount to charge"));
            }
            let (provider, payment) = (charge.provider.as_str(), charge.reference.as_str());
            let payment = (provider, payment, charge.amount, charge.currency.as_str());
            self.payment(&format!("charge {id}"), payment);
        }
    }

    /// The payment that a charge or a refund is of, as far as the provider is the sandbox's, whose books are here too.
    fn payment(&mut self, what: &str, (provider, name, amount, currency): (&str, &str, i64, &str)) {
        if provider != "sandbox" {
            return;
        }
        match self.books.sandbox_payments.get(name) {
            None => self.found(format!("{what}: there is no payment {name} at the provider")),
            Some((paid, of)) if *paid == amount && of == currency => {}
            Some((paid, of)) => {
                let (told, paid) = (told(amount, currency), told(*paid, of));
                self.found(format!("{what}: {told}, but the payment {name} is of {paid}"));
            }
        }
    }

    /// gross = net + tax = due + credit used − credit added; the lines sum to net; and it is what the order was.
    fn invoices(&mut self) {
        let books = self.books;
        for invoice in &books.invoices {
            let name = format!("invoice {} ({})", invoice.number, invoice.id);
            let currency = invoice.currency.as_str();
            let sums = self.sums(currency);
            match (invoice.gross, invoice.order) {
                (0.., _) => sums.invoices.add(invoice.gross),
                (_, Some(_)) => sums.credit_notes.add(invoice.gross),
                // No credit note: it is told as credit that was given.
                (_, None) => {}
            }
            if invoice.credit_used != 0 {
                sums.credit_used.add(invoice.credit_used);
            }
            match (invoice.credit_added, invoice.order) {
                (0, _) => {}
                (added, Some(_)) => sums.credit_added.add(added),
                (given, None) => sums.credit_given.add(given),
            }
            let gross = told(invoice.gross, currency);
            let net_and_tax = wide(invoice.net) + wide(invoice.tax);
            if wide(invoice.gross) != net_and_tax {
                let sum = told(net_and_tax, currency);
                self.found(format!("{name}: gross is {gross}, but net + tax are {sum}"));
            }
            let settled = wide(invoice.due) + wide(invoice.credit_used) - wide(invoice.credit_added);
            if wide(invoice.gross) != settled {
                let settled = told(settled, currency);
                self.found(format!(
                    "{name}: gross is {gross}, but due + credit used − credit added are {settled}"
                ));
            }
            if [invoice.due, invoice.credit_used, invoice.credit_added]
                .iter()
                .any(|amount| *amount < 0)
            {
                self.found(format!("{name}: due, credit used or credit added is below zero"));
            }
            let lines = books.lines.get(&invoice.id).copied().unwrap_or_default();
            if wide(invoice.net) != lines {
                let (net, lines) = (told(invoice.net, currency), told(lines, currency));
                self.found(format!("{name}: net is {net}, but its lines sum to {lines}"));
            }
            if let Some(order) = invoice.order {
                self.invoice_of_order(&name, invoice, order);
            }
        }
    }

    fn invoice_of_order(&mut self, name: &str, invoice: &Invoice, order: Uuid) {
        let Some(order) = self.orders.get(&order).copied() else {
            self.found(format!("{name}: its order {order} does not exist"));
            return;
        };
        if order.status != StoredStatus::Paid {
            self.found(format!("{name}: its order {} is not paid", order.id));
        }
        if order.account != invoice.account {
            let (of, account) = (self.account(invoice.account), self.account(order.account));
            self.found(format!(
                "{name}: is of {of}, but its order {} of {account}",
                order.id
            ));
        }
        let invoiced = [
            invoice.net,
            invoice.tax,
            invoice.gross,
            invoice.credit_used,
            invoice.due,
        ];
        let ordered = [order.net, order.tax, order.gross, order.credit_used, order.due];
        if invoiced != ordered || invoice.currency != order.currency {
            self.found(format!(
                "{name}: its amounts are not those of its order {}",
                order.id
            ));
        }
    }

    /// 1, 2, 3, … up to the last one given out.
    fn numbers(&mut self) {
        let books = self.books;
        let mut expected = 1;
        for invoice in &books.invoices {
            let number = invoice.number;
            if number > expected {
                let missing = match number - 1 {
                    last if last == expected => format!("invoice number {expected} is missing"),
                    last => format!("invoice numbers {expected} to {last} are missing"),
                };
                self.found(missing);
            } else if number < expected {
                self.found(format!("invoice number {number} was given twice, or is below 1"));
            }
            expected = expected.max(number.saturating_add(1));
        }
        if books.last_number != expected - 1 {
            self.found(format!(
                "the counter of invoices stands at {}, but the last number is {}",
                books.last_number,
                expected - 1
            ));
        }
    }

    /// What credit an invoice used or added is one movement, of the invoice's account and currency.
    fn movements(&mut self) {
        let books = self.books;
        let mut moved: HashMap<Uuid, i128> = HashMap::new();
        let invoices: HashMap<Uuid, &Invoice> = books
            .invoices
            .iter()
            .map(|invoice| (invoice.id, invoice))
            .collect();
        for movement in &books.movements {
            let name = format!(
                "credit movement {} of {}",
                movement.id,
                told(movement.amount, &movement.currency)
            );
            // Whatever gives or uses credit has a document: what has none was written by nobody who may.
            let Some(id) = movement.invoice_id else {
                let account = self.account(movement.account_id);
                self.found(format!(
                    "{name}: stands on no document, and changes the credit of {account}"
                ));
                continue;
            };
            *moved.entry(id).or_default() += wide(movement.amount);
            match invoices.get(&id) {
                None => self.found(format!("{name}: its invoice {id} does not exist")),
                Some(invoice)
                    if (invoice.account, &invoice.currency) != (movement.account_id, &movement.currency) =>
                {
                    self.found(format!(
                        "{name}: its invoice {} is of another account or currency",
                        invoice.number
                    ));
                }
                Some(_) => {}
            }
        }
        for invoice in &books.invoices {
            let moved = moved.get(&invoice.id).copied().unwrap_or_default();
            let stated = wide(invoice.credit_added) - wide(invoice.credit_used);
            if moved != stated {
                self.found(format!(
                    "invoice {} ({}): changes the account credit by {}, but its movements are {}",
                    invoice.number,
                    invoice.id,
                    told(stated, &invoice.currency),
                    told(moved, &invoice.currency)
                ));
            }
        }
    }

    /// What an account has is the sum of its movements.
    fn balances(&mut self) {
        let books = self.books;
        let mut expected: BTreeMap<(Uuid, &str), i128> = BTreeMap::new();
        for movement in &books.movements {
            *expected
                .entry((movement.account_id, &movement.currency))
                .or_default() += wide(movement.amount);
        }
        for credit in &books.credits {
            let (account, currency) = (credit.account_id, credit.currency.as_str());
            let moved = expected.remove(&(account, currency)).unwrap_or_default();
            if credit.amount != 0 {
                self.sums(currency).credit.add(credit.amount);
            }
            let has = told(credit.amount, currency);
            if wide(credit.amount) != moved {
                let (account, moved) = (self.account(account), told(moved, currency));
                self.found(format!(
                    "{account}: has {has} of credit, but its movements sum to {moved}"
                ));
            }
            if credit.amount < 0 {
                let account = self.account(account);
                self.found(format!("{account}: its credit is below zero, {has}"));
            }
        }
        for ((account, currency), moved) in expected {
            if moved != 0 {
                let (account, moved) = (self.account(account), told(moved, currency));
                self.found(format!(
                    "{account}: has no credit in {currency}, but its movements sum to {moved}"
                ));
            }
        }
    }

    /// What was invoiced as due is what was charged: for each account, and so in total.
    fn accounts(&mut self) {
        let books = self.books;
        let mut sums: BTreeMap<(Uuid, &str), (i128, i128)> = BTreeMap::new();
        for invoice in &books.invoices {
            sums.entry((invoice.account, &invoice.currency)).or_default().0 += wide(invoice.due);
        }
        for charge in &books.charges {
            if let Some(order) = self.orders.get(&charge.order_id) {
                sums.entry((order.account, &charge.currency)).or_default().1 += wide(charge.amount);
            }
        }
        for ((account, currency), (invoiced, charged)) in sums {
            if invoiced != charged {
                let account = self.account(account);
                let (invoiced, charged) = (told(invoiced, currency), told(charged, currency));
                self.found(format!(
                    "{account}: {invoiced} invoiced as due, but {charged} charged"
                ));
            }
        }
    }

    /// A refund is of a payment that was made, for an order that exists, and that is not kept as a charge as well.
    fn refunds(&mut self) {
        let books = self.books;
        let kept: HashMap<(&str, &str), Uuid> = books
            .charges
            .iter()
            .map(|charge| ((charge.provider.as_str(), charge.reference.as_str()), charge.id))
            .collect();
        for refund in &books.refunds {
            self.sums(&refund.currency).refunds.add(refund.amount);
            let name = format!("refund {}", refund.id);
            if !self.orders.contains_key(&refund.order_id) {
                self.found(format!("{name}: its order {} does not exist", refund.order_id));
            }
            let payment = (refund.provider.as_str(), refund.reference.as_str());
            if let Some(charge) = kept.get(&payment) {
                self.found(format!("{name}: its payment is kept as well, as charge {charge}"));
            }
            let payment = (payment.0, payment.1, refund.amount, refund.currency.as_str());
            self.payment(&name, payment);
        }
    }
}

/// Sums of 64-bit amounts never overflow in it.
fn wide(minor: i64) -> i128 {
    minor.into()
}
