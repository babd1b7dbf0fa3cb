//! The command line.
//!
//! Read with `lexopt`: it knows `--port 8124` from `--port=8124` and what an unknown option is called, depends on
//! nothing, and leaves the meaning to the code below.

use crate::failure::Failure;
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::OsString;
use std::path::PathBuf;

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Prints this text.
    Help(&'static str),
    /// Starts the local Jira.
    Dev(DevOptions),
    /// Runs every check and test.
    Test,
    /// Builds.
    Build,
    /// Writes the TypeScript declarations.
    Codegen,
    /// Puts together what `forge deploy` needs.
    Package,
    /// Measures.
    Bench,
    /// Checks an exported report.
    VerifyReport(PathBuf),
}

/// Options of `dev`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevOptions {
    /// First of the five ports.
    pub port: u16,
    /// Whether the browser opens by itself.
    pub open: bool,
    /// What the local Jira holds when it is new.
    pub seed: Seed,
    /// Whether everything that the local Jira remembers is thrown away first.
    pub reset: bool,
}

/// What a new local Jira holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Two sites with people and projects, and an app that they have connected their accounts to.
    Demo,
    /// The same before anybody has connected.
    Fresh,
    /// Two sites with nothing but an administrator.
    Empty,
}

impl Seed {
    /// As it is written on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Fresh => "fresh",
            Self::Empty => "empty",
        }
    }
}

const HELP: &str = "\
cargo xtask <command> [--help]

  dev       build what changed and start the local Jira
  test      run every check and every test
  build     build what changed
  codegen   write static/src/api/generated/api.ts from src/api.rs
  package   put together in dist/forge what `forge deploy` needs
  bench     print what the app weighs and how long it takes
  verify-report <file>
            say whether a report that was exported from the panel is whole and unaltered
";

const DEV_HELP: &str = "\
cargo xtask dev [options]

Builds what changed, starts the local Jira and prints its address. Ctrl-C stops it; its data stays in .local/jira.

  --port <number>      first of five ports on 127.0.0.1 (8123)
  --no-open            do not open the browser
  --seed <name>        what a new local Jira holds: `demo` (the default), with people who have connected their accounts;
                       `fresh`, the same people before that; `empty`, an administrator and nothing else
  --reset              forget everything that the local Jira remembers
";

const TEST_HELP: &str = "\
cargo xtask test

Runs format, lints, Rust tests, the build, type checks, and the manifest, boundary, contract, local Jira, panel and
browser tests. The browser is Chromium: named by CHROMIUM, or found on PATH, or installed by the system's package manager.
";

const BUILD_HELP: &str = "\
cargo xtask build

Installs the npm packages of the lock file, and builds the app, the sandbox, the panel and the bundle, each only if
something changed.
";

const CODEGEN_HELP: &str = "\
cargo xtask codegen

Writes static/src/api/generated/api.ts from src/api.rs.
";

const PACKAGE_HELP: &str = "\
cargo xtask package

Builds, puts together in dist/forge what `forge deploy` needs, checks it, and says what is left to do.
";

const BENCH_HELP: &str = "\
cargo xtask bench

Builds, and prints the size of the WebAssembly, the time from start to first answer beside that of a plain JavaScript
app, the time of a warm request, and the platform calls of each part of a change.
";

const VERIFY_REPORT_HELP: &str = "\
cargo xtask verify-report <file>

Says whether a report that was exported from the panel is whole and unaltered, and what its last seal is: the panel shows
the same. Needs no build and asks nobody.
";

/// Reads the arguments after the program's name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Failure> {
    read(Parser::from_args(arguments)).map_err(|error| Failure::usage(format!("{}.\n\n{HELP}", capitalized(&error))))
}

fn read(mut parser: Parser) -> Result<Command, lexopt::Error> {
    let Some(first) = parser.next()? else {
        return Ok(Command::Help(HELP));
    };
    let name = match first {
        Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(HELP)),
        Arg::Value(name) => name.string()?,
        other @ (Arg::Short(_) | Arg::Long(_)) => return Err(other.unexpected()),
    };
    match name.as_str() {
        "help" => Ok(Command::Help(HELP)),
        "dev" => dev(&mut parser),
        "test" => without_options(&mut parser, Command::Test, TEST_HELP),
        "build" => without_options(&mut parser, Command::Build, BUILD_HELP),
        "codegen" => without_options(&mut parser, Command::Codegen, CODEGEN_HELP),
        "package" => without_options(&mut parser, Command::Package, PACKAGE_HELP),
        "bench" => without_options(&mut parser, Command::Bench, BENCH_HELP),
        "verify-report" => verify_report(&mut parser),
        _ => Err(format!("there is no command `{name}`").into()),
    }
}

