//! Ctrl-C, and whatever else asks the command to end.

use crate::child;
use crate::failure::Failure;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C (and SIGTERM, and the terminal closing) ends the children; the command itself then runs into
/// [`check`], takes its unfinished files away and stops.
pub fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        ASKED.store(true, Ordering::SeqCst);
        child::end_all();
    })
    .map_err(|error| Failure::new(format!("Could not listen for Ctrl-C: {error}.")))
}

/// Whether the command was asked to end.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Fails once the command was asked to end.
pub fn check() -> Result<(), Failure> {
    if asked() { Err(Failure::interrupted()) } else { Ok(()) }
}
