//! One build at a time in one clone.

use crate::failure::Failure;
use crate::interrupt;
use crate::workspace::Workspace;
use std::fs::{self, File, TryLockError};
use std::time::Duration;

/// Waits until no other build runs in this clone. The gate is open again when the answer is dropped, and also when the
/// process dies.
pub fn enter(workspace: &Workspace) -> Result<File, Failure> {
    let path = workspace.local("build.lock");
    let failed = |error| Failure::io(format!("lock {}", path.display()), &error);
    fs::create_dir_all(workspace.local("")).map_err(failed)?;
    let file = File::create(&path).map_err(failed)?;
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) if told => {}
            Err(TryLockError::WouldBlock) => {
                println!("Another build runs in this clone; waiting for it.");
                told = true;
            }
        }
        interrupt::check()?;
        std::thread::sleep(Duration::from_millis(200));
    }
}
