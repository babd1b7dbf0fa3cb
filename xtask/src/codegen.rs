//! `codegen`: the TypeScript declarations of the wire.

use crate::child;
use crate::failure::Failure;
use crate::report::Report;
use crate::workspace::Workspace;
use std::process::Command;

/// The command.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    Report::default().step("TypeScript declarations", || {
        child::expect(check(workspace).env("WRITE_GENERATED", "1"), "The declarations could not be written.")?;
        Ok("static/src/api/generated/api.ts".to_owned())
    })
}

/// The test that compares the committed declarations with the wire, or writes them when `WRITE_GENERATED` is set.
pub fn check(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo();
    command.args(["test", "--quiet", "--features", "typescript", "--test", "typescript"]);
    command
}
