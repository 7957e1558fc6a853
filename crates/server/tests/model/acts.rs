//! What people do in a life, and how time passes between: made by chance, readable when it fails.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};

use crate::chance::Chance;

/// A card, as it is typed on the provider's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// Pays, now and later.
    Good,
    /// Pays on the page, and is declined when it is charged later.
    PaysOnce,
    /// Its holder has to confirm each time.
    AsksHolder,
}

/// What becomes of the provider's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnPage {
    /// Paid, with this card.
    Pays(Card),
    /// A card is tried that is declined, and the page left open.
    IsDeclined,
    /// The page is left open: time closes it.
    Leaves,
    /// The order is given up.
    GivesUp,
}

/// What is wanted of a subscription, part by part; numbers are counted from what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub plan: Option<usize>,
    pub seats: Option<i32>,
    pub annual: Option<bool>,
    pub currency: Option<usize>,
}

/// A request to a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    Change(Wanted),
    /// A scheduled part: plan, seats, period, currency.
    Withdraw(usize),
    Cancel,
    Resume,
}

/// What somebody does. It means something whatever was done before, so that a failing life can be made shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Orders; the licences are counted from the active users.
    Subscribe {
        plan: usize,
        more: i32,
        annual: bool,
        currency: usize,
        page: OnPage,
    },
    /// Previews and confirms.
    Ask {
        request: Request,
        page: OnPage,
    },
    /// The same, and sends the confirmation a second time.
    AskTwice(Request),
    /// Previews, and keeps the preview.
    Look(Request),
    /// Confirms the preview that was kept.
    ConfirmLooked,
    /// Two admins preview, then confirm at the same moment.
    AtOnce(Request, Request),
    AddUsers(u32),
    Deactivate(u32),
    /// So many; 0 for as many as the licences allow.
    Reactivate(u32),
    ReplaceCard(Card),
    /// Pays the overdue renewal.
    Recover {
        other_card: bool,
        page: OnPage,
    },
    /// Turns to the page of an order that waits.
    Page(OnPage),
    /// A credit note.
    GetCredit(u32),
}

/// A part of a life: the clock is set, then this is done.
#[derive(Clone, Debug)]
pub struct Chapter {
    pub at: Timestamp,
    /// Whether the server is stopped and started before.
    pub restarts: bool,
    pub acts: Vec<Act>,
}

/// How the clock of one server moves, for all lives on it.
///
/// Days are chosen so that the days that matter come often: the same day of the next months and years, the days around
/// them, the days of retries, the end of the trial. It is always five past, so that no day ends while people act.
pub fn times(seed: u64, world: u64, chapters: usize) -> Vec<(Timestamp, bool)> {
    let mut chance = Chance::of(seed, &[world]);
    let day = chance.pick(&[
        (2027, 1, 31),
        (2028, 2, 29),
        (2027, 12, 31),
        (2027, 3, 1),
        (2027, 4, 16),
        (2027, 8, 30),
        (2027, 10, 1),
    ]);
    let mut now = DateTime::new(day.0, day.1, day.2, 0, 5, 0, 0)
        .expect("a day")
        .checked_add(i64::from(chance.pick(&[0, 9, 10, 12, 21, 23])).hours())
        .expect("a time");
    let mut marks = vec![now];
    let mut times = Vec::new();
    for chapter in 0..chapters {
        let instant = now.to_zoned(TimeZone::UTC).expect("UTC has no gaps").timestamp();
        times.push((instant, chapter > 0 && chance.percent(8)));
        let mark = chance.pick(&marks);
        let months = (now.date().year() - mark.date().year()) * 12
            + i16::from(now.date().month() - mark.date().month());
        let next = match chance.below(20) {
            0..=2 => now.checked_add(i64::from(chance.between(1, 20)).hours()),
            3..=6 => now.checked_add(chance.pick(&[1_i64, 1, 2, 2, 3]).days()),
            7 => now.checked_add(7.days()),
            8 => now.checked_add(i64::from(chance.between(4, 25)).days()),
            9 => now.checked_add(14.days()),
            // The same day of the next month, counted from a day on which something may have begun.
            10..=15 => mark.checked_add((months + 1).months()),
            16 => mark
                .checked_add((months + 1).months())
                .and_then(|day| day.checked_sub(1.day())),
            17 => now.checked_add(i64::from(chance.between(40, 130)).days()),
            _ => mark.checked_add((months / 12 * 12 + 12).months()),
        }
        .expect("a time");
        now = if next > now {
            next
        } else {
            now.checked_add(26.hours()).expect("a time")
        };
        if marks.len() < 4 && chance.percent(40) {
            marks.push(now);
        }
    }
    times
}

