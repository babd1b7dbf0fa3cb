//! The standard library for WebAssembly.

use crate::child;
use crate::failure::Failure;
use crate::workspace::Workspace;
use std::path::Path;

/// The compiler's name for it.
pub const TRIPLE: &str = "wasm32-unknown-unknown";

/// Adds it to the toolchain if it is missing.
pub fn provide(workspace: &Workspace) -> Result<String, Failure> {
    if is_there(workspace)? {
        return Ok(TRIPLE.to_owned());
    }
    let missing = format!("Rust's {TRIPLE} target is missing, and `rustup target add {TRIPLE}` could not add it.");
    match child::run(workspace.command("rustup").args(["target", "add", TRIPLE])) {
        Ok(finished) if finished.success && is_there(workspace)? => Ok(format!("{TRIPLE} added")),
        Ok(finished) => Err(Failure::new(missing).with_output(finished.output)),
        Err(failure) if failure.is_interruption() => Err(failure),
        Err(_) => Err(Failure::usage(format!(
            "Rust's {TRIPLE} target is missing, and there is no rustup to add it: get rustup at https://rustup.rs, \
             or install the target the way your Rust was installed."
        ))),
    }
}

/// `rustc -vV`: which compiler this is.
pub fn compiler(workspace: &Workspace) -> Result<String, Failure> {
    child::expect(workspace.command("rustc").arg("-vV"), "`rustc -vV` failed.")
}

fn is_there(workspace: &Workspace) -> Result<bool, Failure> {
    let mut command = workspace.command("rustc");
    let folder = child::expect(
        command.args(["--print", "target-libdir", "--target", TRIPLE]),
        "rustc does not say where its target libraries are.",
    )?;
    Ok(Path::new(folder.trim()).is_dir())
}
