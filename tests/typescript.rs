//! The TypeScript declarations of the wire are generated from `src/api`, committed, and may not drift.
//!
//! `cargo xtask codegen` runs this test with `WRITE_GENERATED=1`, which writes the file instead of comparing it.

use integration_plus::api::{Reply, Request};
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::{Config, TS, TypeVisitor};

const FILE: &str = "static/src/api/generated/api.ts";

struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Types without an output path are TypeScript's own or transparent wrappers: they are written in place.
        let name = T::ident(&self.config);
        if T::output_path().is_none() || self.by_name.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.by_name.insert(name, format!("{docs}export {}\n", T::decl(&self.config)));
        T::visit_dependencies(self);
    }
}

#[test]
fn the_committed_declarations_are_those_of_the_wire() {
    let mut declarations = Declarations { config: Config::new(), by_name: BTreeMap::new() };
    declarations.visit::<Request>();
    declarations.visit::<Reply>();
    let body = declarations.by_name.into_values().collect::<Vec<_>>().join("\n");
    let generated = format!("// Generated from src/api.rs by `cargo xtask codegen`. Do not edit.\n\n{body}");

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("WRITE_GENERATED").is_some() {
        std::fs::create_dir_all(file.parent().expect("has a folder")).expect("folder is made");
        std::fs::write(&file, &generated).expect("file is written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(committed, generated, "run `cargo xtask codegen` and commit {FILE}");
}
