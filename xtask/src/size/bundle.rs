//! `cargo xtask size`: what a Worker that imports the package ships.
//!
//! In: the packed tarball, bundled and minified as a consumer does. Out: a table, what has changed since the last release,
//! and whether all is within its budget.
//! Not its job: making anything smaller; `functions` tells what the module goes to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;

use crate::base::paths::Paths;
use crate::base::{compress, lock, npm, progress, tools};
use crate::build::pack::{self, Tarball};
use crate::size::{functions, last_sizes};

/// What may be weighed out after gzip -9, in bytes. These are the gates of `cargo xtask test`.
const BUNDLE_BUDGET: usize = 23_000;
const WASM_BUDGET: usize = 16_800;
const GLUE_BUDGET: usize = 720;

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
    /// The generated part of the JavaScript, minified by itself.
    glue: Weight,
}

/// What `cargo xtask size` is asked for.
#[derive(clap::Args)]
pub struct Options {
    /// List every function of the WebAssembly module, not only the largest.
    #[arg(long)]
    functions: bool,
    /// Keep the figures as those of the release that is being made: bench/sizes.json.
    #[arg(long)]
    record: bool,
}

/// Prints the tables; the exit code says whether all fits.
pub fn report(paths: &Paths, options: &Options) -> Result<ExitCode> {
    let tarball = pack::pack(paths)?;
    let sizes = measure(paths, &tarball)?;
    if options.record {
        last_sizes::record(paths, &pack::version(&paths.pkg())?, &sizes.figures())?;
    }
    print!("{}", sizes.table());
    println!("{}", last_sizes::compared(paths, &sizes.figures())?);
    print!("{}", functions::report(paths, options.functions)?);
    Ok(if sizes.above().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Bundles the packed package for Workers and weighs the result.
pub fn measure(paths: &Paths, tarball: &Tarball) -> Result<Sizes> {
    npm::install(paths, &paths.build_tools())?;
    let _alone = lock::exclusive(paths)?;
    let task = progress::begin("size", "bundling as a Worker's author does");
    let dir = paths.work().join("consumer");
    unpack(tarball, &dir)?;
    let out = bundle(paths, &dir)?;
    let glue = minified(paths, &dir.join("node_modules/refport-edge/dist/glue.js"))?;
    let sizes = Sizes { javascript: weigh_all(&out, "js")?, wasm: weigh_all(&out, "wasm")?, glue: weigh(&glue)? };
    task.done();
    if sizes.javascript.raw == 0 || sizes.wasm.raw == 0 {
        bail!("the bundle in {} lacks its JavaScript or its WebAssembly", out.display());
    }
    Ok(sizes)
}

impl Sizes {
    /// JavaScript and WebAssembly together, after gzip -9.
    pub fn gzip_together(&self) -> usize {
        self.javascript.gzip + self.wasm.gzip
    }

    /// What is above its budget; nothing, when the gate is passed.
    pub fn above(&self) -> Vec<String> {
        let above = |(name, weight, budget): (&str, usize, usize)| {
            let [weight, budget] = [weight, budget].map(progress::thousands);
            format!("{name}: {weight} bytes after gzip -9, and {budget} are allowed (xtask/src/size/bundle.rs)")
        };
        self.budgets().into_iter().filter(|(_, weight, budget)| weight > budget).map(above).collect()
    }

    fn budgets(&self) -> [(&'static str, usize, usize); 3] {
        [
            ("the bundle", self.gzip_together(), BUNDLE_BUDGET),
            ("the WebAssembly", self.wasm.gzip, WASM_BUDGET),
            ("the glue", self.glue.gzip, GLUE_BUDGET),
        ]
    }

    /// What is compared with the last release.
    fn figures(&self) -> [(&'static str, usize); 4] {
        [
            ("bundle", self.gzip_together()),
            ("JavaScript", self.javascript.gzip),
            ("WebAssembly", self.wasm.gzip),
            ("glue", self.glue.gzip),
        ]
    }

    /// The table, for people.
    pub fn table(&self) -> String {
        let sum = |part: fn(&Weight) -> usize| part(&self.javascript) + part(&self.wasm);
        let total = Weight { raw: sum(|w| w.raw), gzip: sum(|w| w.gzip), brotli: sum(|w| w.brotli) };
        let mut table = format!("{:<14}{:>10}{:>10}{:>10}{:>10}\n", "bytes", "raw", "gzip -9", "brotli", "budget");
        let rows = [
            ("JavaScript", self.javascript, None),
            ("of it, glue", self.glue, Some(GLUE_BUDGET)),
            ("WebAssembly", self.wasm, Some(WASM_BUDGET)),
            ("together", total, Some(BUNDLE_BUDGET)),
        ];
        for (name, weight, budget) in rows {
            let [raw, gzip, brotli] = [weight.raw, weight.gzip, weight.brotli].map(progress::thousands);
            let budget = budget.map(progress::thousands).unwrap_or_default();
            table += format!("{name:<14}{raw:>10}{gzip:>10}{brotli:>10}{budget:>10}").trim_end();
            table += "\n";
        }
        let above = self.above();
        table
            + &if above.is_empty() {
                "within every budget\n".to_owned()
            } else {
                format!("ABOVE: {}\n", above.join("; "))
            }
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

/// One file by itself, as the bundler minifies it.
fn minified(paths: &Paths, file: &Path) -> Result<Vec<u8>> {
    let mut command = Command::new(npm::bin(&paths.build_tools(), "esbuild"));
    command.arg(file).args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
    tools::stdout_of(&mut command, "see the bundler's message above").map(String::into_bytes)
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
        let weight = weigh(&bytes)?;
        total.raw += weight.raw;
        total.gzip += weight.gzip;
        total.brotli += weight.brotli;
    }
    Ok(total)
}

fn weigh(bytes: &[u8]) -> Result<Weight> {
    Ok(Weight { raw: bytes.len(), gzip: compress::gzip(bytes), brotli: compress::brotli(bytes)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(javascript: usize, wasm: usize, glue: usize) -> Sizes {
        let weight = |gzip| Weight { raw: gzip * 3, gzip, brotli: gzip - 1 };
        Sizes { javascript: weight(javascript), wasm: weight(wasm), glue: weight(glue) }
    }

    #[test]
    fn each_budget_is_inclusive_and_one_byte_more_fails_by_name() {
        let javascript = BUNDLE_BUDGET - WASM_BUDGET;
        assert!(sizes(javascript, WASM_BUDGET, GLUE_BUDGET).above().is_empty());
        let names = |sizes: Sizes| sizes.above().join("\n");
        assert!(names(sizes(javascript + 1, WASM_BUDGET, 1)).starts_with("the bundle: "));
        assert!(names(sizes(1, WASM_BUDGET + 1, 1)).starts_with("the WebAssembly: "));
        assert!(names(sizes(1, 1, GLUE_BUDGET + 1)).starts_with("the glue: "));
    }

    /// The gate as `cargo xtask test` has it, on real files: a module that has grown, weighed as the bundle's is.
    #[test]
    fn a_module_that_grows_past_its_budget_is_caught() {
        let dir = std::env::temp_dir().join(format!("refport-edge-size-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        // Nothing repeats, so that nothing is packed away.
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let mut weighed = |length: usize| {
            let module: Vec<u8> = (0..length).map(|_| noise()).collect();
            fs::write(dir.join("core.wasm"), module).unwrap();
            let wasm = weigh_all(&dir, "wasm").unwrap();
            Sizes { javascript: Weight::default(), wasm, glue: Weight::default() }.above()
        };
        assert!(weighed(WASM_BUDGET - 100).is_empty());
        assert_eq!(weighed(WASM_BUDGET + 1).len(), 1);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn the_table_says_what_is_weighed_and_the_verdict() {
        let table = sizes(4_000, 11_000, 700).table();
        assert!(table.contains("together          45,000    15,000    14,998"), "{table}");
        assert!(table.ends_with("within every budget\n"), "{table}");
        assert!(sizes(90_000, 9_000, 700).table().contains("ABOVE: the bundle"));
    }
}
