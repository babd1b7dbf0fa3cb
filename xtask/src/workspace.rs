//! Where things are.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The clone in which the command was built.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// `CARGO_TARGET_DIR` is honoured, because cargo honours it too.
    pub fn locate() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ lies in the clone").to_owned();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Self { root, target }
    }

    /// An empty folder for a test, named after it.
    #[cfg(test)]
    pub fn for_test(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&root));
        std::fs::create_dir_all(&root).expect("folder is made");
        Self { target: root.join("target"), root }
    }

    /// Absolute path of something in the clone.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Absolute path of something that cargo made.
    pub fn target(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.target.join(relative)
    }

    /// Absolute path of something that only this machine needs: stamps, unfinished files, the local Jira's data.
    pub fn local(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(".local").join(relative)
    }

    /// A program that runs in the clone's folder.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// The cargo that started this command.
    pub fn cargo(&self) -> Command {
        let mut command = self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // What cargo told this command about itself is not true of what it starts now.
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
                command.env_remove(name);
            }
        }
        command
    }
}
