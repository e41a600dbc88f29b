//! One at a time.
//!
//! In: nothing. Out: a guard; while it lives, no other xtask of this workspace writes what it guards.
//! Not its job: keeping apart programs other than xtask.

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result};

use crate::base::paths::Paths;
use crate::base::progress;

/// Waits until no other xtask builds, packs or installs in this workspace. The lock ends with the guard, or the process.
pub fn exclusive(paths: &Paths) -> Result<File> {
    let file = paths.work().join("lock");
    fs::create_dir_all(paths.work()).with_context(|| format!("cannot create {}", paths.work().display()))?;
    let lock = File::create(&file).with_context(|| format!("cannot create {}", file.display()))?;
    match lock.try_lock() {
        Ok(()) => return Ok(lock),
        Err(TryLockError::WouldBlock) => progress::say("wait", "another xtask is at work here"),
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot lock {}", file.display()));
        }
    }
    lock.lock().with_context(|| format!("cannot lock {}", file.display()))?;
    Ok(lock)
}
