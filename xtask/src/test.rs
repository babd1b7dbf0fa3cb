//! `test`: every check and every test.
//!
//! Two lanes run side by side: one belongs to cargo, which spends much of its time on a single core, the other to Node.js
//! and the browser, which wait for each other. Within a lane the mistake that is cheapest to find comes first.

use crate::build;
use crate::chromium;
use crate::codegen;
use crate::display::{duration, row};
use crate::failure::Failure;
use crate::interrupt;
use crate::lane::Lane;
use crate::node;
use crate::suite::{self, Suite};
use crate::wasm_target;
use crate::workspace::Workspace;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

/// The compiler of the type checks. The packages of Atlassian's tools that parse TypeScript need an older one under the
/// usual name.
const TSC: &str = "node_modules/typescript-7/bin/tsc";

/// The projects that it checks.
const TYPED: [&str; 3] = ["static", "devhost", "tests"];

/// Where the Rust tests write every Jira request and answer, for other tests to read.
const EXCHANGES: &str = "exchanges.jsonl";

/// The command.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let began = Instant::now();
    let mut lane = Lane::default();
    build::tools(workspace, &mut lane.report)?;
    let (built, is_built) = channel();
    let (rust, javascript) = std::thread::scope(|scope| {
        let rust = scope.spawn(move || rust_lane(workspace, &is_built));
        let javascript = javascript_lane(workspace, built);
        (rust.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), javascript)
    });
    close(&lane.join(rust?).join(javascript?), began)
}

fn rust_lane(workspace: &Workspace, is_built: &Receiver<bool>) -> Result<Lane, Failure> {
    let mut lane = Lane::default();
    let exchanges = workspace.target(EXCHANGES);
    // The scenarios append to it.
    if exchanges.exists() {
        std::fs::remove_file(&exchanges)
            .map_err(|error| Failure::io("remove the exchanges of the last run", &error))?;
    }
    lane.check("format", "`cargo fmt` would change something.", cargo(workspace, "fmt --all --check"))?;
    let lints = "clippy --quiet --workspace --all-targets --all-features -- --deny warnings";
    lane.check("lints", "clippy found something.", cargo(workspace, lints))?;
    let lints = format!(
        "clippy --quiet --package integration-plus --package sandbox --lib --target {} -- --deny warnings",
        wasm_target::TRIPLE
    );
    lane.check("lints for WebAssembly", "clippy found something.", cargo(workspace, &lints))?;
    let mut tests = cargo(workspace, "test --quiet --workspace --no-fail-fast");
    tests.env("EXCHANGES", &exchanges);
    lane.tests("Rust tests", Ok(tests))?;
    lane.tests("TypeScript declarations", Ok(codegen::check(workspace)))?;
    let is_built = is_built.recv().unwrap_or(false);
    interrupt::check()?;
    suites(workspace, &mut lane, &suite::AFTER_RUST, is_built, |tests| tests.env("EXCHANGES", &exchanges))?;
    Ok(lane)
}

fn javascript_lane(workspace: &Workspace, built: Sender<bool>) -> Result<Lane, Failure> {
    let mut lane = Lane::default();
    let products = build::products(workspace, &mut lane.report);
    let is_built = lane.go_on(products)?;
    // The other lane may have been interrupted, and then nobody listens.
    let _ = built.send(is_built);
    drop(built);
    for project in TYPED {
        let mut tsc = node::script(workspace, TSC);
        tsc.args(["--noEmit", "--project", project]);
        lane.check(&format!("types of {project}"), "tsc found something.", tsc)?;
    }
    let mut chromium = PathBuf::new();
    let found = lane.report.step("Chromium", || {
        chromium = chromium::provide(workspace)?;
        Ok(chromium.display().to_string())
    });
    lane.go_on(found)?;
    suites(workspace, &mut lane, &suite::BESIDE_RUST, is_built, |tests| tests.env("CHROMIUM", &chromium))?;
    Ok(lane)
}

fn suites(
    workspace: &Workspace,
    lane: &mut Lane,
    suites: &[Suite],
    is_built: bool,
    equip: impl Fn(&mut Command) -> &mut Command,
) -> Result<(), Failure> {
    for suite in suites {
        if !is_built {
            lane.not_run(suite.name, "the build failed");
            continue;
        }
        let command = suite.command(workspace).map(|mut command| {
            equip(&mut command);
            command
        });
        lane.tests(suite.name, command)?;
    }
    Ok(())
}

/// The table of the steps, and the closing line.
fn close(lane: &Lane, began: Instant) -> Result<(), Failure> {
    println!();
    for step in lane.report.steps() {
        println!("{}", row(step.verdict.word(), &step.name, &duration(step.took), &step.note));
    }
    println!("{}\n", row("", "everything", &duration(began.elapsed()), ""));
    let total = lane.total();
    println!("{total}");
    if total.failed == 0 { Ok(()) } else { Err(Failure::new("Not everything passed.")) }
}

fn cargo(workspace: &Workspace, words: &str) -> Command {
    let mut command = workspace.cargo();
    command.args(words.split(' '));
    command
}
