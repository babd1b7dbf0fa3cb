//! `dev`: the local Jira.

use crate::args::DevOptions;
use crate::build;
use crate::child::Running;
use crate::failure::Failure;
use crate::interrupt;
use crate::node;
use crate::report::Report;
use crate::workspace::Workspace;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};

const HOST: &str = "devhost/src/main.js";

/// The local Jira, the panel's frame, the authorization server, Atlassian's API and the web triggers are origins of
/// their own, as in the real world.
const PORTS: u16 = 5;

const FIRST_STEPS: &str = "
  1. Open Integration+ there: you are Maria Keller, an administrator. Select change (or Connect, where nobody has),
     and choose \"Jira service account\".
  2. Select Next, Continue to Jira, Open page; log in as that account and select Allow. The first page notices.
  3. The picture at its top right changes who you are; Local controls changes what time it is and what goes wrong.

Ctrl-C stops it. What it remembers stays in .local/jira; `--reset` forgets it.
";

/// The command.
pub fn run(workspace: &Workspace, options: &DevOptions) -> Result<(), Failure> {
    ports_are_free(options.port)?;
    build::all(workspace, &mut Report::default())?;
    serve(workspace, options)
}

fn ports_are_free(first: u16) -> Result<(), Failure> {
    let last = first + PORTS - 1;
    for port in first..=last {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|_| {
            Failure::usage(format!(
                "Port {port} is in use, and the local Jira needs {first} to {last}: stop what uses it, or choose \
                 another first port with `--port`."
            ))
        })?;
    }
    Ok(())
}

fn serve(workspace: &Workspace, options: &DevOptions) -> Result<(), Failure> {
    let mut command = node::script(workspace, HOST);
    command.args(["--port", &options.port.to_string(), "--seed", options.seed.name(), "--state"]);
    command.arg(workspace.local("jira"));
    if options.reset {
        command.arg("--reset");
    }
    // The local Jira ends when its standard input does: the pipe closes however this process ends.
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut host = Running::start(&mut command)?;
    let said = host.child().stdout.take().expect("was asked for");
    let mut address = None;
    for line in BufReader::new(said).lines().map_while(Result::ok) {
        match line.strip_prefix("ready ") {
            Some(ready) if address.is_none() => {
                println!("\nThe local Jira is at {ready}\n{FIRST_STEPS}");
                if options.open && has_display() {
                    open(workspace, ready);
                }
                address = Some(ready.to_owned());
            }
            _ => println!("{line}"),
        }
    }
    let status = host.wait()?;
    match (address, interrupt::asked()) {
        (Some(_), true) => {
            println!("\nThe local Jira has stopped.");
            Ok(())
        }
        (None, true) => Err(Failure::interrupted()),
        (None, false) => Err(Failure::new(format!("The local Jira did not start ({status})."))),
        (Some(_), false) => Err(Failure::new(format!("The local Jira stopped by itself ({status})."))),
    }
}

fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Opens the person's browser. The address is on the screen in any case, so a system without one says nothing.
fn open(workspace: &Workspace, address: &str) {
    let mut command: Command;
    if cfg!(windows) {
        command = workspace.command("cmd");
        command.args(["/C", "start", "", address]);
    } else {
        command = workspace.command(if cfg!(target_os = "macos") { "open" } else { "xdg-open" });
        command.arg(address);
    }
    drop(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_named_with_its_neighbours() {
        let busy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = busy.local_addr().expect("has an address").port();
        let first = port - 2;
        // Its neighbours may be busy too, by chance; then one of those is named.
        let failure = ports_are_free(first).expect_err("a port is busy");
        assert!(failure.sentence().contains(&format!("needs {first} to {}", first + 4)), "{}", failure.sentence());
    }
}
