//! The tests that Node.js runs.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Node's tests in one folder.
pub struct Suite {
    /// As its step is called.
    pub name: &'static str,
    /// Where its files are.
    pub folder: &'static str,
    /// How many of them run at once. One where a test drives the whole of the local Jira and watches the clock, or opens
    /// several pages at once by itself.
    pub at_once: u8,
}

/// Those that read what the scenarios in Rust wrote down.
pub const AFTER_RUST: [Suite; 2] = [
    Suite { name: "manifest tests", folder: "tests/manifest", at_once: 2 },
    Suite { name: "contract tests", folder: "tests/contract", at_once: 2 },
];

/// Those that need nothing but the build and, some of them, a browser.
pub const BESIDE_RUST: [Suite; 4] = [
    Suite { name: "boundary tests", folder: "tests/boundary", at_once: 2 },
    Suite { name: "browser tests", folder: "tests/e2e", at_once: 1 },
    Suite { name: "panel tests", folder: "static/test", at_once: 1 },
    Suite { name: "local Jira tests", folder: "devhost/test", at_once: 2 },
];

impl Suite {
    /// Node's runner over every test file. A folder without one is a failure, because it would pass unseen.
    pub fn command(&self, workspace: &Workspace) -> Result<Command, Failure> {
        let mut files = Vec::new();
        collect(&workspace.path(self.folder), &mut files);
        if files.is_empty() {
            return Err(Failure::new(format!("There is no test in {}.", self.folder)));
        }
        let mut command = workspace.command("node");
        command.args(["--test", "--test-reporter=spec", &format!("--test-concurrency={}", self.at_once)]).args(files);
        Ok(command)
    }
}

/// The test files below a folder, in order.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.ends_with(".test.mjs")) {
            files.push(entry);
        }
    }
}
