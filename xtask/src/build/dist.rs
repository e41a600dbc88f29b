//! The generated part of the package: `pkg/dist`.
//!
//! In: the cores, and the files of `pkg/entries`. Out: files. Not its job: building a core.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use refport_edge::boundary::layout;
use refport_edge::proto::provider::SERVICES;

use crate::base::paths::Paths;
use crate::build::cores::{self, WAYS};

/// A core that was built.
pub struct Built<'a> {
    pub name: &'a str,
    pub wasm: Vec<u8>,
    pub glue: String,
}

/// Writes everything to a directory, and nothing of an earlier build stays.
pub fn write(paths: &Paths, dist: &Path, built: &[Built]) -> Result<()> {
    if dist.exists() {
        // A file of an earlier build must not be packed with this one's.
        fs::remove_dir_all(dist).with_context(|| format!("cannot remove {}", dist.display()))?;
    }
    for Built { name, wasm, glue } in built {
        file(dist, &format!("{name}.wasm"), wasm)?;
        file(dist, &format!("glue/{name}.js"), glue.as_bytes())?;
        if *name != cores::WHOLE {
            let text = format!("export const base64 = \"{}\";\n", STANDARD.encode(wasm));
            file(dist, &format!("base64/{name}.js"), text.as_bytes())?;
        }
    }
    for (name, text) in lists() {
        file(dist, &name, text.as_bytes())?;
    }
    for way in WAYS {
        for core in cores::single().into_iter().filter(|core| way.has(&core.name)) {
            file(dist, &format!("{}/cores/{}.js", way.name, core.name), way.file(&core.name).as_bytes())?;
        }
        for (name, text) in entries(paths)?.into_iter().filter(|(name, _)| way.has(name.trim_end_matches(".js"))) {
            file(dist, &format!("{}/{name}", way.name), text.as_bytes())?;
        }
    }
    Ok(())
}

/// The lists of names of what crosses, each with the name of its file.
pub fn lists() -> Vec<(String, String)> {
    let services = SERVICES.iter().map(|service| {
        let name = format!("services/{}.js", service.constant.to_ascii_lowercase());
        (name, layout::javascript_of(service))
    });
    std::iter::once(("layout.js".to_owned(), layout::javascript())).chain(services).collect()
}

/// The files of `pkg/entries`, as they stand one directory deeper.
fn entries(paths: &Paths) -> Result<Vec<(String, String)>> {
    let dir = paths.entries();
    let mut entries = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let file = entry?.path();
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        entries.push((name, text.replace("\"../", "\"../../")));
    }
    entries.sort();
    Ok(entries)
}

fn file(dist: &Path, name: &str, content: &[u8]) -> Result<()> {
    let file = dist.join(name);
    if let Some(dir) = file.parent() {
        fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
    }
    fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))
}
