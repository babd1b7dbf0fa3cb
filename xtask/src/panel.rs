//! The panel: what the browser gets.

use crate::child;
use crate::failure::Failure;
use crate::npm;
use crate::partial::Partial;
use crate::product::{Fingerprint, Product};
use crate::workspace::Workspace;

const DIST: &str = "static/dist";

/// Builds `static/` with Vite, if anything changed.
pub fn build(workspace: &Workspace) -> Result<String, Failure> {
    let inputs = Fingerprint::default()
        .text(include_str!("panel.rs"))
        .tree(&workspace.path("package-lock.json"), |_| true)
        .tree(&workspace.path("static"), |path| {
            !["dist", "node_modules", "test"].iter().any(|folder| path == workspace.path("static").join(folder))
        });
    Product::new(workspace, "panel", inputs, vec![workspace.path(DIST)]).make(|| {
        let partial = Partial::new(workspace, "panel")?;
        let mut command = npm::npm(workspace);
        command.args(["run", "build", "--workspace", "static", "--", "--emptyOutDir", "--outDir"]);
        command.arg(partial.path("dist"));
        child::expect(&mut command, "The panel does not build.")?;
        partial.publish("dist", &workspace.path(DIST))?;
        Ok(String::new())
    })
}
