//! What the browser gets: the panel, and the script that asks whether to prompt a person.

use crate::child;
use crate::failure::Failure;
use crate::npm;
use crate::partial::Partial;
use crate::product::{Fingerprint, Product};
use crate::workspace::Workspace;

/// The npm scripts, each with the folder that it makes. The script in the background is a bundle of its own, because it
/// runs wherever people open an issue.
const BUNDLES: [(&str, &str); 2] = [("build", "static/dist"), ("build:prompt", "static/dist-prompt")];

/// Builds `static/` with Vite, if anything changed.
pub fn build(workspace: &Workspace) -> Result<String, Failure> {
    let inputs = Fingerprint::default()
        .text(include_str!("panel.rs"))
        .tree(&workspace.path("package-lock.json"), |_| true)
        .tree(&workspace.path("static"), |path| {
            !["dist", "dist-prompt", "node_modules", "test"]
                .iter()
                .any(|folder| path == workspace.path("static").join(folder))
        });
    let outputs = BUNDLES.iter().map(|(_, folder)| workspace.path(folder)).collect();
    Product::new(workspace, "panel", inputs, outputs).make(|| {
        let partial = Partial::new(workspace, "panel")?;
        for (script, _) in BUNDLES {
            let mut command = npm::npm(workspace);
            command.args(["run", script, "--workspace", "static", "--", "--emptyOutDir", "--outDir"]);
            command.arg(partial.path(script));
            child::expect(&mut command, "The panel does not build.")?;
        }
        for (script, folder) in BUNDLES {
            partial.publish(script, &workspace.path(folder))?;
        }
        Ok(String::new())
    })
}
