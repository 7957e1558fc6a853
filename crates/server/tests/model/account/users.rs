//! Who may work: never more than there are licences for.

use super::{Account, Standing};

impl Account {
    /// Deactivates all but the owner.
    pub fn keep_out(&mut self) -> u32 {
        let leaving = self.active - 1;
        self.active = 1;
        self.inactive += leaving;
        leaving
    }

    /// Licences owned; none in the trial, which knows no limit.
    pub fn licences(&self) -> Option<u32> {
        match &self.subscription {
            None => None,
            Some(held) => match held.standing {
                Standing::Active | Standing::PastDue { .. } => Some(held.seats),
                Standing::Suspended(_) | Standing::Ended(_) => Some(0),
            },
        }
    }

    /// Why so many users may not be active, if they may not.
    pub fn room_for(&self, users: u32) -> Result<(), &'static str> {
        if self.subscription.is_none() && self.trial_over {
            return Err("trial-over");
        }
        if self.licences().is_some_and(|licences| licences < users) {
            return Err("not-enough-licences");
        }
        match &self.open {
            Some(order) if order.after.seats < users => Err("order-pending"),
            _ => Ok(()),
        }
    }
}
