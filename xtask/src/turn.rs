//! One build at a time in one folder: two at once would write the same files.

use std::fs::{self, File, TryLockError};

use anyhow::Context;

use crate::layout::Layout;
use crate::progress::Activity;

/// The right to write what is built. Given back when it is dropped, also when the program is killed.
#[derive(Debug)]
pub struct Turn {
    _lock: File,
}

impl Turn {
    /// Waits for the builds of other `cargo xtask` that run in this folder, and says so.
    pub fn wait(layout: &Layout, activity: &Activity) -> anyhow::Result<Self> {
        let path = layout.at("target/xtask/build.lock");
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let lock = File::create(&path).with_context(|| format!("cannot open {}", path.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                activity.report("Waiting for another cargo xtask that builds in this folder");
                lock.lock()
                    .with_context(|| format!("cannot lock {}", path.display()))?;
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
        Ok(Self { _lock: lock })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{TryRecvError, channel};

    use super::*;

    #[test]
    fn the_second_build_waits_for_the_first() {
        let layout = Layout::of_this_project().expect("this project");
        let activity = Activity::begin("A test".to_owned());
        let first = Turn::wait(&layout, &activity).expect("the first turn");
        let (tell, told) = channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let _second =
                    Turn::wait(&layout, &Activity::begin("A test".to_owned())).expect("the second turn");
                tell.send(()).expect("somebody listens");
            });
            assert_eq!(told.try_recv(), Err(TryRecvError::Empty));
            drop(first);
            told.recv()
                .expect("the second has its turn once the first is over");
        });
    }
}
