//! Steps of the tests that run one after another, beside those of another lane.

use crate::child;
use crate::failure::Failure;
use crate::report::{Report, Said};
use crate::tally::Tally;
use std::process::Command;

/// The steps of one lane. A step that fails does not keep the others from running; an interruption does.
#[derive(Default)]
pub struct Lane {
    /// Its steps.
    pub report: Report,
    /// What the runners counted.
    tally: Tally,
    /// Failures that no runner counted.
    uncounted: u32,
}

impl Lane {
    /// A step that passes or fails as a whole.
    pub fn check(&mut self, name: &str, sentence: &str, mut command: Command) -> Result<(), Failure> {
        let result = self.report.step(name, || child::expect(&mut command, sentence).map(|_| String::new()));
        self.go_on(result).map(drop)
    }

    /// A step whose tests are counted.
    pub fn tests(&mut self, name: &str, command: Result<Command, Failure>) -> Result<(), Failure> {
        let mut tally = Tally::default();
        let result = self.report.step(name, || {
            let finished = child::run(&mut command?)?;
            tally = Tally::read(&finished.output);
            if !finished.success || tally.failed > 0 {
                return Err(Failure::new(tally.to_string()).with_output(finished.output));
            }
            if tally.passed == 0 {
                return Err(Failure::new("No test ran.").with_output(finished.output));
            }
            Ok(Said { note: tally.to_string(), lines: Tally::lines(&finished.output).map(str::to_owned).collect() })
        });
        self.tally += tally;
        let counted = tally.failed > 0;
        self.go_on(result)?;
        self.uncounted -= u32::from(counted);
        Ok(())
    }

    /// A step that cannot begin, which counts as a failure.
    pub fn not_run(&mut self, name: &str, because: &str) {
        self.report.not_run(name, because);
        self.uncounted += 1;
    }

    /// Whether the step went well. Only an interruption ends the run.
    pub fn go_on(&mut self, result: Result<(), Failure>) -> Result<bool, Failure> {
        match result {
            Ok(()) => Ok(true),
            Err(failure) if failure.is_interruption() => Err(failure),
            Err(_) => {
                self.uncounted += 1;
                Ok(false)
            }
        }
    }

    /// This lane with the steps and the counts of another.
    pub fn join(mut self, other: Self) -> Self {
        self.report.append(other.report);
        self.tally += other.tally;
        self.uncounted += other.uncounted;
        self
    }

    /// What was counted in all; a failure that no runner counted counts once.
    pub fn total(&self) -> Tally {
        Tally { failed: self.tally.failed + self.uncounted, ..self.tally }
    }
}
