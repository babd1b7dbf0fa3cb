//! Node.js.

use crate::child;
use crate::failure::Failure;
use crate::workspace::Workspace;
use std::path::Path;
use std::process::Command;

/// The oldest major version that the project's scripts and `@forge/*` run on.
const OLDEST: u32 = 20;

const WHERE: &str = "Get it at https://nodejs.org or from your system's package manager";

/// The version, if Node.js is there and recent enough.
pub fn version(workspace: &Workspace) -> Result<String, Failure> {
    let said = match child::run(workspace.command("node").arg("--version")) {
        Ok(finished) => finished.output.trim().to_owned(),
        Err(failure) if failure.is_interruption() => return Err(failure),
        Err(_) => {
            return Err(Failure::usage(format!(
                "Node.js {OLDEST} or later is needed, and `node` is not there. {WHERE}."
            )));
        }
    };
    if major(&said).is_some_and(|major| major >= OLDEST) {
        Ok(said)
    } else {
        Err(Failure::usage(format!("Node.js {OLDEST} or later is needed, and `node` is {said}. {WHERE}.")))
    }
}

/// A script of the project or of a package.
pub fn script(workspace: &Workspace, path: impl AsRef<Path>) -> Command {
    let mut command = workspace.command("node");
    command.arg(workspace.path(path));
    command
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("bash: node: command not found"), None);
    }
}
