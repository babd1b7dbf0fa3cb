//! From a crate to two JavaScript modules: the glue of wasm-bindgen, and the WebAssembly inlined as base64 text.
//!
//! Inlined, because Forge's bundler resolves no path at run time: a `.wasm` beside the bundle would not be found. The
//! glue leaves the instantiation to whoever imports it; glue that does it by itself does not survive the bundler.

use crate::child;
use crate::display::kilobytes;
use crate::failure::Failure;
use crate::node;
use crate::partial::Partial;
use crate::product::{Fingerprint, Product};
use crate::wasm_target;
use crate::workspace::Workspace;
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// `wasm-opt` at the level for size. It reads from the module which WebAssembly features it may use, and so needs the
/// section that `strip = true` would take away.
const OPTIMIZER: &str = "node_modules/binaryen/bin/wasm-opt";

/// A crate whose library becomes WebAssembly.
pub struct Crate {
    /// Cargo's name of the package.
    pub package: &'static str,
    /// Its folder.
    pub folder: &'static str,
    /// Where the two modules go.
    pub into: &'static str,
    /// The glue is `{stem}.js`, the inlined WebAssembly `{stem}_wasm.js`.
    pub stem: &'static str,
    /// The module that gives the glue its `queueMicrotask`, in which futures are polled; the global one if absent.
    pub microtasks: Option<&'static str>,
}

/// The app.
pub const APP: Crate = Crate {
    package: "integration-plus",
    folder: "",
    into: "src/generated",
    stem: "app",
    microtasks: Some("../trap.js"),
};

/// The pretend Atlassian, for the local Jira.
pub const SANDBOX: Crate =
    Crate { package: "sandbox", folder: "sandbox", into: "devhost/generated", stem: "sandbox", microtasks: None };

impl Crate {
    /// Makes both modules, if anything changed.
    pub fn build(&self, workspace: &Workspace, compiler: &str) -> Result<String, Failure> {
        let glue = self.glue(workspace);
        let inlined = self.inlined(workspace);
        let product =
            Product::new(workspace, self.stem, self.inputs(workspace, compiler), vec![glue.clone(), inlined.clone()]);
        product.make(|| {
            let partial = Partial::new(workspace, self.stem)?;
            let library = self.compile(workspace)?;
            let (glue_text, bound) = self.bind(&library)?;
            partial.write("bound.wasm", bound)?;
            optimize(workspace, &partial.path("bound.wasm"), &partial.path("optimized.wasm"))?;
            let optimized = read(&partial.path("optimized.wasm"))?;
            partial.write("glue.js", glue_text)?;
            partial.write("inlined.js", format!("export default \"{}\";\n", STANDARD.encode(&optimized)))?;
            let size = gzip_bytes(workspace, &partial.path("optimized.wasm"))?;
            partial.publish("glue.js", &glue)?;
            partial.publish("inlined.js", &inlined)?;
            Ok(format!("{} gzip", kilobytes(size)))
        })
    }

    /// The glue's path.
    pub fn glue(&self, workspace: &Workspace) -> PathBuf {
        workspace.path(self.into).join(format!("{}.js", self.stem))
    }

    /// The inlined WebAssembly's path.
    pub fn inlined(&self, workspace: &Workspace) -> PathBuf {
        workspace.path(self.into).join(format!("{}_wasm.js", self.stem))
    }

    fn inputs(&self, workspace: &Workspace, compiler: &str) -> Fingerprint {
        let folder = workspace.path(self.folder);
        let source = folder.join("src");
        let generated = workspace.path(self.into);
        // The handlers in JavaScript lie beside the Rust, and are the bundle's business. Scripts in a folder are the pages'
        // own, which the Rust includes.
        let handler = |path: &Path| path.parent() == Some(&source) && path.extension().is_some_and(|end| end == "js");
        Fingerprint::default()
            .text(compiler)
            .text(&flags(workspace))
            .text(include_str!("wasm.rs"))
            .tree(&workspace.path("Cargo.lock"), |_| true)
            .tree(&workspace.path("Cargo.toml"), |_| true)
            .tree(&workspace.path("node_modules/binaryen/package.json"), |_| true)
            .tree(&folder.join("Cargo.toml"), |_| true)
            .tree(&source, |path| path != generated && !handler(path))
    }