fn without_options(parser: &mut Parser, command: Command, help: &'static str) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        None => Ok(command),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(help)),
        Some(other) => Err(other.unexpected()),
    }
}

fn verify_report(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        None => Err("`verify-report` needs the file to look at".into()),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(VERIFY_REPORT_HELP)),
        Some(Arg::Value(file)) => without_options(parser, Command::VerifyReport(file.into()), VERIFY_REPORT_HELP),
        Some(other @ (Arg::Short(_) | Arg::Long(_))) => Err(other.unexpected()),
    }
}

fn dev(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut options = DevOptions { port: 8123, open: true, seed: Seed::Demo, reset: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(DEV_HELP)),
            Arg::Long("port") => options.port = parser.value()?.parse_with(port)?,
            Arg::Long("no-open") => options.open = false,
            Arg::Long("seed") => options.seed = parser.value()?.parse_with(seed)?,
            Arg::Long("reset") => options.reset = true,
            other @ (Arg::Short(_) | Arg::Long(_) | Arg::Value(_)) => {
                return Err(other.unexpected());
            }
        }
    }
    Ok(Command::Dev(options))
}

fn port(text: &str) -> Result<u16, &'static str> {
    // Below 1024 a person may not listen, and four more ports follow the first.
    text.parse().ok().filter(|port| (1024..=u16::MAX - 4).contains(port)).ok_or("a port is a number from 1024 to 65531")
}

fn seed(text: &str) -> Result<Seed, &'static str> {
    match text {
        "demo" => Ok(Seed::Demo),
        "fresh" => Ok(Seed::Fresh),
        "empty" => Ok(Seed::Empty),
        _ => Err("a seed is `demo`, `fresh` or `empty`"),
    }
}

fn capitalized(error: &lexopt::Error) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &str) -> Result<Command, String> {
        parse(words.split_whitespace().map(OsString::from)).map_err(|failure| failure.sentence().to_owned())
    }

    #[test]
    fn every_command_is_known() {
        assert_eq!(parsed("test"), Ok(Command::Test));
        assert_eq!(parsed("build"), Ok(Command::Build));
        assert_eq!(parsed("codegen"), Ok(Command::Codegen));
        assert_eq!(parsed("package"), Ok(Command::Package));
        assert_eq!(parsed("bench"), Ok(Command::Bench));
        assert_eq!(parsed("verify-report a.json"), Ok(Command::VerifyReport("a.json".into())));
        assert_eq!(parsed(""), Ok(Command::Help(HELP)));
    }

    #[test]
    fn dev_takes_its_options_in_either_form() {
        let expected = DevOptions { port: 9000, open: false, seed: Seed::Empty, reset: true };
        assert_eq!(parsed("dev --port=9000 --no-open --seed empty --reset"), Ok(Command::Dev(expected)));
        let defaults = DevOptions { port: 8123, open: true, seed: Seed::Demo, reset: false };
        assert_eq!(parsed("dev"), Ok(Command::Dev(defaults)));
        assert_eq!(parsed("dev --reset --help"), Ok(Command::Help(DEV_HELP)));
    }

    #[test]
    fn nonsense_is_named() {
        for (words, named) in [
            ("deploy", "there is no command `deploy`"),
            ("dev --prot 1", "--prot"),
            ("dev --port", "missing argument"),
            ("dev --port 80", "from 1024 to 65531"),
            ("dev --port 65532", "from 1024 to 65531"),
            ("dev --seed full", "`demo`, `fresh` or `empty`"),
            ("test fast", "fast"),
            ("verify-report", "needs the file"),
            ("verify-report a b", "b"),
            ("--quick", "--quick"),
        ] {
            let sentence = parsed(words).expect_err(words).to_lowercase();
            assert!(sentence.contains(named), "{words}: {sentence}");
        }
    }
}
