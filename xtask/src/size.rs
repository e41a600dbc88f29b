//! `cargo xtask size`: what a Worker that imports the package ships.
//!
//! In: the packed tarball, bundled and minified as a consumer does. Out: a table, and whether it fits the budget.
//! Not its job: making anything smaller.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::read::{GzDecoder, GzEncoder};

use crate::pack::Tarball;
use crate::paths::Paths;
use crate::{functions, lock, npm, pack, progress, tools};

/// What JavaScript and WebAssembly together may weigh after gzip -9, in bytes.
pub const BUDGET: usize = 25_500;

/// One file as it is, after gzip -9, and after brotli.
#[derive(Clone, Copy, Default)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What a consumer's bundle consists of.
pub struct Sizes {
    javascript: Weight,
    wasm: Weight,
}

/// Prints the table; the exit code says whether it fits.
pub fn report(paths: &Paths, with_functions: bool) -> Result<ExitCode> {
    let tarball = pack::pack(paths)?;
    let sizes = measure(paths, &tarball)?;
    print!("{}", sizes.table());
    if with_functions {
        print!("{}", functions::largest(paths)?);
    }
    Ok(if sizes.fits() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Bundles the packed package for Workers and weighs the result.
pub fn measure(paths: &Paths, tarball: &Tarball) -> Result<Sizes> {
    npm::install(paths, &paths.build_tools())?;
    let _alone = lock::exclusive(paths)?;
    let task = progress::begin("size", "bundling as a Worker's author does");
    let dir = paths.work().join("consumer");
    unpack(tarball, &dir)?;
    let out = bundle(paths, &dir)?;
    let sizes = Sizes { javascript: weigh_all(&out, "js")?, wasm: weigh_all(&out, "wasm")? };
    task.done();
    if sizes.javascript.raw == 0 || sizes.wasm.raw == 0 {
        bail!("the bundle in {} lacks its JavaScript or its WebAssembly", out.display());
    }
    Ok(sizes)
}

/// Length after gzip -9.
pub fn gzip(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    // Reading from memory into memory cannot fail; should it, the file counts as the largest there is.
    GzEncoder::new(bytes, Compression::best()).read_to_end(&mut packed).unwrap_or(usize::MAX)
}

impl Sizes {
    /// JavaScript and WebAssembly together, after gzip -9.
    pub fn gzip_together(&self) -> usize {
        self.javascript.gzip + self.wasm.gzip
    }

    /// Whether the package is within its budget.
    pub fn fits(&self) -> bool {
        self.gzip_together() <= BUDGET
    }

    /// The table, for people.
    pub fn table(&self) -> String {
        let sum = |part: fn(&Weight) -> usize| part(&self.javascript) + part(&self.wasm);
        let total = Weight { raw: sum(|w| w.raw), gzip: sum(|w| w.gzip), brotli: sum(|w| w.brotli) };
        let mut table = format!("{:<12}{:>10}{:>10}{:>10}\n", "bytes", "raw", "gzip -9", "brotli");
        for (name, weight) in [("JavaScript", self.javascript), ("WebAssembly", self.wasm), ("together", total)] {
            let [raw, gzip, brotli] = [weight.raw, weight.gzip, weight.brotli].map(progress::thousands);
            table += &format!("{name:<12}{raw:>10}{gzip:>10}{brotli:>10}\n");
        }
        let verdict = if self.fits() { "within" } else { "ABOVE" };
        table + &format!("{verdict} the budget of {} bytes after gzip -9\n", progress::thousands(BUDGET))
    }
}

/// Puts the tarball's content where a consumer's `import "refport-edge"` finds it.
fn unpack(tarball: &Tarball, dir: &Path) -> Result<()> {
    let modules = dir.join("node_modules");
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    }
    fs::create_dir_all(&modules).with_context(|| format!("cannot create {}", modules.display()))?;
    let file = fs::File::open(&tarball.stable).with_context(|| format!("cannot read {}", tarball.stable.display()))?;
    tar::Archive::new(GzDecoder::new(file)).unpack(&modules).context("cannot unpack the tarball")?;
    fs::rename(modules.join("package"), modules.join("refport-edge")).context("the tarball has no package/")?;
    let worker = "export * from \"refport-edge\";\n";
    fs::write(dir.join("worker.js"), worker).context("cannot write the consumer's entry")
}

/// Bundles the consumer's entry for Workers, keeping every export; answers the output's directory.
fn bundle(paths: &Paths, dir: &Path) -> Result<PathBuf> {
    let out = dir.join("out");
    let mut command = Command::new(npm::bin(&paths.build_tools(), "esbuild"));
    command.current_dir(dir).args(["worker.js", "--bundle", "--minify", "--format=esm", "--target=es2022"]);
    command.args(["--conditions=workerd,worker", "--loader:.wasm=copy", "--log-level=warning"]);
    command.arg(format!("--outdir={}", out.display()));
    tools::quietly(&mut command, "see the bundler's message above")?;
    Ok(out)
}

/// The weight of all files of a directory with this extension.
fn weigh_all(dir: &Path, extension: &str) -> Result<Weight> {
    let mut total = Weight::default();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|found| found != extension) {
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        total.raw += bytes.len();
        total.gzip += gzip(&bytes);
        total.brotli += brotli(&bytes)?;
    }
    Ok(total)
}

/// Length after brotli at its best.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes).context("cannot compress")?;
    drop(writer);
    Ok(packed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(javascript: usize, wasm: usize) -> Sizes {
        let weight = |gzip| Weight { raw: gzip * 3, gzip, brotli: gzip - 1 };
        Sizes { javascript: weight(javascript), wasm: weight(wasm) }
    }

    #[test]
    fn the_budget_is_for_both_files_together_and_inclusive() {
        assert!(sizes(4_000, BUDGET - 4_000).fits());
        assert!(!sizes(4_000, BUDGET - 3_999).fits());
    }

    #[test]
    fn the_table_says_what_is_weighed_and_the_verdict() {
        let table = sizes(4_000, 11_000).table();
        assert!(table.contains("together        45,000    15,000    14,998"), "{table}");
        assert!(
            table.ends_with(&format!("within the budget of {} bytes after gzip -9\n", progress::thousands(BUDGET))),
            "{table}"
        );
        assert!(sizes(9_000, BUDGET).table().contains("ABOVE the budget"));
    }

    #[test]
    fn both_compressors_shrink_what_repeats() {
        let bytes = [7; 10_000];
        assert!(gzip(&bytes) < 100);
        assert!(brotli(&bytes).unwrap() < 100);
    }
}
