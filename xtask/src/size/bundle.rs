//! `cargo xtask size`: what a Worker that imports the package ships.
//!
//! In: the packed tarball, bundled and minified as a consumer does, once for each import of bench/budgets.json. Out: a table,
//! what has changed since the last release, and whether all is within its budget.
//! Not its job: making anything smaller; `functions` tells what the module goes to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use serde_json::Value;

use crate::base::paths::Paths;
use crate::base::{compress, lock, npm, progress, tools};
use crate::build::pack::{self, Tarball};
use crate::size::{functions, last_sizes};

/// A line of bench/budgets.json: bytes after gzip -9. The budget is the gate of `cargo xtask test`; the target and its stretch
/// are what the benchmark judges.
struct Budget {
    name: String,
    /// What is imported.
    import: String,
    /// The entry that it is imported from.
    from: String,
    bytes: usize,
    at_most: Option<usize>,
    stretch: Option<usize>,
}

/// One file as it is, after gzip -9, and after brotli; or several, each sent by itself.
#[derive(Clone, Copy, Default)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What is weighed, beside its budget: the bundle of one import.
struct Row {
    budget: Budget,
    javascript: Weight,
    wasm: Weight,
}

/// What is weighed, in the order of bench/budgets.json.
pub struct Sizes(Vec<Row>);

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

/// Bundles the packed package for Workers, once for each import, and weighs the results.
pub fn measure(paths: &Paths, tarball: &Tarball) -> Result<Sizes> {
    let budgets = budgets(paths)?;
    npm::install(paths, &paths.build_tools())?;
    let _alone = lock::exclusive(paths)?;
    let task = progress::begin("size", "bundling each import as a Worker's author does");
    let dir = paths.work().join("consumer");
    unpack(tarball, &dir)?;
    let bundles = bundle(paths, &dir, &budgets)?;
    let sizes = weighed(budgets, &bundles);
    task.done();
    Ok(sizes)
}

impl Row {
    fn together(&self) -> Weight {
        sum([self.javascript, self.wasm])
    }
}

impl Sizes {
    /// What is above its budget; nothing, when the gate of `cargo xtask test` is passed.
    pub fn above(&self) -> Vec<String> {
        let above = |Row { budget: Budget { name, bytes, .. }, .. }: &Row, weight| {
            let [weight, bytes] = [weight, *bytes].map(progress::thousands);
            format!("{name}: {weight} bytes after gzip -9, and {bytes} are allowed (bench/budgets.json)")
        };
        let weighed = self.0.iter().map(|row| (row, row.together().gzip));
        weighed.filter(|(row, weight)| *weight > row.budget.bytes).map(|(row, weight)| above(row, weight)).collect()
    }

    /// What is compared with the last release.
    fn figures(&self) -> Vec<(&str, usize)> {
        self.0.iter().map(|row| (row.budget.name.as_str(), row.together().gzip)).collect()
    }

