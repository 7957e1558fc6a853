//! Lives by chance: how time passes in a world, and what the people in it do.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};

use crate::account::Edition;
use crate::acts::{Act, Acts, Card, Marking, Morning, OnPage, Payment, Request, Wanted};
use crate::chance::Chance;

/// How the clock of one server moves, for all lives on it.
///
/// Days are chosen so that the days that matter come often: the same day of the next months and years, the days around
/// them, the days of retries, the end of the trial. It is always five past, so that no day ends while people act.
pub fn mornings(seed: u64, world: u64, chapters: usize) -> Vec<Morning> {
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
    let mut mornings = Vec::new();
    let mut edition = Edition::Sample;
    for chapter in 0..chapters {
        let at = now.to_zoned(TimeZone::UTC).expect("UTC has no gaps").timestamp();
        let restarts = chapter > 0 && chance.percent(22);
        if restarts && chance.percent(80) {
            edition = edition.other();
        }
        mornings.push(Morning {
            at,
            restarts,
            edition,
        });
        now = if world % 4 == 3 && chapter + 2 == chapters {
            now.checked_add(13.months()).expect("a time")
        } else {
            later(&mut chance, now, &marks)
        };
        if marks.len() < 4 && chance.percent(40) {
            marks.push(now);
        }
    }
    mornings
}

/// The next morning. `marks` are days on which something may have begun.
fn later(chance: &mut Chance, now: DateTime, marks: &[DateTime]) -> DateTime {
    let mark = chance.pick(marks);
    let months =
        (now.date().year() - mark.date().year()) * 12 + i16::from(now.date().month() - mark.date().month());
    let next = match chance.below(24) {
        0..=2 => now.checked_add(i64::from(chance.between(1, 20)).hours()),
        3..=6 => now.checked_add(chance.pick(&[1_i64, 1, 2, 2, 3]).days()),
        7 => now.checked_add(7.days()),
        8 => now.checked_add(i64::from(chance.between(4, 25)).days()),
        9 => now.checked_add(14.days()),
        // The same day of the next month.
        10..=17 => mark.checked_add((months + 1).months()),
        18 => mark
            .checked_add((months + 1).months())
            .and_then(|day| day.checked_sub(1.day())),
        19 => now.checked_add(i64::from(chance.between(40, 100)).days()),
        20 => now.checked_add(13.months()),
        // Some days before the same day of the next year, when a renewal is announced.
        21..=22 => mark
            .checked_add((months / 12 * 12 + 12).months())
            .and_then(|day| day.checked_sub(i64::from(chance.between(1, 8)).days())),
        _ => mark.checked_add((months / 12 * 12 + 12).months()),
    }
    .expect("a time");
    if next > now {
        next
    } else {
        now.checked_add(26.hours()).expect("a time")
    }
}

/// One life on that server: what is done on each of its mornings.
pub fn life(seed: u64, world: u64, life: u64, mornings: &[Morning]) -> Vec<Acts> {
    let mut chance = Chance::of(seed, &[world, life]);
    let begins = chance.weighted(&[(12, 0), (2, 1), (1, 2), (1, 3)]);
    let mut marked = None;
    (0..mornings.len())
        .map(|index| {
            let count = chance.weighted(&[(3, 0), (4, 1), (3, 2), (1, 3)]);
            let mut acts: Acts = Vec::new();
            if index == begins {
                acts.push(subscribe(&mut chance, 85));
                if chance.percent(50) {
                    acts.push(Act::AddUsers(chance.below(3) + 1));
                }
            }
            acts.extend((0..count).map(|_| act(&mut chance, index < begins)));
            if index >= begins && chance.percent(22) {
                acts.extend(plot(&mut chance));
            }
            // Prices have fallen: whoever paid more and raises the plan gets credit, which the next charges use up.
            let has_fallen = index > begins
                && mornings[index].edition == Edition::Sale
                && mornings[index - 1].edition == Edition::Sample;
            if has_fallen && chance.percent(40) {
                acts.insert(0, ask(plan(2)));
            }
            // Whoever transfers money mostly does; it arrives the same day, or on one of the next mornings.
            if marked == Some(index) {
                acts.insert(0, Act::Mark(marking(&mut chance)));
            }
            if acts.iter().any(is_by_transfer) && chance.percent(75) {
                match chance.below(4) {
                    0 => acts.push(Act::Mark(marking(&mut chance))),
                    1..=2 => marked = Some(index + 1),
                    _ => marked = Some(index + 2),
                }
            }
            acts
        })
        .collect()
}

