//! Makes a life that fails shorter: lived again without one command after the other, as long as it fails.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::acts::Chapter;
use crate::person::Told;
use crate::world;

/// How the life fails, with as few commands as were found; `None` if it does not.
pub async fn shortest(
    life: u64,
    times: &[(Timestamp, bool)],
    chapters: Vec<Chapter>,
    within: Duration,
) -> Option<Told> {
    let began = Instant::now();
    let mut best = fails(life, times, &chapters).await?;
    let mut chapters = chapters;
    let mut at = chapters.len();
    while at > 0 && began.elapsed() < within {
        at -= 1;
        // First the whole chapter, then each of its acts, the last one first.
        let count = chapters[at].acts.len();
        let mut tries: Vec<Option<usize>> = (0..count).map(Some).collect();
        if count > 1 {
            tries.push(None);
        }
        for without in tries.into_iter().rev() {
            let mut fewer = chapters.clone();
            match without {
                Some(act) if act < fewer[at].acts.len() => drop(fewer[at].acts.remove(act)),
                Some(_) => continue,
                None => fewer[at].acts.clear(),
            }
            if let Some(told) = fails(life, times, &fewer).await {
                (best, chapters) = (told, fewer);
            }
        }
    }
    // Days on which nothing is done, and which nothing depends on.
    let mut times = times.to_vec();
    for at in (1..times.len()).rev() {
        if !chapters[at].acts.is_empty() || began.elapsed() > within {
            continue;
        }
        let (mut fewer, mut on) = (chapters.clone(), times.clone());
        fewer.remove(at);
        on.remove(at);
        if let Some(told) = fails(life, &on, &fewer).await {
            (best, chapters, times) = (told, fewer, on);
        }
    }
    Some(best)
}

async fn fails(life: u64, times: &[(Timestamp, bool)], chapters: &[Chapter]) -> Option<Told> {
    let report = world::go_on(times, vec![(life, chapters.to_vec())]).await;
    report.failures.into_iter().next().map(|failure| failure.told)
}

/// The log of a life, and what was wrong at its end.
pub fn in_words(told: &Told) -> String {
    format!("{}\n→ {}", told.log.join("\n"), told.wrong)
}
