//! The project's commands: `cargo xtask <command>`.
//!
//! | Command | What it does |
//! | --- | --- |
//! | `dev` | builds what changed and starts the local Jira |
//! | `test` | runs every check and every test |
//! | `build` | builds what changed |
//! | `codegen` | writes the TypeScript declarations of the wire |
//! | `package` | puts together what `forge deploy` needs |
//! | `bench` | prints what the app weighs and how long it takes |
//! | `verify-report` | says whether an exported report is whole and unaltered |
//!
//! Everything is started from here, so that the machine needs Rust and Node.js and nothing else.

mod args;
mod bench;
mod build;
mod bundle;
mod child;
mod chromium;
mod codegen;
mod dev;
mod display;
mod failure;
mod gate;
mod interrupt;
mod lane;
mod node;
mod npm;
mod package;
mod panel;
mod partial;
mod product;
mod report;
mod suite;
mod tally;
mod test;
mod verify_report;
mod wasm;
mod wasm_target;
mod workspace;

use args::Command;
use failure::Failure;
use std::process::ExitCode;
use workspace::Workspace;

fn main() -> ExitCode {
    match args::parse(std::env::args_os().skip(1)).and_then(carry_out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            failure.exit_code()
        }
    }
}

fn carry_out(command: Command) -> Result<(), Failure> {
    if let Command::Help(text) = command {
        print!("{text}");
        return Ok(());
    }
    interrupt::listen()?;
    let workspace = Workspace::locate();
    match command {
        Command::Help(_) => Ok(()),
        Command::Dev(options) => dev::run(&workspace, &options),
        Command::Test => test::run(&workspace),
        Command::Build => build::run(&workspace),
        Command::Codegen => codegen::run(&workspace),
        Command::Package => package::run(&workspace),
        Command::Bench => bench::run(&workspace),
        Command::VerifyReport(file) => verify_report::run(&file),
    }
}
