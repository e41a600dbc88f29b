//! Where things are.
//!
//! In: where this workspace was compiled. Out: the paths every other module uses.
//! Not its job: creating anything.

use std::path::{Path, PathBuf};

/// The places of this workspace that xtask reads and writes.
pub struct Paths {
    /// The workspace itself.
    pub root: PathBuf,
}

impl Paths {
    /// The workspace this program was compiled in.
    pub fn of_this_workspace() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: manifest.parent().unwrap_or(manifest).to_path_buf() }
    }

    /// The npm package's directory.
    pub fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// The package's files that start the module, and call exports of it by name.
    pub fn callers(&self) -> [PathBuf; 2] {
        ["core.js", "steps.js"].map(|name| self.pkg().join(name))
    }

    /// What users import, written down once for every way of loading a module.
    pub fn entries(&self) -> PathBuf {
        self.pkg().join("entries")
    }

    /// The generated part of the npm package.
    pub fn dist(&self) -> PathBuf {
        self.pkg().join("dist")
    }

    /// The npm tools of the build itself.
    pub fn build_tools(&self) -> PathBuf {
        self.root.join("xtask")
    }

    /// A Chromium from npm, and the script that tries browsers.
    pub fn chromium(&self) -> PathBuf {
        self.build_tools().join("chromium")
    }

    /// The JavaScript suites, one file per runtime.
    pub fn runtimes(&self) -> PathBuf {
        self.root.join("tests/runtimes")
    }

    /// The fault service, and the suites that run against it.
    pub fn faults(&self) -> PathBuf {
        self.root.join("tests/faults")
    }

    /// Capture and checkout: in every runtime, behind caches, with the payment vendors' libraries.
    pub fn attribution(&self) -> PathBuf {
        self.root.join("tests/attribution")
    }

    /// The benchmark: contenders, rows, and what was measured.
    pub fn bench(&self) -> PathBuf {
        self.root.join("bench")
    }

    /// The documentation's pages, programs and tools.
    pub fn docs(&self) -> PathBuf {
        self.root.join("docs")
    }

    /// The documentation as a site.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/docs")
    }

    /// The example shop.
    pub fn worker_example(&self) -> PathBuf {
        self.root.join("worker-example")
    }

    /// Stamps and by-products of xtask.
    pub fn work(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    /// A core after bindgen, before optimisation, with its function names.
    pub fn named_wasm(&self, core: &str) -> PathBuf {
        self.work().join("named").join(core).with_extension("wasm")
    }

    /// Where the tarball goes.
    pub fn package(&self) -> PathBuf {
        self.root.join("target/package")
    }
}
