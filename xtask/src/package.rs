//! `package`: what `forge deploy` needs, and nothing else, in one folder.
//!
//! `forge deploy` bundles `src/index.js` itself, so the generated modules travel with it, and so does a lock file for the
//! packages that it imports.

use crate::build;
use crate::bundle;
use crate::child;
use crate::failure::Failure;
use crate::node;
use crate::partial::{self, Partial};
use crate::report::Report;
use crate::workspace::Workspace;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

const FOLDER: &str = "dist/forge";

/// The id in the committed manifest, which Atlassian never gives to an app.
const UNREGISTERED: &str = "app/00000000-0000-4000-8000-000000000000";

const REGISTER: &str = "
Once, in this clone: `npx @forge/cli login`, then `npx @forge/cli register`. It writes the id of your app into manifest.yml.
Run `cargo xtask package` again afterwards.
";

const DEPLOY: &str = "
What is left needs an Atlassian developer account. In dist/forge:
  1. npm ci
  2. npx @forge/cli deploy --environment production
  3. npx @forge/cli install --environment production --product jira --site <your site>.atlassian.net
  4. npx @forge/cli webtrigger --environment production    choose `redirect`: this is the app's callback URL
In the developer console (https://developer.atlassian.com/console/myapps), create an OAuth 2.0 integration with that callback
URL and the scopes of src/domain/scope.rs. Then, in dist/forge again:
  5. npx @forge/cli variables set --environment production CLIENT_ID <its client id>
  6. npx @forge/cli variables set --environment production --encrypt CLIENT_SECRET <its secret>
  7. npx @forge/cli deploy --environment production    variables reach the app with the next deployment
";

/// The command.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut report = Report::default();
    build::all(workspace, &mut report)?;
    let partial = Partial::new(workspace, "forge")?;
    report.step("package", || {
        gather(workspace, &partial.path("app"))?;
        Ok(String::new())
    })?;
    let app = partial.path("app");
    report.step("its manifest", || {
        let mut validate = node::script(workspace, "xtask/js/validate.cjs");
        child::expect(validate.current_dir(&app), "Atlassian's validation rejects the manifest.")?;
        Ok(String::new())
    })?;
    report.step("its bundle", || {
        bundle::bundle(workspace, &app, &partial.path("bundle"))?;
        // The bundler leaves its cache there.
        partial::remove(&app.join("node_modules"))?;
        Ok(String::new())
    })?;
    partial.publish("app", &workspace.path(FOLDER))?;
    println!("\n{FOLDER} holds the app.");
    let manifest = read(&workspace.path("manifest.yml"))?;
    print!("{}", if manifest.contains(UNREGISTERED) { REGISTER } else { DEPLOY });
    Ok(())
}

fn gather(workspace: &Workspace, app: &Path) -> Result<(), Failure> {
    copy(&workspace.path("manifest.yml"), &app.join("manifest.yml"))?;
    for built in ["static/dist", "static/dist-prompt"] {
        copy(&workspace.path(built), &app.join(built))?;
    }
    copy(&workspace.path("src"), &app.join("src"))?;
    let project = object(&workspace.path("package.json"))?;
    let lock = object(&workspace.path("package-lock.json"))?;
    let manifest = json!({
        "name": project["name"], "version": project["version"], "private": true, "dependencies": project["dependencies"],
    });
    write(&app.join("package.json"), &manifest)?;
    write(&app.join("package-lock.json"), &locked(&manifest, &lock["packages"]))
}

/// A lock file of what `project` depends on, directly or not, in the versions of the clone's lock file.
fn locked(project: &Value, packages: &Value) -> Value {
    let mut kept = Map::from_iter([(String::new(), project.clone())]);
    let mut waiting = needs(project, "");
    while let Some((name, from)) = waiting.pop() {
        let Some(path) = resolve(packages, &name, &from) else { continue };
        let package = &packages[&path];
        if kept.insert(path.clone(), package.clone()).is_none() {
            waiting.extend(needs(package, &path));
        }
    }
    json!({ "name": project["name"], "version": project["version"], "lockfileVersion": 3, "requires": true, "packages": kept })
}

/// Names that a package asks for, each with the path of who asks.
fn needs(package: &Value, path: &str) -> Vec<(String, String)> {
    let lists = ["dependencies", "optionalDependencies", "peerDependencies"];
    let names = lists.iter().filter_map(|list| package[list].as_object()).flat_map(Map::keys);
    names.map(|name| (name.clone(), path.to_owned())).collect()
}

/// As Node.js looks for a package: in the asker's own `node_modules`, then in those of the folders above. Nothing is
/// found for an optional package that the clone does without.
fn resolve(packages: &Value, name: &str, from: &str) -> Option<String> {
    let mut folder = from;
    loop {
        let path =
            if folder.is_empty() { format!("node_modules/{name}") } else { format!("{folder}/node_modules/{name}") };
        if packages.get(&path).is_some() {
            return Some(path);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rfind("node_modules/").map_or("", |at| folder[..at].trim_end_matches('/'));
    }
}

/// Copies a file or a folder. Of the app's sources only the JavaScript is wanted: the Rust is in it as WebAssembly.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::io(format!("copy {}", from.display()), &error);
    if !from.is_dir() {
        fs::create_dir_all(to.parent().expect("lies in a folder")).map_err(failed)?;
        return fs::copy(from, to).map(drop).map_err(failed);
    }
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().extension().is_none_or(|end| end != "rs") {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn object(file: &Path) -> Result<Value, Failure> {
    serde_json::from_str(&read(file)?).map_err(|error| Failure::new(format!("{} is no JSON: {error}.", file.display())))
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| Failure::io(format!("read {}", file.display()), &error))
}

fn write(file: &Path, value: &Value) -> Result<(), Failure> {
    fs::write(file, format!("{value:#}\n")).map_err(|error| Failure::io(format!("write {}", file.display()), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages() -> Value {
        json!({
            "": {},
            "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "^2"}},
            "node_modules/a/node_modules/b": {"version": "2.0.0", "dependencies": {"c": "1"}},
            "node_modules/b": {"version": "1.0.0", "dev": true},
            "node_modules/c": {"version": "1.0.0", "optionalDependencies": {"not-here": "1"}},
            "node_modules/d": {"version": "1.0.0", "dev": true},
        })
    }

    #[test]
    fn a_lock_file_holds_what_is_needed_where_it_is_found() {
        let lock = locked(&json!({"name": "app", "version": "0.1.0", "dependencies": {"a": "1.0.0"}}), &packages());
        let kept: Vec<&String> = lock["packages"].as_object().expect("an object").keys().collect();
        assert_eq!(kept, ["", "node_modules/a", "node_modules/a/node_modules/b", "node_modules/c"]);
    }

    #[test]
    fn a_scoped_package_is_found_from_deep_inside() {
        let packages = json!({"node_modules/@x/y": {}, "node_modules/@x/z/node_modules/q": {}});
        assert_eq!(
            resolve(&packages, "@x/y", "node_modules/@x/z/node_modules/q").as_deref(),
            Some("node_modules/@x/y")
        );
    }
}