    /// Asks for a `cdylib` here, because naming it in Cargo.toml beside the `rlib` would switch link-time optimization
    /// off. The folder of its own keeps the cache of the native builds from being thrown away.
    fn compile(&self, workspace: &Workspace) -> Result<PathBuf, Failure> {
        let target = workspace.target("wasm");
        let mut command = workspace.cargo();
        command
            .args(["rustc", "--quiet", "--release", "--lib", "--crate-type", "cdylib", "--package", self.package])
            .args(["--target", wasm_target::TRIPLE, "--target-dir"])
            .arg(&target)
            .env("CARGO_ENCODED_RUSTFLAGS", flags(workspace));
        child::expect(&mut command, &format!("The crate {} does not compile to WebAssembly.", self.package))?;
        let file = format!("{}.wasm", self.package.replace('-', "_"));
        Ok(target.join(wasm_target::TRIPLE).join("release").join(file))
    }

    /// The glue, and the module with what the glue needs.
    fn bind(&self, library: &Path) -> Result<(String, Vec<u8>), Failure> {
        let failed = |error| {
            Failure::new(format!("wasm-bindgen could not bind {}.", self.package)).with_output(format!("{error:?}"))
        };
        let mut bindgen = Bindgen::new();
        bindgen
            .input_bytes(self.stem, read(library)?)
            .typescript(false)
            .omit_default_module_path(true)
            // Whoever holds the glue can begin anew with a fresh instance after a trap.
            .reset_state_function(true)
            .remove_producers_section(true);
        let mut output = bindgen.web(true).and_then(Bindgen::generate_output).map_err(failed)?;
        let snippets = output.snippets().values().map(Vec::len).sum::<usize>() + output.local_modules().len();
        if snippets > 0 {
            return Err(Failure::new(format!(
                "{} brings JavaScript of its own, which nothing would bundle.",
                self.package
            )));
        }
        let glue = match self.microtasks {
            Some(module) => format!("import {{ queueMicrotask }} from '{module}';\n{}", forgiving(output.js())?),
            None => output.js().to_owned(),
        };
        Ok((glue, output.wasm_mut().emit_wasm()))
    }
}

/// What an instance had asked of the platform before its trap is answered after it. wasm-bindgen throws then, into a
/// promise that nobody holds, which would end the process; nothing waits for that answer, so it is dropped.
fn forgiving(glue: &str) -> Result<String, Failure> {
    const THROWN: &str = "throw new Error('Cannot invoke closure from previous WASM instance');";
    match glue.matches(THROWN).count() {
        0 => Err(Failure::new("wasm-bindgen's glue no longer says what becomes of an answer after a trap.")),
        _ => Ok(glue.replace(THROWN, "return;")),
    }
}

/// The compiler's flags, separated as cargo wants them. The paths of this machine stay out of the module: it is the same
/// wherever it was built.
fn flags(workspace: &Workspace) -> String {
    let home = |name: &str, folder: &str| {
        let named = std::env::var_os(name).map(PathBuf::from);
        named.or_else(|| std::env::home_dir().map(|home| home.join(folder)))
    };
    let given = std::env::var("RUSTFLAGS").unwrap_or_default();
    let prefixes = [
        (home("CARGO_HOME", ".cargo"), "cargo"),
        (home("RUSTUP_HOME", ".rustup"), "rustup"),
        (Some(workspace.path("")), ""),
    ];
    let remapped =
        prefixes.iter().filter_map(|(from, to)| Some(format!("--remap-path-prefix={}={to}", from.as_ref()?.display())));
    // Hashing a few short texts needs no unrolled rounds.
    let compact = "--cfg=sha2_backend_soft=\"compact\"".to_owned();
    given.split_whitespace().map(str::to_owned).chain(remapped).chain([compact]).collect::<Vec<_>>().join("\x1f")
}

fn optimize(workspace: &Workspace, from: &Path, to: &Path) -> Result<(), Failure> {
    let mut command = node::script(workspace, OPTIMIZER);
    command.args(["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug"]).arg(from).arg("-o").arg(to);
    child::expect(&mut command, "wasm-opt failed.").map(drop)
}

/// How many bytes a file has when it is sent compressed.
pub fn gzip_bytes(workspace: &Workspace, file: &Path) -> Result<u64, Failure> {
    const MEASURE: &str = "console.log(zlib.gzipSync(fs.readFileSync(process.argv[1]), { level: 9 }).length)";
    let said = child::expect(workspace.command("node").args(["-e", MEASURE]).arg(file), "Node.js could not compress.")?;
    said.trim()
        .parse()
        .map_err(|_| Failure::new("Node.js did not say how long the compressed file is.").with_output(said))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| Failure::io(format!("read {}", file.display()), &error))
}
