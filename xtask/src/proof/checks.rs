//! What must be true of the build, whatever the tests say.
//!
//! In: the built module, its glue, a dependency tree. Out: one verdict for each property.
//! Not its job: building, or running any of it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::{ExportItem, Module};

use crate::base::paths::Paths;
use crate::base::{rust, tools};
use crate::build::{cores, glue, shorten};
use crate::proof::check::Check;
use crate::proof::{calls, stack};

/// Crates that must not exist where the core is used from Rust.
const JAVASCRIPT_CRATES: &[&str] = &["js-sys", "web-sys", "wasm-bindgen", "serde-wasm-bindgen"];
/// Pages of 64 KiB the module may ask for at its start.
const MOST_INITIAL_PAGES: u64 = 1;
/// What the paths of source files have in common: the toolchain's, its dependencies', the downloaded crates'.
const SOURCE_PATHS: &[&str] = &["/rustc/", "/rust/deps/", "/registry/src/"];

/// The core as it ships and as it was before optimisation.
pub struct Built {
    named: Module,
    glue: String,
    shipped: Vec<u8>,
}

impl Built {
    /// Reads what the build left.
    pub fn read(paths: &Paths) -> Result<Self> {
        let named = paths.named_wasm(cores::WHOLE);
        let read = |file: &Path| fs::read(file).with_context(|| format!("cannot read {}", file.display()));
        Ok(Self {
            named: Module::from_file(&named).with_context(|| format!("cannot read {}", named.display()))?,
            glue: String::from_utf8(read(&paths.dist().join("glue/core.js"))?).context("the glue is not text")?,
            shipped: read(&paths.dist().join("core.wasm"))?,
        })
    }

    /// Every property of the built module.
    pub fn checks(&self) -> Result<Vec<Check>> {
        let shipped = Module::from_buffer(&self.shipped).context("cannot read core.wasm")?;
        let check = |name, offenders| Check { name, offenders };
        let mut checks = vec![
            check("no task queue: neither wasm-bindgen-futures nor an exported async fn", self.futures()),
            check("no Rust class is exported", self.classes()),
            check("no Closure", self.closures()),
            check("every import comes from the glue", foreign_imports(&shipped)),
            check("every import is a function of the glue", unmet_imports(&shipped, &self.glue)),
            check("one initial page, and a ceiling", careless_memories(&shipped)),
            check("nothing but code and data is shipped", custom_sections(&shipped)),
            check("no path of the machine it was built on", source_paths(&self.shipped)),
        ];
        checks.extend(stack::checks(&self.named)?);
        Ok(checks)
    }

    fn futures(&self) -> Vec<String> {
        let mut found = functions_of(&self.named, &["wasm_bindgen_futures::", "js_sys::futures::"]);
        found.extend(words_in(&self.glue, &["queueMicrotask", "async", "await"]));
        found
    }

    fn classes(&self) -> Vec<String> {
        let exports = self.named.exports.iter().filter(|export| matches!(export.item, ExportItem::Function(_)));
        let names = exports.map(|export| export.name.clone());
        let mut found: Vec<String> =
            names.filter(|name| name.starts_with("__wbg_") && name.ends_with("_free")).collect();
        found.extend(words_in(&self.glue, &["class", "FinalizationRegistry"]));
        found
    }

    fn closures(&self) -> Vec<String> {
        let mut found = functions_of(&self.named, &["wasm_bindgen::closure::", "wasm_bindgen::convert::closures::"]);
        found.extend(words_in(&self.glue, &["makeClosure", "makeMutClosure", "CLOSURE_DTORS"]));
        found
    }
}

/// The crates of JavaScript in a dependency tree, as `cargo tree --prefix none` prints it.
pub fn javascript_crates(tree: &str) -> Vec<String> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| JAVASCRIPT_CRATES.contains(name)).map(str::to_owned).collect()
}

/// That the crate, built for the host, knows nothing of JavaScript.
pub fn purity(paths: &Paths) -> Result<Vec<Check>> {
    let mut tree = rust::cargo(paths);
    tree.args([
        "tree",
        "--target",
        "x86_64-unknown-linux-gnu",
        "-e",
        "normal",
        "--prefix",
        "none",
        "-p",
        "refport-edge",
    ]);
    let tree = tools::stdout_of(&mut tree, "see cargo's message above")?;
    Ok(vec![Check { name: "the native crate depends on nothing of JavaScript", offenders: javascript_crates(&tree) }])
}

/// Functions that an export calls, directly or through others, and whose readable name holds one of these paths.
///
/// Calls through the table do not count: the compiler leaves functions in it that nothing can call any more.
fn functions_of(module: &Module, paths: &[&str]) -> Vec<String> {
    let names = calls::called(module).into_iter().filter_map(|id| module.funcs.get(id).name.as_deref());
    let names = names.map(|name| format!("{:#}", rustc_demangle::demangle(name)));
    names.filter(|name| paths.iter().any(|path| name.contains(path))).collect()
}

/// Which of these words the glue's code holds; comments do not count.
fn words_in(glue: &str, words: &[&str]) -> Vec<String> {
    let is_code = |line: &&str| !["//", "/*", "*"].iter().any(|mark| line.trim_start().starts_with(mark));
    let code: Vec<&str> = glue.lines().filter(is_code).collect();
    let code = code.join("\n");
    words.iter().filter(|word| shorten::mentions(&code, word)).map(|word| format!("`{word}` in the glue")).collect()
}

fn foreign_imports(module: &Module) -> Vec<String> {
    let imports = module.imports.iter().filter(|import| import.module != glue::IMPORT_MODULE);
    imports.map(|import| format!("{} from {}", import.name, import.module)).collect()
}

