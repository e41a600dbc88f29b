//! From bindgen's glue to the glue that ships, a fifth as long.
//!
//! In: a module and the glue that bindgen wrote for it. Out: what the module imports, in one object, and `memory.js`, which
//! takes the place of bindgen's own functions for texts. The functions that bindgen makes for the exports are
//! dropped: the package calls the exports themselves, and it is made sure here that this comes to the same.
//! Not its job: names; `shorten` does them.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};
use walrus::Module;

use crate::build::shorten;

/// Texts out of the module's memory.
const MEMORY: &str = include_str!("memory.js");

/// One function of bindgen's.
struct Function<'a> {
    name: &'a str,
    /// Its parameters, in brackets.
    parameters: &'a str,
    /// What stands between its braces.
    body: &'a str,
}

/// The glue that ships. Of imports that do the same, the module uses the first from now on.
pub fn rewrite(module: &mut Module, glue: &str) -> Result<String> {
    let functions: Vec<_> = glue.split("\n}\n").filter_map(Function::in_text).collect();
    for export in module.exports.iter().filter(|export| !export.name.starts_with("__")) {
        let call = format!("wasm.{}(", export.name);
        let converts =
            functions.iter().any(|function| function.body.contains(&call) && !function.only_calls(&export.name));
        ensure!(
            !converts,
            "`{}` takes or answers what a wasm function cannot: make it a word or a part of the message",
            export.name
        );
    }
    let mut members = String::new();
    let mut firsts = HashMap::new();
    for import in module.imports.iter_mut() {
        let function = functions.iter().find(|function| function.name == import.name);
        let Function { name, parameters, body } =
            function.with_context(|| format!("no `{}` in the glue", import.name))?;
        let first = *firsts.entry((parameters, body)).or_insert(*name);
        if first == *name {
            members += &format!("{name}{parameters} {{{body}\n}},\n");
        }
        import.name = first.to_owned();
    }
    let constants: Vec<_> = glue.lines().filter(|line| line.starts_with("const __wbindgen_enum_")).collect();
    let constants = constants.join("\n");
    let glue = format!("{constants}\nexport const imports = {{\n{members}}};\n\n{MEMORY}");
    let is_export = |name| module.exports.iter().any(|export| export.name == name);
    let helpers = functions.iter().map(|function| function.name).filter(|name| !is_export(*name));
    for helper in helpers.filter(|helper| !firsts.values().any(|first| first == helper)) {
        if shorten::mentions(&glue, helper) && !glue.contains(&format!("function {helper}(")) {
            bail!("the glue needs `{helper}`, which xtask/src/build/memory.js does not have");
        }
    }
    Ok(glue)
}

impl<'a> Function<'a> {
    /// The function that begins at the beginning of a line of the text and goes on to its end, but for the last brace.
    fn in_text(text: &'a str) -> Option<Self> {
        let is_first = |line: &&str| line.starts_with("function ") || line.starts_with("export function ");
        let line = text.lines().find(is_first)?;
        let (_, body) = text.split_once(line)?;
        let (_, signature) = line.strip_suffix(" {")?.split_once("function ")?;
        let (name, parameters) = signature.split_at(signature.find('(')?);
        Some(Self { name, parameters, body: body.trim_end() })
    }

    /// Whether it hands what it is given to an export, and answers what that answers.
    fn only_calls(&self, export: &str) -> bool {
        let call = format!("wasm.{export}{};", self.parameters);
        self.body.trim() == call || self.body.trim() == format!("const ret = {call}\n    return ret;")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "/**
 * A step.
 */
export function step(state, how) {
    const ret = wasm.step(state, how);
    return ret;
}
export function __wbg_text_1(arg0, arg1, arg2) {
    const ret = getStringFromWasm0(arg0, arg1);
    return ret;
}
export function __wbg_new_2() {
    const ret = new Object();
    return ret;
}
export function __wbg_new_3() {
    const ret = new Object();
    return ret;
}
const __wbindgen_enum_Mode = [\"one\"];

function passStringToWasm0(arg, malloc, realloc) {
    return 0;
}
";

    fn module(imports: &[&str]) -> Module {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        for name in imports {
            module.add_import_func("./glue.js", name, ty);
        }
        let step = module.add_import_func("./glue.js", "__wbg_new_3", ty).0;
        module.exports.add("step", step);
        module
    }

    #[test]
    fn imports_are_kept_once_and_steps_and_helpers_are_dropped() {
        let mut module = module(&["__wbg_text_1", "__wbg_new_2"]);
        let glue = rewrite(&mut module, GLUE).unwrap();
        let ours = "const __wbindgen_enum_Mode = [\"one\"];
export const imports = {
__wbg_text_1(arg0, arg1, arg2) {
    const ret = getStringFromWasm0(arg0, arg1);
    return ret;
},
__wbg_new_2() {
    const ret = new Object();
    return ret;
},
};

";
        assert_eq!(glue, [ours, MEMORY].concat());
        let imports: Vec<_> = module.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(imports, ["__wbg_text_1", "__wbg_new_2", "__wbg_new_2"]);
    }

    #[test]
    fn a_step_that_converts_is_refused() {
        let glue = GLUE.replace("wasm.step(state, how)", "wasm.step(state, +how)");
        let error = rewrite(&mut module(&[]), &glue).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`step` takes or answers what a wasm function cannot: make it a word or a part of the message"
        );
    }

    #[test]
    fn a_helper_of_bindgens_that_is_needed_after_all_is_noticed() {
        let glue = GLUE.replace("getStringFromWasm0(arg0", "passStringToWasm0(arg0");
        let error = rewrite(&mut module(&["__wbg_text_1"]), &glue).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the glue needs `passStringToWasm0`, which xtask/src/build/memory.js does not have"
        );
    }

    #[test]
    fn an_import_without_a_function_is_refused() {
        let error = rewrite(&mut module(&["__wbg_gone_4"]), GLUE).unwrap_err();
        assert_eq!(error.to_string(), "no `__wbg_gone_4` in the glue");
    }
}
