//! The bundle: `src/index.js` and all it imports, made by the bundler that `forge deploy` uses.

use crate::child;
use crate::display::kilobytes;
use crate::failure::Failure;
use crate::node;
use crate::partial::Partial;
use crate::product::{Fingerprint, Product};
use crate::workspace::Workspace;
use std::path::Path;

const SCRIPT: &str = "xtask/js/bundle.cjs";
const APP: &str = "dist/app";

/// Bundles the app, if anything changed.
pub fn build(workspace: &Workspace) -> Result<String, Failure> {
    let inputs = Fingerprint::default()
        .text(include_str!("bundle.rs"))
        .tree(&workspace.path(SCRIPT), |_| true)
        .tree(&workspace.path("manifest.yml"), |_| true)
        .tree(&workspace.path("package-lock.json"), |_| true)
        .tree(&workspace.path("src"), |path| path.is_dir() || path.extension().is_some_and(|end| end == "js"));
    Product::new(workspace, "bundle", inputs, vec![workspace.path(APP)]).make(|| {
        let partial = Partial::new(workspace, "bundle")?;
        bundle(workspace, &workspace.path(""), &partial.path("app"))?;
        let bytes = std::fs::metadata(partial.path("app/index.cjs")).map_or(0, |file| file.len());
        partial.publish("app", &workspace.path(APP))?;
        Ok(kilobytes(bytes))
    })
}

/// Bundles the Forge app in the folder `app` into the folder `into`.
pub fn bundle(workspace: &Workspace, app: &Path, into: &Path) -> Result<(), Failure> {
    let mut command = node::script(workspace, SCRIPT);
    command.current_dir(app).arg(into);
    child::expect(&mut command, "@forge/bundler could not bundle the app.").map(drop)
}
