//! Steps, and telling a person what happens: `[3/8] Installing Trunk 0.21.14 … done in 4 min 30 s`.
//!
//! On a terminal the line of the running step shows the time and what is being done; elsewhere (a log, CI) a step
//! prints a line when it starts, a sign of life every half minute, and a line when it is done.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::signals;

/// How often a step that takes long gives a sign of life in a log.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

type Work<'a> = Box<dyn FnOnce(&Activity) -> anyhow::Result<()> + 'a>;

/// One thing to have or to do.
pub struct Step<'a> {
    subject: String,
    doing: String,
    note: &'static str,
    is_current: Box<dyn Fn() -> bool + 'a>,
    work: Work<'a>,
}

impl<'a> Step<'a> {
    /// A step that is always carried out. `doing` is what is printed: "Building the server".
    pub fn new(doing: impl Into<String>, work: impl FnOnce(&Activity) -> anyhow::Result<()> + 'a) -> Self {
        let doing = doing.into();
        Self {
            subject: doing.clone(),
            doing,
            note: "",
            is_current: Box::new(|| false),
            work: Box::new(work),
        }
    }

    /// Skips the step when `is_current`; then the line says that `subject` is up to date.
    #[must_use]
    pub fn unless_current(mut self, subject: impl Into<String>, is_current: impl Fn() -> bool + 'a) -> Self {
        self.subject = subject.into();
        self.is_current = Box::new(is_current);
        self
    }

    /// What a person should know while it runs: "first time only, about 4 minutes".
    #[must_use]
    pub fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }
}

/// Carries the steps out, one after the other, up to the first that fails.
pub fn carry_out(steps: Vec<Step<'_>>) -> anyhow::Result<()> {
    let count = steps.len();
    for (index, step) in steps.into_iter().enumerate() {
        let label = format!("[{}/{count}]", index + 1);
        if (step.is_current)() {
            println!("{label} {} … up to date", step.subject);
            continue;
        }
        let note = if step.note.is_empty() {
            String::new()
        } else {
            format!(" {}", step.note)
        };
        let activity = Activity::begin(format!("{label} {} …{note}", step.doing));
        let outcome = (step.work)(&activity);
        activity.end(outcome.is_ok());
        outcome?;
        if signals::received() {
            anyhow::bail!("interrupted");
        }
    }
    Ok(())
}

/// The step that runs: takes the lines that its program prints, and shows that something happens.
pub struct Activity {
    title: String,
    started: Instant,
    on_terminal: bool,
    state: RefCell<State>,
}

struct State {
    latest: String,
    last_sign: Instant,
}

impl Activity {
    /// Says that something begins.
    pub fn begin(title: String) -> Self {
        let activity = Self {
            title,
            started: Instant::now(),
            on_terminal: std::io::stdout().is_terminal(),
            state: RefCell::new(State {
                latest: String::new(),
                last_sign: Instant::now(),
            }),
        };
        if activity.on_terminal {
            activity.redraw();
        } else {
            println!("{}", activity.title);
        }
        activity
    }

    /// Takes a line that the running program printed.
    pub fn report(&self, line: &str) {
        let line = without_escapes(line);
        let line = line.trim();
        if !line.is_empty() {
            line.clone_into(&mut self.state.borrow_mut().latest);
        }
        self.tick();
    }

    /// Shows the time gone by.
    pub fn tick(&self) {
        if self.on_terminal {
            self.redraw();
            return;
        }
        let mut state = self.state.borrow_mut();
        if state.last_sign.elapsed() >= SIGN_OF_LIFE {
            state.last_sign = Instant::now();
            println!("      {}: {}", in_words(self.started.elapsed()), state.latest);
        }
    }

    fn end(&self, well: bool) {
        let outcome = if well { "done in" } else { "failed after" };
        let time = in_words(self.started.elapsed());
        if self.on_terminal {
            // Clears the line that was redrawn.
            println!("\r\x1b[2K{} {outcome} {time}", self.title);
        } else {
            println!("      {outcome} {time}");
        }
    }

    fn redraw(&self) {
        let elapsed = self.started.elapsed();
        let mut line = self.title.clone();
        if elapsed >= Duration::from_secs(1) {
            line = format!("{line} {} · {}", in_words(elapsed), self.state.borrow().latest);
        }
        let mut stdout = std::io::stdout().lock();
        // A terminal that cannot be written to any more is no reason to stop the work.
        let _ = write!(stdout, "\r\x1b[2K{}", cut(&line, terminal_width()));
        let _ = stdout.flush();
    }
}

/// A duration as a person says it: `0.4 s`, `12 s`, `4 min 30 s`.
pub fn in_words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..=9 => format!("{seconds}.{} s", duration.subsec_millis() / 100),
        10..=59 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

fn terminal_width() -> usize {
    rustix::termios::tcgetwinsize(std::io::stdout())
        .ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|width| *width > 0)
        .unwrap_or(80)
}

/// The beginning of a line, at most `width` characters.
pub fn cut(line: &str, width: usize) -> String {
    if line.chars().count() <= width {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// A line without its colours.
fn without_escapes(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\x1b' {
            // `ESC [ … letter`: colours end with `m`.
            for part in characters.by_ref() {
                if part.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn durations_are_said_as_people_say_them() {
        assert_eq!(in_words(Duration::from_millis(449)), "0.4 s");
        assert_eq!(in_words(Duration::from_millis(9_990)), "9.9 s");
        assert_eq!(in_words(Duration::from_secs(59)), "59 s");
        assert_eq!(in_words(Duration::from_secs(270)), "4 min 30 s");
    }

    #[test]
    fn long_lines_are_cut_to_the_terminal() {
        assert_eq!(cut("Compiling", 9), "Compiling");
        assert_eq!(cut("Compiling …", 9), "Compilin…");
        assert_eq!(cut("ééé", 2), "é…");
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(
            without_escapes("\x1b[1m\x1b[32m   Compiling\x1b[0m serde"),
            "   Compiling serde"
        );
    }

    #[test]
    fn a_current_step_is_not_carried_out_and_a_failing_one_ends_the_run() {
        let ran = Cell::new(0);
        let count = |_: &Activity| {
            ran.set(ran.get() + 1);
            Ok(())
        };
        let steps = vec![
            Step::new("Installing", count).unless_current("Tool", || true),
            Step::new("Building", count),
            Step::new("Failing", |_: &Activity| anyhow::bail!("no")),
            Step::new("After it", count),
        ];
        assert_eq!(carry_out(steps).expect_err("one step fails").to_string(), "no");
        assert_eq!(ran.get(), 1);
    }
}
