//! The programs that the commands start, and their end.
//!
//! Each gets a process group of its own, so that ending it ends what it started in turn (npm starts node, cargo starts
//! rustc). That holds on Unix; elsewhere a terminal's Ctrl-C reaches every program by itself.

use crate::failure::Failure;
use crate::interrupt;
use std::collections::BTreeSet;
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Process ids of those that run. A process group has the id of its first process.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// How long a program may take to end by itself once it was asked to.
const GRACE: Duration = Duration::from_secs(5);

/// What a program left behind.
pub struct Finished {
    /// Whether its exit code was zero.
    pub success: bool,
    /// What it said, standard output and standard error as they came.
    pub output: String,
}

/// A program under way. Ends with its owner.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts `command` without letting an interruption slip in between the start and the note of it.
    pub fn start(command: &mut Command) -> Result<Self, Failure> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let name = command.get_program().to_string_lossy().into_owned();
        let mut running = running();
        interrupt::check()?;
        let child = command.spawn().map_err(|error| Failure::io(format!("start `{name}`"), &error))?;
        running.insert(child.id());
        Ok(Self { child })
    }

    /// The pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Waits for the end.
    pub fn wait(&mut self) -> Result<ExitStatus, Failure> {
        let status = self.child.wait().map_err(|error| Failure::io("wait for a program", &error))?;
        running().remove(&self.child.id());
        Ok(status)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if running().remove(&self.child.id()) {
            end(self.child.id(), End::Kindly);
            if !ends_in_time(&mut self.child) {
                end(self.child.id(), End::AtOnce);
                // Nothing better can be done for a program that outlives being killed.
                drop(self.child.kill());
                drop(self.child.wait());
            }
        }
    }
}

/// Runs `command` to its end and keeps what it says. Fails only if it could not run, or the person interrupted.
pub fn run(command: &mut Command) -> Result<Finished, Failure> {
    let (mut reader, writer) = std::io::pipe().map_err(|error| Failure::io("open a pipe", &error))?;
    let twin = writer.try_clone().map_err(|error| Failure::io("open a pipe", &error))?;
    // What is kept is shown later, perhaps in a file: no colours.
    command.stdin(Stdio::null()).stdout(writer).stderr(twin).env("NO_COLOR", "1");
    let mut running = Running::start(command)?;
    // The command still holds the writing end; while it does, the reading end never comes to an end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut said = Vec::new();
    reader.read_to_end(&mut said).map_err(|error| Failure::io("read what a program says", &error))?;
    let status = running.wait()?;
    interrupt::check()?;
    Ok(Finished { success: status.success(), output: String::from_utf8_lossy(&said).into_owned() })
}

/// As [`run`], and a failure of the program is one of ours, with this sentence.
pub fn expect(command: &mut Command, sentence: &str) -> Result<String, Failure> {
    let finished = run(command)?;
    if finished.success { Ok(finished.output) } else { Err(Failure::new(sentence).with_output(finished.output)) }
}

/// Asks every program to end, and after the grace period makes it. Called on the thread that listens for Ctrl-C.
pub fn end_all() {
    for id in running().iter() {
        end(*id, End::Kindly);
    }
    std::thread::sleep(GRACE);
    for id in running().iter() {
        end(*id, End::AtOnce);
    }
}

#[derive(Clone, Copy)]
enum End {
    Kindly,
    AtOnce,
}

fn end(id: u32, how: End) {
    #[cfg(unix)]
    {
        use nix::sys::signal::{Signal, killpg};
        let signal = match how {
            End::Kindly => Signal::SIGTERM,
            End::AtOnce => Signal::SIGKILL,
        };
        if let Ok(id) = i32::try_from(id) {
            // The only error is that the group has ended already.
            let _ = killpg(nix::unistd::Pid::from_raw(id), signal);
        }
    }
    #[cfg(not(unix))]
    let _ = (id, how);
}

fn ends_in_time(child: &mut Child) -> bool {
    let step = Duration::from_millis(20);
    for _ in 0..GRACE.as_millis() / step.as_millis() {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return true;
        }
        std::thread::sleep(step);
    }
    false
}

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_is_kept_in_order() {
        let finished = run(Command::new("cargo").arg("--version")).expect("cargo runs");
        assert!(finished.success && finished.output.starts_with("cargo "));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = run(&mut Command::new("no-such-program-anywhere")).map(drop).expect_err("is not there");
        assert!(failure.sentence().contains("`no-such-program-anywhere`"), "{}", failure.sentence());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_and_what_it_started_end_with_their_owner() {
        let folder = std::env::temp_dir().join(format!("xtask-child-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("folder is made");
        let note = folder.join("grandchild");
        let script = format!("sleep 60 & echo $! > {0}.part && mv {0}.part {0} && wait", note.display());
        let running = Running::start(Command::new("sh").args(["-c", &script])).expect("sh starts");
        while !note.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let grandchild: i32 = std::fs::read_to_string(&note).expect("was written").trim().parse().expect("an id");
        drop(running);
        let gone = || nix::sys::signal::kill(nix::unistd::Pid::from_raw(grandchild), None).is_err();
        for _ in 0..200 {
            if gone() {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        std::fs::remove_dir_all(&folder).expect("folder is removed");
        assert!(gone(), "process {grandchild} outlived its owner");
    }
}
