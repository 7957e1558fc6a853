//! How often something may be tried.
//!
//! Kept in memory, an allowance a key: a restart forgives, and several servers allow their number of times as much.
//! Time is the machine's own, not the clock that the sandbox moves.

use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Limits;
use crate::error::Error;

/// So many at once, filled up again evenly over a time; or no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(Option<(NonZeroU32, Duration)>);

impl Rate {
    /// No limit.
    pub const OFF: Self = Self(None);
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self(None));
        }
        let wrong =
            || format!("{text:?} is no limit: give NUMBER/TIME, such as 10/15m, with s, m or h; or off");
        let (number, time) = text.split_once('/').ok_or_else(wrong)?;
        let unit = match time.chars().last() {
            Some('s') => 1,
            Some('m') => 60,
            Some('h') => 3600,
            _ => return Err(wrong()),
        };
        let number: NonZeroU32 = number.parse().map_err(|_| wrong())?;
        let time: NonZeroU32 = time[..time.len() - 1].parse().map_err(|_| wrong())?;
        Ok(Self(Some((
            number,
            Duration::from_secs(u64::from(time.get()) * unit),
        ))))
    }
}

/// One limit, kept for each key apart.
#[derive(Debug)]
struct Throttle(Option<DefaultKeyedRateLimiter<String>>);

impl Throttle {
    fn new(rate: Rate) -> Self {
        let quota = rate.0.and_then(|(number, time)| {
            Quota::with_period(time / number.get()).map(|quota| quota.allow_burst(number))
        });
        Self(quota.map(RateLimiter::keyed))
    }

    fn check(&self, key: &str) -> Result<(), Error> {
        self.check_several(key, NonZeroU32::MIN)
    }

    /// Takes several at once, or none. More than the whole allowance is told to come back after an hour: it never will
    /// fit, but smaller numbers may by then.
    fn check_several(&self, key: &str, number: NonZeroU32) -> Result<(), Error> {
        const NEVER: Duration = Duration::from_hours(1);
        let Some(limiter) = &self.0 else { return Ok(()) };
        match limiter.check_key_n(&key.to_owned(), number) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(denied)) => Err(Error::TooManyAttempts(
                denied.wait_time_from(DefaultClock::default().now()),
            )),
            Err(_more_than_all) => Err(Error::TooManyAttempts(NEVER)),
        }
    }

    fn forget_idle(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// All limits of the server.
#[derive(Debug)]
pub struct Throttles {
    sign_in: Throttle,
    sign_in_ip: Throttle,
    letters: Throttle,
    letters_ip: Throttle,
    invitations: Throttle,
    chat_ip: Throttle,
}

impl Throttles {
    /// Nothing tried yet.
    pub fn new(limits: &Limits) -> Self {
        Self {
            sign_in: Throttle::new(limits.limit_sign_in),
            sign_in_ip: Throttle::new(limits.limit_sign_in_ip),
            letters: Throttle::new(limits.limit_letters),
            letters_ip: Throttle::new(limits.limit_letters_ip),
            invitations: Throttle::new(limits.limit_invitations),
            chat_ip: Throttle::new(limits.limit_chat),
        }
    }

    /// Before a password is looked at.
    ///
    /// By address and network address together, so that a stranger cannot lock a user out; by network address alone,
    /// so that one machine cannot try one password on everybody.
    pub fn sign_in(&self, email: &str, ip: &str) -> Result<(), Error> {
        self.sign_in_ip.check(ip)?;
        self.sign_in.check(&format!("{email} {ip}"))
    }

    /// Before the password of a member of staff is looked at: the same limits, counted apart by address.
    pub fn staff_sign_in(&self, email: &str, ip: &str) -> Result<(), Error> {
        self.sign_in_ip.check(ip)?;
        self.sign_in.check(&format!("staff {email} {ip}"))
    }

    /// Before a link from a letter is used: whoever has none could make the server hash passwords all the same. Counts
    /// as a sign-in from the network address.
    pub fn link(&self, ip: &str) -> Result<(), Error> {
        self.sign_in_ip.check(ip)
    }

    /// Before a letter is written that anybody can set off.
    pub fn letter(&self, email: &str, ip: &str) -> Result<(), Error> {
        self.letters_ip.check(ip)?;
        self.letters.check(email)
    }

    /// Before a copy of a question is written to the address that its asker gave, of one that was not counted when it was asked.
    pub fn copy_to(&self, email: &str) -> Result<(), Error> {
        self.letters.check(email)
    }

    /// Before so many users are invited to an account: a trial costs nothing, and shall not be a way to write to
    /// strangers.
    pub fn invitations(&self, account: &str, number: usize) -> Result<(), Error> {
        let number = u32::try_from(number)
            .ok()
            .and_then(NonZeroU32::new)
            .unwrap_or(NonZeroU32::MIN);
        self.invitations.check_several(account, number)
    }

    /// Before an invitation is written to an address: many accounts together shall not write more to a stranger than
    /// the stranger's own forms would.
    pub fn invitation_to(&self, email: &str) -> Result<(), Error> {
        self.letters.check(email)
    }

    /// Before something is said in the chat.
    pub fn chat(&self, ip: &str) -> Result<(), Error> {
        self.chat_ip.check(ip)
    }

    /// Drops the keys whose allowance is full again.
    pub fn forget_idle(&self) {
        for throttle in [
            &self.sign_in,
            &self.sign_in_ip,
            &self.letters,
            &self.letters_ip,
            &self.invitations,
            &self.chat_ip,
        ] {
            throttle.forget_idle();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read() {
        let ten = NonZeroU32::new(10).expect("not zero");
        assert_eq!("10/15m".parse(), Ok(Rate(Some((ten, Duration::from_mins(15))))));
        assert_eq!("off".parse(), Ok(Rate(None)));
        for wrong in ["", "10", "10/", "0/1m", "10/0s", "10/5", "-1/1m", "10/1d", "10/µ"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn keys_do_not_share_an_allowance() {
        let throttle = Throttle::new("2/1h".parse().expect("a rate"));
        assert!(throttle.check("a").is_ok() && throttle.check("a").is_ok());
        let Err(Error::TooManyAttempts(wait)) = throttle.check("a") else {
            panic!("allowed a third time")
        };
        assert!(
            wait > Duration::from_secs(1700) && wait <= Duration::from_mins(30),
            "{wait:?}"
        );
        assert!(throttle.check("b").is_ok());
    }

    #[test]
    fn no_limit_allows_everything() {
        let throttle = Throttle::new("off".parse().expect("a rate"));
        assert!((0..1000).all(|_| throttle.check("a").is_ok()));
    }
}
