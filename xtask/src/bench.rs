//! `bench`: what the app weighs and how long it takes.

use crate::failure::Failure;
use crate::workspace::Workspace;

/// The command.
pub fn run(_workspace: &Workspace) -> Result<(), Failure> {
    Ok(())
}
