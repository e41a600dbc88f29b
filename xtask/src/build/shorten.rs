//! Short names for what only the module and its glue see.
//!
//! In: a module and its glue. Out: both, with the generated names (`__wbg_set_method_639e69af35614d36`) shortened alike.
//! A bundler cannot do this: the module looks the names up at run time. It is about a tenth of what is shipped.
//! Not its job: names the package itself uses (exported functions, `__wbg_set_wasm`, `__wbindgen_start`).

use std::collections::HashMap;

use walrus::Module;

/// Renames the module's imports and bindgen's internal exports, in the module and in the glue; what the package's start
/// file calls by name keeps it.
pub fn shorten(module: &mut Module, glue: &str, start: &str) -> String {
    let mut names = HashMap::new();
    for import in module.imports.iter_mut() {
        import.name = short_name(&mut names, &import.name);
    }
    for export in module.exports.iter_mut() {
        if is_internal(&export.name) && !mentions(start, &export.name) {
            export.name = short_name(&mut names, &export.name);
        }
    }
    rename(glue, &names)
}

/// Whether the identifier path (`wasm.track`) stands in the text, and not just as a part of a longer one.
pub fn mentions(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + path.len()..].chars().next();
        !before.is_some_and(is_identifier) && !after.is_some_and(is_identifier)
    })
}

/// Exports that bindgen makes for its own glue.
fn is_internal(name: &str) -> bool {
    name.starts_with("__wbindgen_") || name.starts_with("__externref_")
}

/// The one short name of a long one: `a` to `z`, `aa`, …
fn short_name(names: &mut HashMap<String, String>, long: &str) -> String {
    let next = letters(names.len());
    names.entry(long.to_owned()).or_insert(next).clone()
}

fn letters(number: usize) -> String {
    let (rest, last) = (number / LETTERS.len(), number % LETTERS.len());
    let before = if rest == 0 { String::new() } else { letters(rest - 1) };
    before + &LETTERS[last..=last]
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

/// Replaces whole identifiers.
fn rename(text: &str, names: &HashMap<String, String>) -> String {
    let mut renamed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_identifier) {
        let (before, tail) = rest.split_at(start);
        let end = tail.find(|c| !is_identifier(c)).unwrap_or(tail.len());
        let (identifier, after) = tail.split_at(end);
        renamed.push_str(before);
        renamed.push_str(names.get(identifier).map_or(identifier, String::as_str));
        rest = after;
    }
    renamed + rest
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use walrus::{ConstExpr, ValType, ir::Value};

    use super::*;

    #[test]
    fn module_and_glue_get_the_same_short_names_and_the_packages_own_stay() {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        module.add_import_func("./glue.js", "__wbg_new_cd43", ty);
        let global = module.globals.add_local(ValType::I32, false, false, ConstExpr::Value(Value::I32(0)));
        for name in ["__wbindgen_malloc", "__wbindgen_start", "track"] {
            module.exports.add(name, global);
        }
        let glue =
            "export function __wbg_new_cd43() {} track(wasm.__wbindgen_malloc, __wbg_new_cd43x, wasm.__wbindgen_start)";
        let glue = shorten(&mut module, glue, "exports.__wbindgen_start()");
        assert_eq!(glue, "export function a() {} track(wasm.b, __wbg_new_cd43x, wasm.__wbindgen_start)");
        assert_eq!(module.imports.iter().next().unwrap().name, "a");
        let exports: Vec<_> = module.exports.iter().map(|export| export.name.as_str()).collect();
        assert_eq!(exports, ["b", "__wbindgen_start", "track"]);
    }

    #[test]
    fn there_are_as_many_short_names_as_it_takes() {
        assert_eq!([0, 25, 26, 51, 52, 702].map(letters), ["a", "z", "aa", "az", "ba", "aaa"]);
    }

    #[test]
    fn a_part_of_a_longer_name_is_not_a_mention() {
        assert!(mentions("wasm.track(1)", "wasm.track"));
        assert!(!mentions("wasm.track_all(1)", "wasm.track"));
        assert!(!mentions("mywasm.track(1)", "wasm.track"));
    }
}
