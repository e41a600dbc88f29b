//! The package for who says `require`: the same files once more, as CommonJS.
//!
//! In: `pkg`, built. Out: `pkg/dist/cjs`, file by file, so that its entries share one core as those of `import` do.
//! Not its job: bundling. A Node.js that can `require` a module takes the module itself (`module-sync`), not this.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::base::paths::Paths;
use crate::base::{npm, tools};

/// The directories of JavaScript files; those of the other ways of loading import WebAssembly, which CommonJS has no word for.
const DIRECTORIES: &[&str] = &[
    "",
    "capture",
    "checkout",
    "outbox",
    "dist",
    "dist/base64",
    "dist/glue",
    "dist/services",
    "dist/inline",
    "dist/inline/cores",
    "dist/slim",
    "dist/slim/cores",
    "testing",
];

/// Writes `pkg/dist/cjs`, for who holds the lock already.
pub fn write(paths: &Paths) -> Result<()> {
    npm::install_alone(paths, &paths.build_tools())?;
    let pkg = paths.pkg();
    let out = paths.dist().join("cjs");
    if out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
    }
    let mut command = Command::new(npm::bin(&paths.build_tools(), "esbuild"));
    command.current_dir(&pkg).args(["--format=cjs", "--platform=node", "--target=node20", "--log-level=warning"]);
    command.args(["--outbase=.", "--outdir=dist/cjs"]);
    for dir in DIRECTORIES {
        command.args(names(&pkg.join(dir), ".js")?.iter().map(|name| Path::new(dir).join(name)));
    }
    tools::quietly(&mut command, "see esbuild's message above")?;
    for name in names(&pkg, ".d.ts")? {
        fs::copy(pkg.join(&name), out.join(&name)).with_context(|| format!("cannot copy {name}"))?;
    }
    // Without it, the nearest package.json says that these are modules.
    let manifest = out.join("package.json");
    let content = "{ \"type\": \"commonjs\" }\n";
    fs::write(&manifest, content).with_context(|| format!("cannot write {}", manifest.display()))
}

/// The files of a directory whose names end so, sorted.
fn names(dir: &Path, ending: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
