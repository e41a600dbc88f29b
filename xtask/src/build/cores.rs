//! The cores of the package, and the ways in which a runtime is given one.
//!
//! In: the services of the crate. Out: the list of cores, and for each way of loading the text of a file
//! `dist/<way>/cores/<core>.js`. Not its job: building a core.

use refport_edge::proto::provider::SERVICES;

/// One WebAssembly module.
pub struct Core {
    /// Its name, and that of its files.
    pub name: String,
    /// The features of the crate that it is built with.
    pub features: Vec<String>,
}

/// The name of the core with everything, which `refport-edge/slim` is given.
pub const WHOLE: &str = "core";

/// The core of what needs no service.
const LOOKUP: &str = "lookup";

/// Those that ship in every way of loading: one for lookups, and one a service.
pub fn single() -> Vec<Core> {
    let services = SERVICES.iter().map(|service| service.constant.to_ascii_lowercase());
    let names = std::iter::once(LOOKUP.to_owned()).chain(services);
    names.map(|name| Core { features: vec![name.clone()], name }).collect()
}

/// The one with everything.
pub fn whole() -> Core {
    Core { name: WHOLE.to_owned(), features: single().into_iter().map(|core| core.name).collect() }
}

/// How a runtime is given a module. Each has a directory of its own in `dist`, in which the files of `pkg/entries` stand beside
/// its cores.
pub struct Way {
    /// The directory.
    pub name: &'static str,
    /// The text of the file of a core.
    text: fn(&str) -> String,
}

/// The ways there are.
pub const WAYS: &[Way] = &[
    Way { name: "inline", text: inline },
    Way { name: "workerd", text: |core| imported(core, "") },
    Way { name: "edge-light", text: |core| imported(core, "?module") },
    Way { name: "slim", text: given },
];

impl Way {
    /// The file of a core.
    pub fn file(&self, core: &str) -> String {
        (self.text)(core)
    }
}

/// The bytes travel inside a JavaScript file, so that no bundler, file system or permission is in the way.
fn inline(core: &str) -> String {
    format!(
        r#"import {{ Core }} from "../../../core.js";
import {{ fromBase64 }} from "../../../base64.js";
import {{ base64 }} from "../../base64/{core}.js";
import * as glue from "../../glue/{core}.js";

export const {core} = /* @__PURE__ */ new Core(glue, () => fromBase64(base64));
"#
    )
}

/// The module is compiled by whoever bundles or deploys: workerd compiles none at run time, and Vercel's edge runtime and Nitro
/// know it by `?module`.
fn imported(core: &str, query: &str) -> String {
    format!(
        r#"import {{ Core }} from "../../../core.js";
import * as glue from "../../glue/{core}.js";
import module from "../../{core}.wasm{query}";

export const {core} = /* @__PURE__ */ new Core(glue, () => module);
"#
    )
}

/// One core for all, of a module that the caller brings.
fn given(core: &str) -> String {
    format!("export {{ given as {core} }} from \"../../../given.js\";\n")
}
