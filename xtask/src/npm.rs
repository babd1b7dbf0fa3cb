//! The npm packages.

use crate::child;
use crate::failure::Failure;
use crate::workspace::Workspace;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;
use std::process::Command;

/// npm itself. On Windows it is a script, and has another name.
pub fn npm(workspace: &Workspace) -> Command {
    workspace.command(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Installs what the lock file says, unless it is installed already. No package may run a script of its own.
pub fn install(workspace: &Workspace) -> Result<String, Failure> {
    let lock = packages(&workspace.path("package-lock.json"))
        .ok_or_else(|| Failure::new("package-lock.json is missing or cannot be read."))?;
    // npm writes this file last, and removes it first.
    if packages(&workspace.path("node_modules/.package-lock.json")).is_some_and(|there| are_those_of(&lock, &there)) {
        return Ok("unchanged".to_owned());
    }
    child::expect(
        npm(workspace).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
        "`npm ci` could not install the packages of package-lock.json.",
    )?;
    Ok(format!("{} packages", lock.len()))
}

fn packages(file: &Path) -> Option<Map<String, Value>> {
    let mut lock: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    lock["packages"].as_object_mut().map(std::mem::take)
}

/// Whether everything in the lock file is installed in its version. An optional package may be absent: it is another
/// system's.
fn are_those_of(lock: &Map<String, Value>, installed: &Map<String, Value>) -> bool {
    lock.iter().filter(|(path, _)| path.contains("node_modules/")).all(|(path, wanted)| match installed.get(path) {
        Some(there) => there["version"] == wanted["version"] && there["integrity"] == wanted["integrity"],
        None => wanted["optional"] == true,
    }) && installed.keys().all(|path| lock.contains_key(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lock() -> Map<String, Value> {
        json!({
            "": {"name": "root"},
            "node_modules/a": {"version": "1.0.0", "integrity": "sha512-a"},
            "node_modules/b": {"version": "2.0.0", "integrity": "sha512-b", "optional": true},
        })
        .as_object()
        .cloned()
        .expect("an object")
    }

    fn without(path: &str) -> Map<String, Value> {
        let mut packages = lock();
        packages.remove(path);
        packages
    }

    #[test]
    fn a_package_of_another_system_may_be_absent() {
        assert!(are_those_of(&lock(), &without("node_modules/b")));
        assert!(!are_those_of(&lock(), &without("node_modules/a")));
    }

    #[test]
    fn another_version_is_not_the_one() {
        let mut installed = lock();
        installed["node_modules/a"]["version"] = json!("1.0.1");
        assert!(!are_those_of(&lock(), &installed));
    }

    #[test]
    fn a_package_too_many_is_seen() {
        assert!(!are_those_of(&without("node_modules/a"), &lock()));
    }
}
