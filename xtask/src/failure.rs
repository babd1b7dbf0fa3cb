//! Why a command stopped.

use std::fmt::Display;
use std::process::ExitCode;

/// Why a command stopped: one sentence for a person and, where a tool failed, what the tool said.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
    output: String,
    code: u8,
    told: bool,
}

impl Failure {
    /// Something is missing or went wrong.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), output: String::new(), code: 1, told: false }
    }

    /// The command line makes no sense, or the machine lacks something that a person must provide.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self { code: 2, ..Self::new(sentence) }
    }

    /// Somebody pressed Ctrl-C or ended the command. 130 is what shells report for that.
    pub fn interrupted() -> Self {
        Self { code: 130, ..Self::new("Interrupted: nothing is left running, and no half-made file was kept.") }
    }

    /// A file or folder could not be read or written.
    pub fn io(doing: impl Display, error: &std::io::Error) -> Self {
        Self::new(format!("Could not {doing}: {error}."))
    }

    /// Adds what the tool said.
    pub fn with_output(self, output: impl Into<String>) -> Self {
        Self { output: output.into(), ..self }
    }

    /// The same, once the person has read it.
    pub fn told(self) -> Self {
        Self { told: true, ..self }
    }

    /// Whether a person ended the command.
    pub fn is_interruption(&self) -> bool {
        self.code == 130
    }

    /// For a person.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// What the tool said; empty if no tool was involved.
    pub fn output(&self) -> &str {
        self.output.trim_end()
    }

    /// Tells the person, unless somebody did. The tool's own words come first: the last line is the sentence.
    pub fn print(&self) {
        if self.told {
            return;
        }
        if !self.output().is_empty() {
            eprintln!("\n{}\n", self.output());
        }
        eprintln!("{}", self.sentence);
    }

    /// For the shell.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}