/// One life on that server.
pub fn life(seed: u64, world: u64, life: u64, times: &[(Timestamp, bool)]) -> Vec<Chapter> {
    let mut chance = Chance::of(seed, &[world, life]);
    let begins = chance.weighted(&[(7, 0), (2, 1), (1, 2), (1, 3)]);
    times
        .iter()
        .enumerate()
        .map(|(index, &(at, restarts))| {
            let count = chance.weighted(&[(3, 0), (4, 1), (2, 2), (1, 3)]);
            let mut acts: Vec<Act> = Vec::new();
            if index == begins {
                acts.push(subscribe(&mut chance, 85));
                if chance.percent(50) {
                    acts.push(Act::AddUsers(chance.below(3) + 1));
                }
            }
            acts.extend((0..count).map(|_| act(&mut chance, index < begins)));
            Chapter { at, restarts, acts }
        })
        .collect()
}

/// When the trial of a life ends that begins with these times.
pub fn trial_end(times: &[(Timestamp, bool)]) -> Timestamp {
    let (first, _) = times[0];
    first
        .checked_add(SignedDuration::from_hours(14 * 24))
        .expect("a time")
}

fn act(chance: &mut Chance, in_trial: bool) -> Act {
    if in_trial && chance.percent(70) {
        return match chance.below(3) {
            0 => Act::Deactivate(1),
            1 => Act::Reactivate(chance.below(2)),
            _ => Act::AddUsers(chance.below(3) + 1),
        };
    }
    match chance.below(100) {
        0..=29 => Act::Ask {
            request: request(chance),
            page: page(chance),
        },
        30..=34 => Act::AskTwice(request(chance)),
        35..=39 => Act::Look(request(chance)),
        40..=44 => Act::ConfirmLooked,
        45..=49 => Act::AtOnce(request(chance), request(chance)),
        50..=59 => Act::AddUsers(chance.below(3) + 1),
        60..=65 => Act::Deactivate(chance.below(2) + 1),
        66..=71 => Act::Reactivate(chance.below(3)),
        72..=78 => {
            Act::ReplaceCard(chance.weighted(&[(2, Card::Good), (2, Card::PaysOnce), (1, Card::AsksHolder)]))
        }
        79..=87 => Act::Recover {
            other_card: chance.percent(50),
            page: page(chance),
        },
        88..=91 => Act::Page(page(chance)),
        92..=94 => Act::GetCredit(chance.pick(&[1, 500, 5_000, 100_000])),
        _ => subscribe(chance, 60),
    }
}

fn subscribe(chance: &mut Chance, paid: u32) -> Act {
    Act::Subscribe {
        plan: chance.below(3) as usize,
        more: chance.between(-1, 4),
        annual: chance.percent(35),
        currency: chance.weighted(&[(6, 0), (3, 1), (2, 2)]),
        page: if chance.percent(paid) {
            OnPage::Pays(card(chance))
        } else {
            page(chance)
        },
    }
}

fn request(chance: &mut Chance) -> Request {
    match chance.below(20) {
        0..=13 => {
            let parts = chance.weighted(&[(8, 1), (2, 2), (1, 4)]);
            let mut wanted = Wanted {
                plan: None,
                seats: None,
                annual: None,
                currency: None,
            };
            for _ in 0..parts {
                match chance.below(10) {
                    0..=2 => wanted.plan = Some(chance.below(3) as usize),
                    3..=6 => wanted.seats = Some(chance.between(-3, 4)),
                    7..=8 => wanted.annual = Some(chance.percent(50)),
                    _ => wanted.currency = Some(chance.below(3) as usize),
                }
            }
            Request::Change(wanted)
        }
        14..=16 => Request::Withdraw(chance.below(4) as usize),
        17 => Request::Cancel,
        _ => Request::Resume,
    }
}

fn page(chance: &mut Chance) -> OnPage {
    match chance.below(10) {
        0..=6 => OnPage::Pays(card(chance)),
        7 => OnPage::IsDeclined,
        8 => OnPage::Leaves,
        _ => OnPage::GivesUp,
    }
}

fn card(chance: &mut Chance) -> Card {
    chance.weighted(&[(6, Card::Good), (2, Card::PaysOnce), (1, Card::AsksHolder)])
}
