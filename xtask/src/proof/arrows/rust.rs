//! What a Rust file imports of its own crate.
//!
//! In: its text. Out: the files that its paths lead to: in `use`, and within code (`crate::a::b()`).
//! Not its job: other crates, and what stands under `#[cfg(test)]`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The files that a file imports, itself at `file`.
pub fn imports(text: &str, file: &str, files: &BTreeSet<String>) -> Result<BTreeSet<String>> {
    let tokens: TokenStream = text.parse().map_err(|error| anyhow!("{error}"))?;
    let modules = files.iter().map(|file| (module_of(file), file.as_str())).collect();
    let mut reader = Reader { modules, home: module_of(file), found: BTreeSet::new() };
    reader.read(&list(tokens), &module_of(file));
    Ok(reader.found)
}

/// The names that lead to a module from the root of its crate.
type Module = Vec<String>;

/// `a/b.rs` and `a/b/mod.rs` are `a::b`; `lib.rs` and `main.rs` are the root.
fn module_of(file: &str) -> Module {
    let mut names: Module = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|name| ["mod", "lib", "main"].contains(&name.as_str())) {
        names.pop();
    }
    names
}

struct Reader<'a> {
    modules: BTreeMap<Module, &'a str>,
    /// The module of the file itself, around those that are written out in it.
    home: Module,
    found: BTreeSet<String>,
}

impl Reader<'_> {
    /// Reads code that stands in this module.
    fn read(&mut self, tokens: &[TokenTree], module: &Module) {
        let mut rest = tokens;
        while let Some((first, after)) = rest.split_first() {
            rest = match first {
                TokenTree::Punct(mark) if mark.as_char() == '#' && is_for_tests(after) => behind_item(after),
                TokenTree::Ident(word) if word == "use" => self.read_use(after, &[], module),
                TokenTree::Ident(word) if word == "pub" => behind_visibility(after),
                TokenTree::Ident(word) if word == "mod" => self.read_module(after, module),
                TokenTree::Ident(_) => {
                    let (path, behind) = path(rest);
                    self.follow(&path, module);
                    behind
                }
                TokenTree::Group(group) => {
                    self.read(&list(group.stream()), module);
                    after
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => after,
            };
        }
    }

    /// Reads `name { … }`. `name;` imports nothing: that module is read in its own file.
    fn read_module<'t>(&mut self, tokens: &'t [TokenTree], module: &Module) -> &'t [TokenTree] {
        let [TokenTree::Ident(name), body, rest @ ..] = tokens else { return tokens };
        if let TokenTree::Group(body) = body {
            let inner = [module.as_slice(), &[name.to_string()]].concat();
            self.read(&list(body.stream()), &inner);
        }
        rest
    }

    /// Reads `a::{b, c::*, d as e};` and answers what stands behind it.
    fn read_use<'t>(&mut self, tokens: &'t [TokenTree], before: &[String], module: &Module) -> &'t [TokenTree] {
        let is_end = |token: &TokenTree| is_mark(token, ';') || is_mark(token, ',');
        let mut rest = tokens;
        loop {
            let (names, behind) = path(rest);
            let whole = [before, names.as_slice()].concat();
            match behind.first() {
                Some(TokenTree::Group(group)) => {
                    self.read_use(&list(group.stream()), &whole, module);
                }
                _ => self.follow(&whole, module),
            }
            let Some(end) = behind.iter().position(is_end) else { return &[] };
            let is_last = behind.get(end).is_some_and(|token| is_mark(token, ';'));
            rest = behind.get(end + 1..).unwrap_or_default();
            if is_last || rest.is_empty() {
                return rest;
            }
        }
    }

    /// Notes the file that a path leads to, if it is one of this crate.
    fn follow(&mut self, path: &[String], module: &Module) {
        let Some(mut absolute) = self.absolute(path, module) else { return };
        while !self.modules.contains_key(&absolute) {
            if absolute.pop().is_none() {
                return;
            }
        }
        self.found.extend(self.modules.get(&absolute).map(|file| (*file).to_owned()));
    }

    fn absolute(&self, path: &[String], module: &Module) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" if !rest.is_empty() => Some([module, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                let above = module.get(..module.len().checked_sub(ups)?)?;
                Some([above, path.get(ups..)?].concat())
            }
            // A module that this file has below it needs no `self`.
            first => {
                let below = [module.as_slice(), &[first.to_owned()]].concat();
                let is_below = *module == self.home && self.modules.contains_key(&below);
                is_below.then(|| [module.as_slice(), path].concat())
            }
        }
    }
}

