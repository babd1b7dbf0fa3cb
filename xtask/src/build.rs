//! `build`: everything that the local Jira and the tests need, made from what is in the clone.

use crate::failure::Failure;
use crate::report::Report;
use crate::workspace::Workspace;
use crate::{bundle, gate, interrupt, node, npm, panel, wasm, wasm_target};

/// The command.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    all(workspace, &mut Report::default())
}

/// Every step.
pub fn all(workspace: &Workspace, report: &mut Report) -> Result<(), Failure> {
    tools(workspace, report)?;
    products(workspace, report)
}

/// What the machine must have, added where it can be.
pub fn tools(workspace: &Workspace, report: &mut Report) -> Result<(), Failure> {
    let _gate = gate::enter(workspace)?;
    report.step("Node.js", || node::version(workspace))?;
    report.step("npm packages", || npm::install(workspace))?;
    report.step("Rust for WebAssembly", || wasm_target::provide(workspace))
}

/// What is made from the clone.
pub fn products(workspace: &Workspace, report: &mut Report) -> Result<(), Failure> {
    let _gate = gate::enter(workspace)?;
    let compiler = wasm_target::compiler(workspace)?;
    // None of these three needs another, and a person who breaks one still wants the others.
    let app = report.step("app wasm", || wasm::APP.build(workspace, &compiler));
    interrupt::check()?;
    let sandbox = report.step("sandbox wasm", || wasm::SANDBOX.build(workspace, &compiler));
    interrupt::check()?;
    let panel = report.step("panel", || panel::build(workspace));
    app?;
    report.step("app bundle", || bundle::build(workspace))?;
    sandbox.and(panel)
}
