//! The lines that a person watches: one per step, with its time.

use crate::display::{duration, row};
use crate::failure::Failure;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Well.
    Ok,
    /// Badly.
    Failed,
    /// It could not begin, because a step before it failed, or was not let finish.
    NotRun,
}

impl Verdict {
    /// In at most four letters.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "FAIL",
            Self::NotRun => "--",
        }
    }
}

/// A step that is over.
pub struct Step {
    /// Its name.
    pub name: String,
    /// How it ended.
    pub verdict: Verdict,
    /// How long it took.
    pub took: Duration,
    /// A few words.
    pub note: String,
}

/// The steps so far.
#[derive(Default)]
pub struct Report {
    steps: Vec<Step>,
}

impl Report {
    /// Runs a step and prints its line and, if it fails, what the tool said. The step answers with a few words for the
    /// end of the line.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<String, Failure>) -> Result<(), Failure> {
        announce(name);
        let began = Instant::now();
        let result = work();
        let (verdict, note) = match &result {
            Ok(note) => (Verdict::Ok, note.clone()),
            // The command says so itself when it stops.
            Err(failure) if failure.is_interruption() => (Verdict::NotRun, "interrupted".to_owned()),
            Err(failure) => (Verdict::Failed, failure.sentence().to_owned()),
        };
        self.push(Step { name: name.to_owned(), verdict, took: began.elapsed(), note });
        result.map(drop).map_err(|failure| {
            if !failure.output().is_empty() {
                println!("\n{}\n", failure.output());
            }
            if failure.is_interruption() { failure } else { failure.told() }
        })
    }

    /// Notes a step that could not begin.
    pub fn not_run(&mut self, name: &str, because: &str) {
        let note = format!("not run: {because}");
        self.push(Step { name: name.to_owned(), verdict: Verdict::NotRun, took: Duration::ZERO, note });
    }

    /// Every step, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn push(&mut self, step: Step) {
        println!("{}", row(step.verdict.word(), &step.name, &duration(step.took), &step.note));
        self.steps.push(step);
    }
}

/// On a terminal, the name of the step under way stands where its line will be.
fn announce(name: &str) {
    let mut out = std::io::stdout();
    if out.is_terminal() {
        // A terminal that cannot be written to shows nothing later either.
        drop(write!(out, "{}\r", row("..", name, "", "")));
        drop(out.flush());
    }
}
