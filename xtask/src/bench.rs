//! `bench`: what the app weighs and how long it takes.

use crate::build;
use crate::bundle;
use crate::child;
use crate::failure::Failure;
use crate::node;
use crate::partial::Partial;
use crate::report::Report;
use crate::wasm;
use crate::workspace::Workspace;

/// A Forge app in plain JavaScript that answers the same request.
const COMPARED: &str = "xtask/js/compare";

/// The command.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut report = Report::default();
    build::all(workspace, &mut report)?;
    let partial = Partial::new(workspace, "compare")?;
    report.step("comparable bundle", || {
        bundle::bundle(workspace, &workspace.path(COMPARED), &partial.path("app"))?;
        Ok(String::new())
    })?;
    let mut tables = String::new();
    report.step("measurements", || {
        let mut measure = node::script(workspace, "xtask/js/bench/main.cjs");
        measure.arg(workspace.path("dist/app/index.cjs")).arg(wasm::APP.inlined(workspace));
        measure.arg(partial.path("app/index.cjs"));
        tables = child::expect(&mut measure, "A measurement failed.")?;
        Ok(String::new())
    })?;
    report.step("the wave", || {
        let mut measure = workspace.cargo();
        // As the tests are built, so that nothing is compiled twice: calls are counted, and time is simulated.
        measure.args(["bench", "--quiet", "--profile", "dev", "--bench", "wave"]);
        tables += &child::expect(&mut measure, "The wave could not be measured.")?;
        Ok(String::new())
    })?;
    print!("{tables}");
    Ok(())
}
