//! The lines that a person watches: one per step, with its time.

use crate::display::{duration, row};
use crate::failure::Failure;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Names of the steps under way, of every report. Whoever prints holds it, so that what belongs together stays together
/// when steps run side by side.
static UNDER_WAY: Mutex<Vec<String>> = Mutex::new(Vec::new());

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

/// What a step that went well has to say.
#[derive(Default)]
pub struct Said {
    /// A few words for the end of its line.
    pub note: String,
    /// Lines that belong under it.
    pub lines: Vec<String>,
}

impl From<String> for Said {
    fn from(note: String) -> Self {
        Self { note, lines: Vec::new() }
    }
}

/// The steps so far.
#[derive(Default)]
pub struct Report {
    steps: Vec<Step>,
}

impl Report {
    /// Runs a step and prints its line and, if it fails, what the tool said.
    pub fn step<S: Into<Said>>(
        &mut self,
        name: &str,
        work: impl FnOnce() -> Result<S, Failure>,
    ) -> Result<(), Failure> {
        begin(name);
        let began = Instant::now();
        let result = work().map(Into::into);
        let took = began.elapsed();
        let (verdict, note, lines) = match &result {
            Ok(said) => {
                (Verdict::Ok, said.note.clone(), said.lines.iter().map(|line| format!("      {line}")).collect())
            }
            // The command says so itself when it stops.
            Err(failure) if failure.is_interruption() => (Verdict::NotRun, "interrupted".to_owned(), Vec::new()),
            Err(failure) => (Verdict::Failed, failure.sentence().to_owned(), told(failure)),
        };
        self.push(Step { name: name.to_owned(), verdict, took, note }, &lines);
        result.map(drop).map_err(|failure| if failure.is_interruption() { failure } else { failure.told() })
    }

    /// Notes a step that could not begin.
    pub fn not_run(&mut self, name: &str, because: &str) {
        let note = format!("not run: {because}");
        self.push(Step { name: name.to_owned(), verdict: Verdict::NotRun, took: Duration::ZERO, note }, &[]);
    }

    /// Every step, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Adds the steps of another report.
    pub fn append(&mut self, other: Self) {
        self.steps.extend(other.steps);
    }

    fn push(&mut self, step: Step, lines: &[String]) {
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|name| *name != step.name);
        clear_announcement();
        println!("{}", row(step.verdict.word(), &step.name, &duration(step.took), &step.note));
        for line in lines {
            println!("{line}");
        }
        announce(&under_way);
        self.steps.push(step);
    }
}

/// What the tool said, with room around it.
fn told(failure: &Failure) -> Vec<String> {
    if failure.output().is_empty() { Vec::new() } else { vec![format!("\n{}\n", failure.output())] }
}

fn begin(name: &str) {
    let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
    under_way.push(name.to_owned());
    announce(&under_way);
}

/// On a terminal, the names of the steps under way stand where the next line will be.
fn announce(names: &[String]) {
    let mut out = std::io::stdout();
    if out.is_terminal() && !names.is_empty() {
        // A terminal that cannot be written to shows nothing later either.
        drop(write!(out, "{}\r", row("..", &names.join(", "), "", "")));
        drop(out.flush());
    }
}

/// Two names may have been longer than the line that takes their place.
fn clear_announcement() {
    if std::io::stdout().is_terminal() {
        print!("\x1b[2K");
    }
}
