//! `test`: every check and every test, in the order in which a mistake is cheapest to find.

use crate::build;
use crate::child;
use crate::chromium;
use crate::codegen;
use crate::display::{duration, row};
use crate::failure::Failure;
use crate::node;
use crate::report::Report;
use crate::tally::Tally;
use crate::wasm_target;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The compiler of the type checks. The packages of Atlassian's tools that parse TypeScript need an older one under the
/// usual name.
const TSC: &str = "node_modules/typescript-7/bin/tsc";

/// The projects that it checks.
const TYPED: [&str; 3] = ["static", "devhost", "tests"];

/// Node's tests in one folder.
struct Suite {
    name: &'static str,
    folder: &'static str,
    /// How many files run at once. One where a test drives the whole of the local Jira and watches the clock.
    at_once: u8,
}

const SUITES: [Suite; 6] = [
    Suite { name: "manifest tests", folder: "tests/manifest", at_once: 2 },
    Suite { name: "boundary tests", folder: "tests/boundary", at_once: 2 },
    Suite { name: "contract tests", folder: "tests/contract", at_once: 2 },
    Suite { name: "local Jira tests", folder: "devhost/test", at_once: 2 },
    Suite { name: "panel tests", folder: "static/test", at_once: 2 },
    Suite { name: "browser tests", folder: "tests/e2e", at_once: 1 },
];

/// Where the Rust tests write every Jira request and answer, for the contract tests to read.
const EXCHANGES: &str = "exchanges.jsonl";

/// The command.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let began = Instant::now();
    let mut run = Run { workspace, report: Report::default(), tally: Tally::default(), uncounted: 0 };
    build::tools(workspace, &mut run.report)?;
    run.rust()?;
    let built = build::products(workspace, &mut run.report);
    let built = run.go_on(built)?;
    run.javascript(built)?;
    run.close(began)
}

/// One run of everything. A step that fails does not keep the others from running; an interruption does.
struct Run<'a> {
    workspace: &'a Workspace,
    report: Report,
    /// What the runners counted.
    tally: Tally,
    /// Failures that no runner counted.
    uncounted: u32,
}

impl Run<'_> {
    fn rust(&mut self) -> Result<(), Failure> {
        let exchanges = self.workspace.target(EXCHANGES);
        // The scenarios append to it.
        if exchanges.exists() {
            std::fs::remove_file(&exchanges)
                .map_err(|error| Failure::io("remove the exchanges of the last run", &error))?;
        }
        self.check("format", "`cargo fmt` would change something.", cargo(self.workspace, "fmt --all --check"))?;
        let lints = "clippy --quiet --workspace --all-targets --all-features -- --deny warnings";
        self.check("lints", "clippy found something.", cargo(self.workspace, lints))?;
        let lints = format!(
            "clippy --quiet --package integration-plus --package sandbox --lib --target {} -- --deny warnings",
            wasm_target::TRIPLE
        );
        self.check("lints for WebAssembly", "clippy found something.", cargo(self.workspace, &lints))?;
        let mut tests = cargo(self.workspace, "test --quiet --workspace --no-fail-fast");
        tests.env("EXCHANGES", &exchanges);
        self.tests("Rust tests", tests)?;
        self.tests("TypeScript declarations", codegen::check(self.workspace))
    }

    fn javascript(&mut self, built: bool) -> Result<(), Failure> {
        for project in TYPED {
            let mut tsc = node::script(self.workspace, TSC);
            tsc.args(["--noEmit", "--project", project]);
            self.check(&format!("types of {project}"), "tsc found something.", tsc)?;
        }
        let mut chromium = PathBuf::new();
        let found = self.report.step("Chromium", || {
            chromium = chromium::provide(self.workspace)?;
            Ok(chromium.display().to_string())
        });
        self.go_on(found)?;
        for suite in &SUITES {
            if built {
                self.suite(suite, &chromium)?;
            } else {
                self.report.not_run(suite.name, "the build failed");
                self.uncounted += 1;
            }
        }
        Ok(())
    }

    fn suite(&mut self, suite: &Suite, chromium: &Path) -> Result<(), Failure> {
        let mut files = Vec::new();
        collect(&self.workspace.path(suite.folder), &mut files);
        if files.is_empty() {
            let sentence = format!("There is no test in {}.", suite.folder);
            let missing = self.report.step(suite.name, || Err(Failure::new(sentence)));
            return self.go_on(missing).map(drop);
        }
        let mut command = self.workspace.command("node");
        command.args(["--test", "--test-reporter=spec", &format!("--test-concurrency={}", suite.at_once)]).args(files);
        command.env("EXCHANGES", self.workspace.target(EXCHANGES)).env("CHROMIUM", chromium);
        self.tests(suite.name, command)
    }

    /// A step that passes or fails as a whole.
    fn check(&mut self, name: &str, sentence: &str, mut command: Command) -> Result<(), Failure> {
        let result = self.report.step(name, || child::expect(&mut command, sentence).map(|_| String::new()));
        self.go_on(result).map(drop)
    }

    /// A step whose tests are counted.
    fn tests(&mut self, name: &str, mut command: Command) -> Result<(), Failure> {
        let mut tally = Tally::default();
        let mut said = String::new();
        let result = self.report.step(name, || {
            let finished = child::run(&mut command)?;
            tally = Tally::read(&finished.output);
            if !finished.success || tally.failed > 0 {
                return Err(Failure::new(tally.to_string()).with_output(finished.output));
            }
            if tally.passed == 0 {
                return Err(Failure::new("No test ran.").with_output(finished.output));
            }
            said = finished.output;
            Ok(tally.to_string())
        });
        for line in Tally::lines(&said) {
            println!("      {line}");
        }
        self.tally += tally;
        let counted = tally.failed > 0;
        self.go_on(result)?;
        self.uncounted -= u32::from(counted);
        Ok(())
    }

    /// Whether the step went well. Only an interruption ends the run.
    fn go_on(&mut self, result: Result<(), Failure>) -> Result<bool, Failure> {
        match result {
            Ok(()) => Ok(true),
            Err(failure) if failure.is_interruption() => Err(failure),
            Err(_) => {
                self.uncounted += 1;
                Ok(false)
            }
        }
    }

    /// The table of the steps, and the closing line.
    fn close(self, began: Instant) -> Result<(), Failure> {
        println!();
        for step in self.report.steps() {
            println!("{}", row(step.verdict.word(), &step.name, &duration(step.took), &step.note));
        }
        println!("{}\n", row("", "everything", &duration(began.elapsed()), ""));
        let total = Tally { failed: self.tally.failed + self.uncounted, ..self.tally };
        println!("{total}");
        if total.failed == 0 { Ok(()) } else { Err(Failure::new("Not everything passed.")) }
    }
}

fn cargo(workspace: &Workspace, words: &str) -> Command {
    let mut command = workspace.cargo();
    command.args(words.split(' '));
    command
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
