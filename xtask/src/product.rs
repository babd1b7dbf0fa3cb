//! Things that are made from other things, and made again only when those change.
//!
//! A stamp beside the clone's other local files holds two hashes: of everything that went in and of everything that
//! came out. A product is up to date when both still hold, so that neither an edit of a source, nor an edit of the
//! product, nor a build that was cut short is ever mistaken for a finished one.

use crate::failure::Failure;
use crate::workspace::Workspace;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Something that is made.
pub struct Product<'a> {
    workspace: &'a Workspace,
    name: &'static str,
    inputs: Fingerprint,
    outputs: Vec<PathBuf>,
}

impl<'a> Product<'a> {
    /// `name` is that of the stamp; `outputs` are files or folders.
    pub fn new(workspace: &'a Workspace, name: &'static str, inputs: Fingerprint, outputs: Vec<PathBuf>) -> Self {
        Self { workspace, name, inputs, outputs }
    }

    /// Makes it, unless it is up to date. `make` answers with a few words about what it made.
    pub fn make(self, make: impl FnOnce() -> Result<String, Failure>) -> Result<String, Failure> {
        let stamp = self.workspace.local("stamps").join(self.name);
        let inputs = self.inputs.hex();
        if fs::read_to_string(&stamp).is_ok_and(|text| text == content(&inputs, &self.outputs)) {
            return Ok("unchanged".to_owned());
        }
        let note = make()?;
        let failed = |error| Failure::io(format!("write {}", stamp.display()), &error);
        fs::create_dir_all(self.workspace.local("stamps")).map_err(failed)?;
        fs::write(&stamp, content(&inputs, &self.outputs)).map_err(failed)?;
        Ok(note)
    }
}

fn content(inputs: &str, outputs: &[PathBuf]) -> String {
    let mut hash = Fingerprint::default();
    for output in outputs {
        hash = hash.tree(output, |_| true);
    }
    format!("{inputs}\n{}\n", hash.hex())
}

/// A hash over files and words.
#[derive(Clone, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Adds words: a compiler's version, a flag.
    pub fn text(mut self, text: &str) -> Self {
        self.add(*b"text", text.as_bytes());
        self
    }

    /// Adds a file, or every file of a folder that `wanted` says yes to. Something that is not there counts as such.
    pub fn tree(mut self, path: &Path, wanted: impl Fn(&Path) -> bool) -> Self {
        self.add_tree(path, &wanted);
        self
    }

    fn add_tree(&mut self, path: &Path, wanted: &dyn Fn(&Path) -> bool) {
        if path.is_dir() {
            let mut entries: Vec<PathBuf> =
                fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
            entries.sort();
            for entry in entries.iter().filter(|entry| wanted(entry)) {
                self.add_tree(entry, wanted);
            }
        } else {
            self.add(*b"path", path.as_os_str().as_encoded_bytes());
            match fs::read(path) {
                Ok(bytes) => self.add(*b"file", &bytes),
                Err(_) => self.add(*b"none", &[]),
            }
        }
    }

    // Kind and length before each part, so that no two lists of parts read the same.
    fn add(&mut self, kind: [u8; 4], part: &[u8]) {
        self.0.update(kind);
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    fn hex(&self) -> String {
        self.0.clone().finalize().iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes every letter");
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Makes `out` from `in`, and says whether that was needed.
    fn made(workspace: &Workspace) -> bool {
        let inputs = Fingerprint::default().text("recipe 1").tree(&workspace.path("in"), |_| true);
        let needed = Cell::new(false);
        let product = Product::new(workspace, "out", inputs, vec![workspace.path("out")]);
        product
            .make(|| {
                needed.set(true);
                fs::write(workspace.path("out"), "made").expect("written");
                Ok(String::new())
            })
            .expect("is made");
        needed.get()
    }

    #[test]
    fn a_product_is_made_again_when_something_changed_and_only_then() {
        let workspace = Workspace::for_test("product");
        let write = |path: &str, text: &str| fs::write(workspace.path(path), text).expect("written");
        fs::create_dir(workspace.path("in")).expect("folder is made");
        write("in/a", "1");
        assert!(made(&workspace), "for the first time");
        assert!(!made(&workspace), "nothing changed");
        write("in/a", "2");
        assert!(made(&workspace), "an input changed");
        write("in/b", "");
        assert!(made(&workspace), "an input came");
        write("out", "edited");
        assert!(made(&workspace), "the product was edited");
        fs::remove_file(workspace.path("out")).expect("removed");
        assert!(made(&workspace), "the product is gone");
        assert!(!made(&workspace));
    }

    #[test]
    fn a_product_that_could_not_be_made_is_not_up_to_date() {
        let workspace = Workspace::for_test("failing-product");
        let product = || Product::new(&workspace, "out", Fingerprint::default(), vec![workspace.path("out")]);
        assert!(product().make(|| Err(Failure::new("no"))).is_err());
        assert_eq!(product().make(|| Ok("made".to_owned())).expect("is made"), "made");
    }

    #[test]
    fn parts_that_read_the_same_one_after_another_are_told_apart() {
        let one = Fingerprint::default().text("ab").text("c").hex();
        assert_ne!(one, Fingerprint::default().text("a").text("bc").hex());
    }
}
