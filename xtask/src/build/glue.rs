//! From the compiled core to the pair of files that work together: a module, and the JavaScript glue it imports.
//!
//! In: the compiler's module. Out: the same module with its glue, named functions, the import module `./glue.js`, and no
//! export that nothing uses. Of bindgen's glue, esbuild keeps what the module imports: the package calls the exports themselves.
//! Not its job: starting the module; bindgen's own entry is thrown away, `pkg/core.js` does it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use walrus::Module;
use wasm_bindgen_cli_support::Bindgen;

use crate::base::paths::Paths;
use crate::base::{npm, tools};
use crate::build::shorten;

/// The name under which the module imports its glue; `pkg/core.js` passes it.
pub const IMPORT_MODULE: &str = "./glue.js";

/// A module and its glue.
pub struct Bound {
    pub module: Module,
    pub glue: String,
}

/// Generates the glue for a module. `start` is the text of the package's start file, which calls some exports by name;
/// `work` is a directory for by-products.
pub fn bind(paths: &Paths, module: Module, start: &str, work: &Path) -> Result<Bound> {
    let mut output = Bindgen::new()
        .bundler(true)?
        .input_module("core", module)
        .typescript(false)
        .demangle(false)
        .remove_producers_section(true)
        .generate_output()
        .context("wasm-bindgen cannot read the core (is the crate's wasm-bindgen the version xtask is built with?)")?;
    if output.snippets().values().any(|files| !files.is_empty()) || !output.local_modules().is_empty() {
        bail!("the core imports JavaScript files of its own: the package has no place for them, use js-sys or web-sys");
    }
    let dir = work.join("bindgen");
    output.emit(&dir).context("cannot write wasm-bindgen's output")?;
    let wasm_file = dir.join("core_bg.wasm");
    let mut module = Module::from_file(&wasm_file).with_context(|| format!("cannot read {}", wasm_file.display()))?;
    rename_import_module(&mut module)?;
    let glue = imported(&module, paths, &dir)?;
    drop_unused_exports(&mut module, &glue, start);
    let glue = shorten::shorten(&mut module, &glue, start);
    Ok(Bound { module, glue })
}

/// The part of bindgen's glue that the module imports, and the function that says whose memory it is.
fn imported(module: &Module, paths: &Paths, dir: &Path) -> Result<String> {
    let names: Vec<_> = module.imports.iter().map(|import| import.name.as_str()).chain(["__wbg_set_wasm"]).collect();
    let entry = dir.join("entry.js");
    fs::write(&entry, format!("export {{ {} }} from \"./core_bg.js\";\n", names.join(", ")))
        .with_context(|| format!("cannot write {}", entry.display()))?;
    let mut command = Command::new(npm::bin(&paths.build_tools(), "esbuild"));
    command.current_dir(dir).args(["entry.js", "--bundle", "--format=esm", "--target=es2022", "--log-level=warning"]);
    tools::stdout_of(&mut command, "see the bundler's message above")
}

/// Makes every import come from the glue under its shipped name.
fn rename_import_module(module: &mut Module) -> Result<()> {
    for import in module.imports.iter_mut() {
        ensure!(import.module == "./core_bg.js", "the core imports `{}` from `{}`", import.name, import.module);
        import.module = IMPORT_MODULE.to_owned();
    }
    Ok(())
}

/// Removes exports that neither the glue nor the package's start file uses, so that the optimiser can drop what is behind.
fn drop_unused_exports(module: &mut Module, glue: &str, start: &str) {
    let is_used = |name: &str| shorten::mentions(start, name) || shorten::mentions(glue, &format!("wasm.{name}"));
    let unused: Vec<_> =
        module.exports.iter().filter(|export| !is_used(&export.name)).map(|export| export.id()).collect();
    for id in unused {
        module.exports.delete(id);
    }
}

#[cfg(test)]
mod tests {
    use walrus::{ConstExpr, ValType, ir::Value};

    use super::*;

    #[test]
    fn an_export_nobody_uses_is_dropped_and_the_others_stay() {
        let mut module = Module::default();
        let global = module.globals.add_local(ValType::I32, false, false, ConstExpr::Value(Value::I32(0)));
        for name in ["track", "track_all", "memory_settle", "unused"] {
            module.exports.add(name, global);
        }
        drop_unused_exports(&mut module, "return wasm.track_all(a) + wasm.track();", "exports.memory_settle();");
        let left: Vec<_> = module.exports.iter().map(|export| export.name.as_str()).collect();
        assert_eq!(left, ["track", "track_all", "memory_settle"]);
    }

    #[test]
    fn an_import_from_elsewhere_is_refused() {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        module.add_import_func("env", "now", ty);
        let error = rename_import_module(&mut module).unwrap_err();
        assert_eq!(error.to_string(), "the core imports `now` from `env`");
    }
}
