//! How many active users an account may have.

use jiff::Timestamp;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::accounts::Standing;
use crate::error::Error;
use crate::orders;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::subscriptions::renewals;

/// What limits the number (billing rules, "Licences and users"): nothing in the trial, the licences when paid, and what an
/// open order would pay for.
#[derive(Debug)]
pub struct Room {
    /// Licences owned; none in the trial.
    licences: Option<u32>,
    /// An order that waits for its payment, with the licences that it pays for; of several the one with the fewest.
    open_order: Option<(Uuid, u32)>,
}

impl Room {
    /// The room of an account.
    ///
    /// # Errors
    /// [`Error::TrialOver`]; [`Error::NotEnoughLicences`] is what [`Room::admit`] says of an account that is suspended or
    /// whose subscription has ended: it has none.
    pub async fn of(
        conn: &impl ConnectionTrait,
        state: &AppState,
        account: &accounts::Model,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let standing = Standing::of(conn, state, account, now).await?;
        if matches!(standing, Standing::TrialOver(_)) {
            return Err(Error::TrialOver);
        }
        let placed = orders::pending(conn, account.id).await?;
        // A renewal that is being charged has been decided for so many licences, too.
        let renewal = renewals::being_charged(conn, account.id).await?;
        let mut open_order: Option<(Uuid, u32)> = None;
        for order in placed.iter().chain(&renewal) {
            let seats = orders::view::seats(order)?.get();
            if open_order.is_none_or(|(_, fewest)| seats < fewest) {
                open_order = Some((order.id, seats));
            }
        }
        Ok(Self {
            licences: standing.licences(),
            open_order,
        })
    }

    /// Whether so many users may be active.
    ///
    /// # Errors
    /// [`Error::NotEnoughLicences`] with the numbers, [`Error::OrderPending`].
    pub fn admit(&self, wanted: u32) -> Result<(), Error> {
        match self {
            Self {
                licences: Some(licences),
                ..
            } if *licences < wanted => Err(Error::NotEnoughLicences {
                licences: *licences,
                active_users: wanted,
            }),
            Self {
                open_order: Some((order, seats)),
                ..
            } if *seats < wanted => Err(Error::OrderPending(*order)),
            _ => Ok(()),
        }
    }

    /// How many users may become active where `active` are: none if there are too many already.
    pub fn left(&self, active: u32) -> u32 {
        let ordered = self.open_order.map(|(_, seats)| seats);
        let most = self.licences.into_iter().chain(ordered).min();
        most.map_or(u32::MAX, |most| most.saturating_sub(active))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(licences: Option<u32>, ordered: Option<u32>) -> Room {
        Room {
            licences,
            open_order: ordered.map(|seats| (Uuid::nil(), seats)),
        }
    }

    #[test]
    fn licences_are_never_fewer_than_active_users() {
        assert!(room(Some(3), None).admit(3).is_ok());
        assert!(matches!(
            room(Some(3), None).admit(4),
            Err(Error::NotEnoughLicences {
                licences: 3,
                active_users: 4
            })
        ));
        assert!(room(None, None).admit(10_000).is_ok());
        assert!(matches!(
            room(None, Some(2)).admit(3),
            Err(Error::OrderPending(_))
        ));
    }

    #[test]
    fn what_is_left_is_what_can_be_admitted() {
        for (licences, ordered, active, left) in [
            (Some(5), None, 3, 2),
            (Some(5), Some(4), 3, 1),
            (Some(3), Some(9), 3, 0),
            (Some(0), None, 1, 0),
            (None, Some(4), 1, 3),
            (None, None, 1, u32::MAX),
        ] {
            assert_eq!(
                room(licences, ordered).left(active),
                left,
                "{licences:?} {ordered:?}"
            );
        }
    }
}