    /// The table, for people.
    fn table(&self) -> String {
        let cells = |name: &str, cells: [String; 8]| {
            let cells: String = cells.iter().map(|cell| format!("{cell:>12}")).collect();
            format!("{name:<22}{cells}").trim_end().to_owned() + "\n"
        };
        let head = ["JavaScript", "WebAssembly", "gzip -9", "budget", "target", "stretch", "raw", "brotli"];
        let mut table = cells("bytes", head.map(str::to_owned));
        for row in &self.0 {
            let Budget { name, bytes, at_most, stretch, .. } = &row.budget;
            let all = row.together();
            let (javascript, wasm) = (row.javascript.gzip, row.wasm.gzip);
            let figures = [
                Some(javascript),
                Some(wasm),
                Some(all.gzip),
                Some(*bytes),
                *at_most,
                *stretch,
                Some(all.raw),
                Some(all.brotli),
            ];
            table += &cells(name, figures.map(|figure| figure.map(progress::thousands).unwrap_or_default()));
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

/// The table of budgets.
fn budgets(paths: &Paths) -> Result<Vec<Budget>> {
    let file = paths.bench().join("budgets.json");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    budgets_in(&text).with_context(|| format!("{} is no table of budgets", file.display()))
}

fn budgets_in(text: &str) -> Result<Vec<Budget>> {
    let rows: Vec<Value> = serde_json::from_str(text)?;
    let number = |row: &Value, key: &str| row[key].as_u64().and_then(|number| usize::try_from(number).ok());
    let text = |row: &Value, key: &str| row[key].as_str().map(str::to_owned);
    let budget = |row: &Value| {
        Some(Budget {
            name: text(row, "name")?,
            import: text(row, "import")?,
            from: text(row, "from").unwrap_or_else(|| "refport-edge".to_owned()),
            bytes: number(row, "budget")?,
            at_most: number(row, "atMost"),
            stretch: number(row, "stretch"),
        })
    };
    rows.iter()
        .map(|row| budget(row).with_context(|| format!("a name, an import or a budget is missing: {row}")))
        .collect()
}

/// Each budget beside what it is for. `bundles` has the JavaScript and the WebAssembly of each, in their order.
fn weighed(budgets: Vec<Budget>, bundles: &[(Weight, Weight)]) -> Sizes {
    let rows = budgets.into_iter().zip(bundles);
    Sizes(rows.map(|(budget, (javascript, wasm))| Row { budget, javascript: *javascript, wasm: *wasm }).collect())
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
    fs::rename(modules.join("package"), modules.join("refport-edge")).context("the tarball has no package/")
}

/// Bundles each import for Workers by itself, and weighs its JavaScript and its WebAssembly.
fn bundle(paths: &Paths, dir: &Path, budgets: &[Budget]) -> Result<Vec<(Weight, Weight)>> {
    let mut command = Command::new(npm::bin(&paths.build_tools(), "esbuild"));
    command.current_dir(dir).args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--outdir=out"]);
    command.args(["--conditions=workerd,worker", "--loader:.wasm=copy", "--log-level=warning", "--metafile=meta.json"]);
    for (number, Budget { import, from, .. }) in budgets.iter().enumerate() {
        let entry = format!("worker{number}.js");
        let program = format!("export {import} from \"{from}\";\n");
        fs::write(dir.join(&entry), program).context("cannot write the consumer's entry")?;
        command.arg(entry);
    }
    tools::quietly(&mut command, "see the bundler's message above")?;
    let meta = fs::read_to_string(dir.join("meta.json")).context("the bundler did not tell what it made")?;
    let meta: Value = serde_json::from_str(&meta).context("what the bundler tells is not JSON")?;
    let weigh_one = |(number, budget): (usize, &Budget)| {
        let script = format!("out/worker{number}.js");
        let javascript = weigh_file(&dir.join(&script))?;
        let modules: Result<Vec<_>> =
            modules_of(&meta, &script).iter().map(|module| weigh_file(&dir.join(module))).collect();
        let wasm = sum(modules?);
        if javascript.raw == 0 {
            bail!("the bundle of `{}` in {} is empty", budget.import, dir.display());
        }
        Ok((javascript, wasm))
    };
    budgets.iter().enumerate().map(weigh_one).collect()
}

/// The WebAssembly modules that a bundled script imports, each once.
fn modules_of(meta: &Value, script: &str) -> BTreeSet<PathBuf> {
    let imports = meta["outputs"][script]["imports"].as_array();
    let paths = imports.into_iter().flatten().filter_map(|import| import["path"].as_str().map(PathBuf::from));
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "wasm")).collect()
}

fn sum(weights: impl IntoIterator<Item = Weight>) -> Weight {
    weights.into_iter().fold(Weight::default(), |total, weight| Weight {
        raw: total.raw + weight.raw,
        gzip: total.gzip + weight.gzip,
        brotli: total.brotli + weight.brotli,
    })
}

fn weigh_file(path: &Path) -> Result<Weight> {
    weigh(&fs::read(path).with_context(|| format!("cannot read {}", path.display()))?)
}

fn weigh(bytes: &[u8]) -> Result<Weight> {
    Ok(Weight { raw: bytes.len(), gzip: compress::gzip(bytes), brotli: compress::brotli(bytes)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"[
        { "name": "one", "import": "{ one }", "budget": 50, "atMost": 30, "stretch": 20 },
        { "name": "all", "import": "*", "from": "refport-edge/refcampaign", "budget": 90 }
    ]"#;

    fn weight(gzip: usize) -> Weight {
        Weight { raw: gzip * 3, gzip, brotli: gzip }
    }

    fn sizes(one: [usize; 2], all: [usize; 2]) -> Sizes {
        let bundles = [one, all].map(|[javascript, wasm]| (weight(javascript), weight(wasm)));
        weighed(budgets_in(TABLE).unwrap(), &bundles)
    }

    #[test]
    fn each_budget_is_inclusive_and_one_byte_more_fails_by_name() {
        assert!(sizes([10, 40], [50, 40]).above().is_empty());
        let name_of = |sizes: Sizes| sizes.above().join("\n");
        assert!(name_of(sizes([11, 40], [50, 40])).starts_with("one: 51 bytes after gzip -9, and 50 are allowed"));
        assert!(name_of(sizes([10, 40], [51, 40])).starts_with("all: 91"));
    }

    #[test]
    fn every_module_that_a_script_imports_is_found_once_and_no_other_is() {
        let meta = serde_json::json!({ "outputs": {
            "out/worker0.js": { "imports": [
                { "path": "out/sales.wasm" }, { "path": "out/sales.wasm" }, { "path": "out/leads.wasm" }, { "path": "node:fs" },
            ] },
            "out/worker1.js": { "imports": [{ "path": "out/lookup.wasm" }] },
        } });
        let found = modules_of(&meta, "out/worker0.js");
        assert_eq!(
            found.iter().map(|path| path.to_str().unwrap()).collect::<Vec<_>>(),
            ["out/leads.wasm", "out/sales.wasm"]
        );
    }

    #[test]
    fn a_table_that_lacks_a_budget_or_an_import_is_refused() {
        assert!(budgets_in(r#"[{ "name": "one", "import": "*" }]"#).is_err());
        assert!(budgets_in(r#"[{ "name": "one", "budget": 1 }]"#).is_err());
    }

    #[test]
    fn the_table_says_what_is_weighed_and_the_verdict() {
        let table = sizes([1_010, 40], [50, 40]).table();
        let line = "one                          1,010          40       1,050          50          30          20       3,150       1,050";
        assert!(table.contains(line), "{table}");
        assert!(table.contains("ABOVE: one: 1,050"), "{table}");
        assert!(sizes([10, 40], [50, 40]).table().ends_with("within every budget\n"));
    }
}
