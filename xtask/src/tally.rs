//! What test runners say when they close.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
}

impl Tally {
    /// Reads the closing lines of `cargo test` (one per program) and of Node's runner (one per number).
    pub fn read(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines() {
            if let Some(counts) = line.strip_prefix("test result: ") {
                tally.passed += number_before(counts, " passed");
                tally.failed += number_before(counts, " failed");
            } else if let Some((name, count)) = line.strip_prefix("ℹ ").and_then(|rest| rest.split_once(' ')) {
                match name {
                    "pass" => tally.passed += count.parse().unwrap_or(0),
                    // A cancelled test was cut off by one that failed.
                    "fail" | "cancelled" => tally.failed += count.parse().unwrap_or(0),
                    _ => {}
                }
            }
        }
        tally
    }

    /// The closing lines themselves, without those of programs that hold no test.
    pub fn lines(output: &str) -> impl Iterator<Item = &str> {
        output.lines().filter(|line| {
            let of_cargo = line.starts_with("test result: ") && Self::read(line) != Self::default();
            of_cargo || ["ℹ tests ", "ℹ pass ", "ℹ fail "].iter().any(|start| line.starts_with(start))
        })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARGO: &str = "\
running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 40 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s
test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
    const NODE: &str =
        "✔ a thing (1ms)\nℹ tests 13\nℹ suites 1\nℹ pass 10\nℹ fail 2\nℹ cancelled 1\nℹ duration_ms 57.1\n";

    #[test]
    fn the_lines_of_both_runners_are_summed() {
        assert_eq!(Tally::read(CARGO), Tally { passed: 42, failed: 3 });
        assert_eq!(Tally::read(NODE), Tally { passed: 10, failed: 3 });
        assert_eq!(Tally::read("error: could not compile"), Tally::default());
    }

    #[test]
    fn programs_without_tests_close_silently() {
        assert_eq!(Tally::lines(CARGO).count(), 2);
        assert_eq!(Tally::lines(NODE).collect::<Vec<_>>(), ["ℹ tests 13", "ℹ pass 10", "ℹ fail 2"]);
    }
}
