//! Doing nothing when nothing changed.
//!
//! In: the files and words a piece of work depends on. Out: whether it must be done, and a stamp when it was.
//! Not its job: knowing what depends on what.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::base::paths::Paths;

/// What a piece of work depends on, as one hash.
#[derive(Default)]
pub struct Inputs {
    hash: Sha256,
}

impl Inputs {
    /// Adds a file's name and content.
    pub fn file(mut self, path: &Path) -> Result<Self> {
        let content = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        self.add(path.file_name().unwrap_or_default().as_encoded_bytes());
        self.add(&content);
        Ok(self)
    }

    /// Adds a text.
    pub fn text(mut self, text: &str) -> Self {
        self.add(text.as_bytes());
        self
    }

    /// Adds every file of a directory and below, in a fixed order; `node_modules` excepted.
    pub fn tree(mut self, dir: &Path) -> Result<Self> {
        for path in files_below(dir)? {
            let relative = path.strip_prefix(dir).unwrap_or(&path);
            self.add(relative.as_os_str().as_encoded_bytes());
            self = self.file(&path)?;
        }
        Ok(self)
    }

    /// The hash, as hexadecimal text.
    pub fn digest(self) -> String {
        self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Length first, so that ("ab", "c") and ("a", "bc") differ.
    fn add(&mut self, bytes: &[u8]) {
        self.hash.update((bytes.len() as u64).to_le_bytes());
        self.hash.update(bytes);
    }
}

/// Remembers the inputs a piece of work was last done with.
pub struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// The stamp of the work called `name`, for these inputs.
    pub fn new(paths: &Paths, name: &str, inputs: Inputs) -> Self {
        Self { file: paths.work().join("stamps").join(name), digest: inputs.digest() }
    }

    /// Whether the work was done with the same inputs and everything it made is still there.
    pub fn is_fresh(&self, outputs: &[PathBuf]) -> bool {
        let same = fs::read_to_string(&self.file).is_ok_and(|stored| stored == self.digest);
        same && outputs.iter().all(|output| output.exists())
    }

    /// Remembers that the work is done. Written last, so that work cut short is done again.
    pub fn write(&self) -> Result<()> {
        if let Some(dir) = self.file.parent() {
            fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
        }
        fs::write(&self.file, &self.digest).with_context(|| format!("cannot write {}", self.file.display()))
    }
}

/// Every file of a directory and below, sorted; `node_modules` excepted.
pub fn files_below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name == "node_modules") {
            continue;
        }
        if path.is_dir() { files.extend(files_below(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> Paths {
        let root = std::env::temp_dir().join(format!("xtask-stamp-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("in")).unwrap();
        Paths { root }
    }

    fn inputs(words: &[&str]) -> Inputs {
        let mut inputs = Inputs::default();
        for word in words {
            inputs.add(word.as_bytes());
        }
        inputs
    }

    #[test]
    fn words_are_kept_apart() {
        assert_ne!(inputs(&["ab", "c"]).digest(), inputs(&["a", "bc"]).digest());
    }

    #[test]
    fn a_changed_added_or_renamed_file_changes_the_digest() {
        let paths = scratch("tree");
        let dir = paths.root.join("in");
        let digest = || Inputs::default().tree(&dir).unwrap().digest();
        fs::write(dir.join("a"), "1").unwrap();
        let first = digest();
        assert_eq!(first, digest());
        fs::write(dir.join("a"), "2").unwrap();
        let changed = digest();
        fs::write(dir.join("b"), "").unwrap();
        let added = digest();
        fs::rename(dir.join("b"), dir.join("c")).unwrap();
        let renamed = digest();
        let all = std::collections::BTreeSet::from([first, changed, added, renamed]);
        assert_eq!(all.len(), 4);
        fs::remove_dir_all(&paths.root).unwrap();
    }

    #[test]
    fn a_stamp_is_stale_before_it_is_written_and_when_inputs_or_outputs_change() {
        let paths = scratch("stamp");
        let output = paths.root.join("out");
        let outputs = [output.clone()];
        let stamp = |word: &str| Stamp::new(&paths, "work", inputs(&[word]));
        fs::write(&output, "made").unwrap();
        assert!(!stamp("one").is_fresh(&outputs));
        stamp("one").write().unwrap();
        assert!(stamp("one").is_fresh(&outputs));
        assert!(!stamp("two").is_fresh(&outputs));
        fs::remove_file(&output).unwrap();
        assert!(!stamp("one").is_fresh(&outputs));
        fs::remove_dir_all(&paths.root).unwrap();
    }
}