/// The names of `a::b::c`, which may end in `::`, and what stands behind them.
fn path(tokens: &[TokenTree]) -> (Vec<String>, &[TokenTree]) {
    let (mut names, mut rest) = (Vec::new(), tokens);
    while let [TokenTree::Ident(name), behind @ ..] = rest {
        names.push(name.to_string());
        rest = behind;
        match behind {
            [first, second, behind @ ..] if is_mark(first, ':') && is_mark(second, ':') => rest = behind,
            _ => break,
        }
    }
    (names, rest)
}

/// What stands behind `(crate)` and the like.
fn behind_visibility(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => rest,
        _ => tokens,
    }
}

/// Whether an attribute says `#[cfg(test)]`.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    tokens.first().is_some_and(|token| token.to_string().replace(' ', "") == "[cfg(test)]")
}

/// What stands behind the next item: it ends with a block or a semicolon.
fn behind_item(tokens: &[TokenTree]) -> &[TokenTree] {
    let is_block =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let end = tokens.iter().position(|token| is_block(token) || is_mark(token, ';'));
    end.and_then(|end| tokens.get(end + 1..)).unwrap_or_default()
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == mark)
}

fn list(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `room/a.rs` imports, where its crate has these files.
    fn imports_of(text: &str) -> Vec<String> {
        let files = ["lib.rs", "leaf.rs", "room/mod.rs", "room/a.rs", "room/a/part.rs", "room/b.rs"];
        let files = files.map(str::to_owned).into();
        let mut found = imports(text, "room/a.rs", &files).unwrap();
        found.remove("room/a.rs");
        found.into_iter().collect()
    }

    #[test]
    fn every_form_of_use_is_read() {
        assert_eq!(imports_of("use crate::leaf::Leaf;"), ["leaf.rs"]);
        assert_eq!(
            imports_of("pub(crate) use crate::{leaf as other, room::{b::{self, C}}};"),
            ["leaf.rs", "room/b.rs"]
        );
        assert_eq!(imports_of("use super::b; use super::super::leaf::*;"), ["leaf.rs", "room/b.rs"]);
        assert_eq!(imports_of("use super::*;"), ["room/mod.rs"]);
        assert_eq!(imports_of("use super::Name;"), ["room/mod.rs"]);
        assert_eq!(imports_of("use crate::Name;"), ["lib.rs"]);
        assert_eq!(imports_of("mod part; pub use part::Part;"), ["room/a/part.rs"]);
        assert_eq!(imports_of("mod part;"), [""; 0]);
        assert_eq!(imports_of("use std::leaf; use leaf::b; use room::b;"), [""; 0]);
    }

    #[test]
    fn paths_within_code_are_read() {
        assert_eq!(imports_of("fn f() -> crate::leaf::A { g(&[super::b::c::<u8>()]) }"), ["leaf.rs", "room/b.rs"]);
        assert_eq!(imports_of("fn f() { println!(\"{}\", crate::leaf::a()) }"), ["leaf.rs"]);
        assert_eq!(imports_of("macro_rules! m { () => { $crate::leaf::A }; }"), ["leaf.rs"]);
        assert_eq!(imports_of("pub(super) fn f(self) { self.b(); part::g() }"), ["room/a/part.rs"]);
    }

    #[test]
    fn super_within_a_module_that_is_written_out_is_the_file_itself() {
        assert_eq!(imports_of("mod inner { use super::A; use super::super::b::B; }"), ["room/b.rs"]);
    }

    #[test]
    fn tests_comments_and_texts_import_nothing() {
        assert_eq!(imports_of("#[cfg(test)]\nmod tests { use crate::leaf; }\nuse super::b;"), ["room/b.rs"]);
        assert_eq!(imports_of("#[cfg(test)]\nuse crate::leaf;"), [""; 0]);
        assert_eq!(
            imports_of("/// crate::leaf::a\n// use crate::leaf;\nconst A: &str = \"use crate::leaf;\";"),
            [""; 0]
        );
    }
}
