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

/// The name of the core with all that `refport-edge` itself exports, which `refport-edge/slim` is given.
pub const WHOLE: &str = "core";

/// The cores whose exports `refport-edge` itself has. The other services have an entry of their own, and nowhere else a byte.
const OF_ROOT: &[&str] = &[LOOKUP, "refport", "refcampaign"];

/// The entries that are given the one core with all of the root's: its own, and those that look up its visitors.
const OF_WHOLE: &[&str] = &["index", "capture", "checkout"];

/// The core of what needs no service.
const LOOKUP: &str = "lookup";

/// Those that ship in every way of loading: one for lookups, and one a service.
pub fn single() -> Vec<Core> {
    let services = SERVICES.iter().map(|service| service.constant.to_ascii_lowercase());
    let names = std::iter::once(LOOKUP.to_owned()).chain(services);
    names.map(|name| Core { features: vec!["package".to_owned(), name.clone()], name }).collect()
}

/// The one with all that `refport-edge` itself exports.
pub fn whole() -> Core {
    Core {
        name: WHOLE.to_owned(),
        features: ["package"].iter().chain(OF_ROOT).map(|name| (*name).to_owned()).collect(),
    }
}

/// Every feature of the crate in the npm package.
pub fn features() -> String {
    let names = single().into_iter().map(|core| core.name);
    std::iter::once("package".to_owned()).chain(names).collect::<Vec<_>>().join(",")
}

/// How a runtime is given a module. Each has a directory of its own in `dist`, in which the files of `pkg/entries` stand beside
/// its cores.
pub struct Way {
    /// The directory.
    pub name: &'static str,
    /// The text of the file of a core.
    text: fn(&str) -> String,
    /// It has the one core alone.
    is_whole: bool,
}

/// The ways there are.
pub const WAYS: &[Way] = &[
    Way { name: "inline", text: inline, is_whole: false },
    Way { name: "workerd", text: |core| imported(core, ""), is_whole: false },
    Way { name: "edge-light", text: |core| imported(core, "?module"), is_whole: false },
    Way { name: "slim", text: given, is_whole: true },
];

impl Way {
    /// Whether it has an entry, or a core.
    pub fn has(&self, name: &str) -> bool {
        !self.is_whole || OF_WHOLE.contains(&name) || OF_ROOT.contains(&name)
    }

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
