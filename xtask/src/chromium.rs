//! The browser of the browser tests.

use crate::child;
use crate::failure::Failure;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where macOS keeps applications, which are not on PATH.
const APPLICATIONS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A system's package manager, and how it installs Chromium.
struct Manager {
    program: &'static str,
    commands: &'static [&'static [&'static str]],
    as_root: bool,
}

const MANAGERS: [Manager; 3] = [
    Manager {
        program: "apt-get",
        commands: &[&["update"], &["install", "-y", "--no-install-recommends", "chromium"]],
        as_root: true,
    },
    Manager { program: "dnf", commands: &[&["install", "-y", "chromium"]], as_root: true },
    Manager { program: "brew", commands: &[&["install", "--cask", "chromium"]], as_root: false },
];

/// Absolute path of a Chromium that starts: the one that `CHROMIUM` names, one on PATH, or one installed now.
pub fn provide(workspace: &Workspace) -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let path = PathBuf::from(named);
        if starts(workspace, &path)? {
            return Ok(path);
        }
        return Err(Failure::usage(format!("CHROMIUM names {}, which does not start.", path.display())));
    }
    if let Some(path) = find(workspace)? {
        return Ok(path);
    }
    let said = install(workspace)?;
    find(workspace)?.ok_or_else(|| {
        Failure::usage(
            "The browser tests need Chromium, and it could not be installed. Install it (Debian, Ubuntu: `sudo apt-get \
             install chromium`; Fedora: `sudo dnf install chromium`; macOS: `brew install --cask chromium`), or set \
             CHROMIUM to the path of a Chromium or Chrome.",
        )
        .with_output(said)
    })
}

fn find(workspace: &Workspace) -> Result<Option<PathBuf>, Failure> {
    let on_path = NAMES.iter().filter_map(|name| on_path(name));
    for candidate in on_path.chain(APPLICATIONS.iter().map(PathBuf::from).filter(|path| path.is_file())) {
        // Some systems put a script in its place that only tells how to install it.
        if starts(workspace, &candidate)? {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

fn starts(workspace: &Workspace, path: &Path) -> Result<bool, Failure> {
    succeeds(workspace, path.as_os_str().to_string_lossy().as_ref(), &["--version"])
}

/// Runs the first package manager there is, if this person may. Answers with what was said.
fn install(workspace: &Workspace) -> Result<String, Failure> {
    let Some(manager) = MANAGERS.iter().find(|manager| on_path(manager.program).is_some()) else {
        return Ok(String::new());
    };
    let is_root = child::run(workspace.command("id").arg("-u")).is_ok_and(|finished| finished.output.trim() == "0");
    let with_sudo = manager.as_root && !is_root;
    if with_sudo && !succeeds(workspace, "sudo", &["-n", "true"])? {
        return Ok(String::new());
    }
    let mut said = String::new();
    for arguments in manager.commands {
        let mut command = if with_sudo {
            let mut sudo = workspace.command("sudo");
            sudo.args(["-n", manager.program]);
            sudo
        } else {
            workspace.command(manager.program)
        };
        said += &child::run(command.args(*arguments).env("DEBIAN_FRONTEND", "noninteractive"))?.output;
    }
    Ok(said)
}

fn succeeds(workspace: &Workspace, program: &str, arguments: &[&str]) -> Result<bool, Failure> {
    match child::run(workspace.command(program).args(arguments)) {
        Ok(finished) => Ok(finished.success),
        Err(failure) if failure.is_interruption() => Err(failure),
        Err(_) => Ok(false),
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}
