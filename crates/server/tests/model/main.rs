//! The model test: random lives of accounts, through the real server and its database, against a small independent model.
//!
//! A *life* is a sequence of commands between which the clock jumps: subscribing, changes, users, cards that fail, overdue
//! renewals, two admins at once, outdated previews, restarts. Many lives share one server, its database file and its clock;
//! several such *worlds* run at the same time. After every command the server is asked what it shows, and that has to be
//! what the [model](account) says; at the end the books are read from the database, and have to balance.
//!
//! - `ONEDESK_MODEL_LIVES=20000` lives as many lives (a good while), `ONEDESK_MODEL_SEED=7` begins elsewhere.
//! - A life that fails is lived again alone, with fewer and fewer commands, and what is left is printed; with the command
//!   that repeats it.

mod account;
mod acts;
mod chance;
mod person;
mod shorter;
mod world;

use std::time::{Duration, Instant};

use futures_util::StreamExt;

/// How many lives are lived unless the environment says otherwise: a minute and some of a build without optimisation.
const LIVES: u64 = 150;
/// How many of them share a server.
const IN_A_WORLD: u64 = 50;
/// How many parts, each on a day of its own, a life has.
const CHAPTERS: usize = 7;
/// How many worlds there are at the same time.
const AT_ONCE: usize = 3;

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is to be a number, not {text:?}")),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn random_lives_go_as_the_model_says_and_their_books_balance() {
    let seed = number("ONEDESK_MODEL_SEED").unwrap_or(1);
    if let (Some(world), Some(life)) = (number("ONEDESK_MODEL_WORLD"), number("ONEDESK_MODEL_LIFE")) {
        return again(seed, world, life).await;
    }
    let lives = number("ONEDESK_MODEL_LIVES").unwrap_or(LIVES);
    let began = Instant::now();
    let worlds = lives.div_ceil(IN_A_WORLD);
    let mut reports = futures_util::stream::iter(0..worlds)
        .map(|world| {
            let count = IN_A_WORLD.min(lives - world * IN_A_WORLD);
            tokio::spawn(async move {
                let times = acts::times(seed, world, CHAPTERS);
                let lives = (0..count).map(|life| (life, acts::life(seed, world, life, &times)));
                (world, world::go_on(&times, lives.collect()).await)
            })
        })
        .buffer_unordered(AT_ONCE);
    let (mut acts, mut accepted, mut invoices) = (0, 0, 0);
    while let Some(report) = reports.next().await {
        let (world, report) = report.expect("no panic");
        if let Some(failure) = report.failures.first() {
            let count = report.failures.len();
            if failure.life == u64::MAX {
                let wrong: Vec<&str> = report
                    .failures
                    .iter()
                    .map(|failure| failure.told.wrong.as_str())
                    .collect();
                panic!(
                    "the books of world {world} with seed {seed}:\n{}",
                    wrong.join("\n")
                );
            }
            println!(
                "{count} lives of world {world} with seed {seed} did not go as the model says; the first:"
            );
            println!("{}", shorter::in_words(&failure.told));
            drop(reports);
            again(seed, world, failure.life).await;
            panic!(
                "life {} of world {world} fails only beside the others",
                failure.life
            );
        }
        acts += report.acts;
        accepted += report.accepted;
        invoices += report.invoices;
    }
    println!(
        "{lives} lives in {worlds} worlds: {acts} commands, {accepted} of them carried out, {invoices} invoices; {:.1} s",
        began.elapsed().as_secs_f64()
    );
}

/// Lives one life alone; if it fails, shows the shortest that does.
async fn again(seed: u64, world: u64, life: u64) {
    let times = acts::times(seed, world, CHAPTERS);
    let chapters = acts::life(seed, world, life, &times);
    if let Some(told) = shorter::shortest(life, &times, chapters, Duration::from_mins(1)).await {
        panic!(
            "{}\nTo repeat it: ONEDESK_MODEL_SEED={seed} ONEDESK_MODEL_WORLD={world} ONEDESK_MODEL_LIFE={life} \
             cargo test -p onedesk-server --test model",
            shorter::in_words(&told)
        );
    }
}
