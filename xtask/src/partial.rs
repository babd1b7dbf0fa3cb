//! Files and folders that appear whole or not at all.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

/// A place for unfinished work. What is still in it when it is dropped is deleted.
pub struct Partial {
    folder: PathBuf,
}

impl Partial {
    /// An empty folder on the same disk as the clone, so that [`Partial::publish`] is a rename.
    pub fn new(workspace: &Workspace, name: &str) -> Result<Self, Failure> {
        let folder = workspace.local("partial").join(format!("{name}-{}", std::process::id()));
        remove(&folder)?;
        fs::create_dir_all(&folder).map_err(|error| Failure::io(format!("make {}", folder.display()), &error))?;
        Ok(Self { folder })
    }

    /// Absolute path of something in it.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.folder.join(relative)
    }

    /// Writes a file into it.
    pub fn write(&self, relative: &str, content: impl AsRef<[u8]>) -> Result<(), Failure> {
        let path = self.path(relative);
        fs::write(&path, content).map_err(|error| Failure::io(format!("write {}", path.display()), &error))
    }

    /// Puts one finished file or folder where it belongs, in place of what was there.
    pub fn publish(&self, relative: &str, destination: &Path) -> Result<(), Failure> {
        let failed = |error| Failure::io(format!("put {} in place", destination.display()), &error);
        if let Some(parent) = destination.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        // A folder can only be renamed onto nothing, so the old one steps aside first.
        if destination.is_dir() {
            fs::rename(destination, self.path(format!("{relative}.old"))).map_err(failed)?;
        }
        fs::rename(self.path(relative), destination).map_err(failed)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // A folder that could not be removed is looked at by nobody, and the next build of the same name removes it.
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Removes a folder if it is there.
pub fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::io(format!("remove {}", folder.display()), &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_finished_takes_the_place_of_what_was_there_and_the_rest_goes() {
        let workspace = Workspace::for_test("partial");
        fs::create_dir_all(workspace.path("dist")).expect("folder is made");
        fs::write(workspace.path("dist/old"), "").expect("written");
        let partial = Partial::new(&workspace, "panel").expect("is made");
        fs::create_dir(partial.path("new")).expect("folder is made");
        partial.write("new/file", "finished").expect("written");
        partial.write("scrap", "unfinished").expect("written");
        partial.publish("new", &workspace.path("dist")).expect("published");
        let scrap = partial.path("scrap");
        drop(partial);
        assert_eq!(fs::read_to_string(workspace.path("dist/file")).expect("is there"), "finished");
        assert!(!workspace.path("dist/old").exists() && !scrap.exists());
    }
}