/// When the trial of a life ends that begins with these mornings.
pub fn trial_end(mornings: &[Morning]) -> Timestamp {
    mornings[0]
        .at
        .checked_add(SignedDuration::from_hours(14 * 24))
        .expect("a time")
}

fn is_by_transfer(act: &Act) -> bool {
    match act {
        Act::Subscribe { payment, .. } | Act::Recover { payment, .. } => *payment == Payment::Transfer,
        _ => false,
    }
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
        0..=27 => Act::Ask {
            request: request(chance),
            page: page(chance),
        },
        28..=31 => Act::AskTwice(request(chance)),
        32..=36 => Act::Look(request(chance)),
        37..=41 => Act::ConfirmLooked,
        42..=44 => Act::Between(request(chance), request(chance)),
        45..=49 => Act::AtOnce(request(chance), request(chance)),
        50..=54 => Act::AddUsers(chance.below(3) + 1),
        55..=59 => Act::FillUp(chance.below(2)),
        60..=65 => Act::Deactivate(chance.below(2) + 1),
        66..=71 => Act::Reactivate(chance.below(3)),
        72..=78 => {
            Act::ReplaceCard(chance.weighted(&[(2, Card::Good), (2, Card::PaysOnce), (1, Card::AsksHolder)]))
        }
        79..=88 => Act::Recover {
            other_card: chance.percent(50),
            payment: if chance.percent(35) {
                Payment::Transfer
            } else {
                Payment::Card(page(chance))
            },
        },
        89..=92 => Act::Page(page(chance)),
        93..=94 => Act::Mark(marking(chance)),
        _ => subscribe(chance, 60),
    }
}

fn ask(wanted: Wanted) -> Act {
    Act::Ask {
        request: Request::Change(wanted),
        page: OnPage::Pays(Card::Good),
    }
}

fn plan(plan: usize) -> Wanted {
    Wanted {
        plan: Some(plan),
        ..Wanted::default()
    }
}

/// What chance alone seldom puts one after the other.
fn plot(chance: &mut Chance) -> Acts {
    let more = Wanted {
        seats: Some(chance.between(1, 3)),
        ..Wanted::default()
    };
    match chance.below(6) {
        // Fewer licences are scheduled, and then used.
        0..=1 => {
            let fewer = Wanted {
                seats: Some(-chance.between(1, 2)),
                ..Wanted::default()
            };
            vec![ask(more), ask(fewer), Act::FillUp(0)]
        }
        // A lower plan is scheduled, licences are added; perhaps it is withdrawn.
        2..=3 => {
            let mut acts = vec![ask(plan(chance.below(2) as usize)), ask(more)];
            if chance.percent(40) {
                acts.push(Act::AskTwice(Request::Withdraw(0)));
            }
            acts
        }
        // The highest plan, which leaves credit in a sale; then what that pays for.
        4 => vec![ask(plan(2)), ask(more)],
        // The card will fail at the renewal.
        _ => vec![Act::ReplaceCard(Card::PaysOnce)],
    }
}

fn subscribe(chance: &mut Chance, paid: u32) -> Act {
    Act::Subscribe {
        plan: chance.below(3) as usize,
        more: chance.between(-1, 4),
        annual: chance.percent(35),
        currency: chance.weighted(&[(6, 0), (3, 1), (2, 2)]),
        outdated: chance.percent(4),
        payment: if chance.percent(22) {
            Payment::Transfer
        } else if chance.percent(paid) {
            Payment::Card(OnPage::Pays(card(chance)))
        } else {
            Payment::Card(page(chance))
        },
    }
}

fn request(chance: &mut Chance) -> Request {
    match chance.below(20) {
        0..=13 => {
            let parts = chance.weighted(&[(8, 1), (2, 2), (1, 4)]);
            let mut wanted = Wanted::default();
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

fn marking(chance: &mut Chance) -> Marking {
    chance.weighted(&[
        (6, Marking::Right),
        (2, Marking::Twice),
        (2, Marking::AtOnce),
        (1, Marking::OtherAmount(1)),
        (1, Marking::OtherAmount(-1)),
        (1, Marking::OtherDay),
    ])
}
