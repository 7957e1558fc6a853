//! Makes a life that fails shorter: lived again without one command after the other, as long as it fails.

use std::time::{Duration, Instant};

use crate::acts::{Acts, Morning};
use crate::person::Told;
use crate::world;

/// How the life fails, with as few commands as were found; `None` if it does not.
pub async fn shortest(
    life: u64,
    mornings: &[Morning],
    chapters: Vec<Acts>,
    within: Duration,
) -> Option<Told> {
    let began = Instant::now();
    let mut best = fails(life, mornings, &chapters).await?;
    let mut chapters = chapters;
    let mut at = chapters.len();
    while at > 0 && began.elapsed() < within {
        at -= 1;
        // First the whole morning, then each of its acts, the last one first.
        let count = chapters[at].len();
        let mut tries: Vec<Option<usize>> = (0..count).map(Some).collect();
        if count > 1 {
            tries.push(None);
        }
        for without in tries.into_iter().rev() {
            let mut fewer = chapters.clone();
            match without {
                Some(act) if act < fewer[at].len() => drop(fewer[at].remove(act)),
                Some(_) => continue,
                None => fewer[at].clear(),
            }
            if let Some(told) = fails(life, mornings, &fewer).await {
                (best, chapters) = (told, fewer);
            }
        }
    }
    // Days on which nothing is done, and which nothing depends on.
    let mut mornings = mornings.to_vec();
    for at in (1..mornings.len()).rev() {
        if !chapters[at].is_empty() || began.elapsed() > within {
            continue;
        }
        let (mut fewer, mut on) = (chapters.clone(), mornings.clone());
        fewer.remove(at);
        on.remove(at);
        if let Some(told) = fails(life, &on, &fewer).await {
            (best, chapters, mornings) = (told, fewer, on);
        }
    }
    Some(best)
}

async fn fails(life: u64, mornings: &[Morning], chapters: &[Acts]) -> Option<Told> {
    let report = world::go_on(mornings, vec![(life, chapters.to_vec())]).await;
    report.failures.into_iter().next().map(|failure| failure.told)
}

/// The log of a life, and what was wrong at its end.
pub fn in_words(told: &Told) -> String {
    format!("{}\n→ {}", told.log.join("\n"), told.wrong)
}
