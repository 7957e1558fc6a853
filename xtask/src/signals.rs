//! Ctrl-C, SIGTERM and SIGHUP.
//!
//! Children run in process groups of their own, so that a signal reaches them once, from here, and not a second time
//! from the terminal: the server then shuts down gracefully instead of being told twice. A second signal kills.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

static RECEIVED: AtomicBool = AtomicBool::new(false);
static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// Whether the person asked to stop.
pub fn received() -> bool {
    RECEIVED.load(Ordering::SeqCst)
}

/// Starts to listen; without children a signal ends xtask at once.
pub fn install() -> anyhow::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot listen for Ctrl-C")?;
    std::thread::spawn(move || {
        for signal in &mut signals {
            let again = RECEIVED.swap(true, Ordering::SeqCst);
            let groups = groups();
            if groups.is_empty() {
                eprintln!("\nInterrupted.");
                std::process::exit(128 + signal);
            }
            for group in groups.iter() {
                // The group may have ended by itself in this very moment: then there is nobody left to tell.
                let _ = kill_process_group(*group, if again { Signal::KILL } else { Signal::TERM });
            }
        }
    });
    Ok(())
}

/// Asks the group of one child to stop.
pub fn terminate(group: Pid) {
    // A group that is gone already needs no signal.
    let _ = kill_process_group(group, Signal::TERM);
}

/// Ends the group of one child that did not stop when asked.
pub fn kill(group: Pid) {
    let _ = kill_process_group(group, Signal::KILL);
}

/// Whether anybody is left in the group of one child.
pub fn exists(group: Pid) -> bool {
    test_kill_process_group(group).is_ok()
}

/// While this lives, signals are handed on to the group.
#[derive(Debug)]
pub struct Registration(Pid);

/// Hands signals on to the process group of a child.
pub fn register(group: Pid) -> Registration {
    groups().push(group);
    if received() {
        // The signal came between the spawn and this line.
        terminate(group);
    }
    Registration(group)
}

impl Drop for Registration {
    fn drop(&mut self) {
        groups().retain(|group| *group != self.0);
    }
}

fn groups() -> std::sync::MutexGuard<'static, Vec<Pid>> {
    // The list stays whole even if a thread panicked while it held the lock.
    GROUPS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