fn unmet_imports(module: &Module, glue: &str) -> Vec<String> {
    let is_unmet = |name: &&str| !glue.lines().any(|line| line.starts_with(&format!("function {name}(")));
    module.imports.iter().map(|import| import.name.as_str()).filter(is_unmet).map(str::to_owned).collect()
}

fn careless_memories(module: &Module) -> Vec<String> {
    let is_careful = |initial, maximum: Option<u64>| initial <= MOST_INITIAL_PAGES && maximum.is_some();
    let memories = module.memories.iter().filter(|memory| !is_careful(memory.initial, memory.maximum));
    memories.map(|memory| format!("{} initial pages, at most {:?}", memory.initial, memory.maximum)).collect()
}

fn custom_sections(module: &Module) -> Vec<String> {
    let named = module.funcs.iter().filter_map(|function| function.name.clone()).map(|name| format!("the name {name}"));
    let sections = module.customs.iter().map(|(_, section)| format!("the section {}", section.name()));
    sections.chain(named).collect()
}

fn source_paths(shipped: &[u8]) -> Vec<String> {
    let is_there = |path: &&&str| shipped.windows(path.len()).any(|window| window == path.as_bytes());
    SOURCE_PATHS.iter().filter(is_there).map(|path| (*path).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use walrus::FunctionBuilder;

    use super::*;

    /// A module whose one export calls the function.
    fn built(function: &str, glue: &str) -> Built {
        let mut named = Module::default();
        let mut builder = FunctionBuilder::new(&mut named.types, &[], &[]);
        builder.name(function.to_owned());
        let id = builder.finish(vec![], &mut named.funcs);
        let mut builder = FunctionBuilder::new(&mut named.types, &[], &[]);
        builder.func_body().call(id);
        let caller = builder.finish(vec![], &mut named.funcs);
        named.exports.add(if function.starts_with("__wbg_") { function } else { "exported" }, caller);
        Built { named, glue: glue.to_owned(), shipped: vec![] }
    }

    #[test]
    fn a_plain_module_offends_nothing() {
        let plain = built("track_sale", "// the class of an async Closure\nexport function track_sale() {}");
        assert!(plain.futures().is_empty());
        assert!(plain.classes().is_empty());
        assert!(plain.closures().is_empty());
    }

    #[test]
    fn a_task_queue_is_noticed_by_its_functions_and_by_its_glue() {
        let by_name = built("_ZN20wasm_bindgen_futures5queue5Queue3new17h0123456789abcdefE", "");
        assert_eq!(by_name.futures(), ["wasm_bindgen_futures::queue::Queue::new"]);
        assert_eq!(built("a", "return queueMicrotask;").futures(), ["`queueMicrotask` in the glue"]);
        assert_eq!(built("a", "export async function a() {}").futures(), ["`async` in the glue"]);
    }

    #[test]
    fn a_function_that_nothing_calls_is_no_offence() {
        let mut dead = built("_ZN20wasm_bindgen_futures5queue5Queue3new17h0123456789abcdefE", "");
        let export = dead.named.exports.iter().next().unwrap().id();
        dead.named.exports.delete(export);
        assert!(dead.futures().is_empty());
    }

    #[test]
    fn an_exported_class_is_noticed_by_its_export_and_by_its_glue() {
        assert_eq!(built("__wbg_delivery_free", "").classes(), ["__wbg_delivery_free"]);
        assert_eq!(built("a", "export class Delivery {}").classes(), ["`class` in the glue"]);
    }

    #[test]
    fn a_closure_is_noticed_by_its_functions_and_by_its_glue() {
        let name = "_ZN12wasm_bindgen7closure16Closure$LT$T$GT$4wrap17h0123456789abcdefE";
        assert_eq!(built(name, "").closures(), ["wasm_bindgen::closure::Closure<T>::wrap"]);
        assert_eq!(built("a", "const ret = makeMutClosure(arg0);").closures(), ["`makeMutClosure` in the glue"]);
    }

    #[test]
    fn imports_are_checked_against_the_glue() {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        module.add_import_func("./glue.js", "_0", ty);
        module.add_import_func("env", "_1", ty);
        assert_eq!(foreign_imports(&module), ["_1 from env"]);
        assert_eq!(unmet_imports(&module, "function _0(arg0) {\n}\n"), ["_1"]);
    }

    #[test]
    fn a_large_or_unlimited_memory_is_noticed() {
        let offenders = |initial, maximum| {
            let mut module = Module::default();
            module.memories.add_local(false, false, initial, maximum, None);
            careless_memories(&module).len()
        };
        assert_eq!(offenders(1, Some(1024)), 0);
        assert_eq!(offenders(18, Some(1024)), 1);
        assert_eq!(offenders(1, None), 1);
    }

    #[test]
    fn names_and_custom_sections_are_noticed() {
        assert_eq!(custom_sections(&built("secret", "").named), ["the name secret"]);
        assert!(custom_sections(&Module::default()).is_empty());
    }

    #[test]
    fn the_path_of_a_source_file_is_noticed() {
        assert_eq!(source_paths(b"x/home/me/.cargo/registry/src/a.rsy"), ["/registry/src/"]);
        assert!(source_paths(b"/api/track/sale").is_empty());
    }

    #[test]
    fn a_crate_of_javascript_in_the_tree_is_noticed() {
        assert!(javascript_crates("refport-edge v0.1.0 (/x)\nserde v1.0.0\n").is_empty());
        assert_eq!(javascript_crates("refport-edge v0.1.0 (/x)\njs-sys v0.3.107 (*)\n"), ["js-sys"]);
    }
}
