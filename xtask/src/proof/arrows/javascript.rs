//! What a JavaScript file imports.
//!
//! In: its text. Out: the files that its `import` and `export … from` name, as paths from the root of the tree.
//! Not its job: packages, and whether a file exists.

use std::collections::BTreeSet;

/// What stands before the name of a module.
const BEFORE: &[&str] = &["from", "import", "import("];

/// The files that a file imports, itself at `file`.
pub fn imports(text: &str, file: &str) -> BTreeSet<String> {
    let is_code = |line: &&str| !["//", "/*", "*"].iter().any(|mark| line.trim_start().starts_with(mark));
    let code = text.lines().filter(is_code).collect::<Vec<_>>().join("\n");
    ['"', '\''].iter().flat_map(|quote| named(&code, *quote)).filter_map(|name| resolved(name, file)).collect()
}

/// The modules that are named between these quotes.
fn named(code: &str, quote: char) -> Vec<&str> {
    let opens = code.match_indices(quote).filter(|(at, _)| code.get(..*at).is_some_and(is_import));
    opens.filter_map(|(at, _)| code.get(at + 1..)?.split(quote).next()).collect()
}

/// Whether a module's name follows: the last word is one of those that stand before it.
fn is_import(before: &str) -> bool {
    let is_word = |rest: &str| !rest.ends_with(|c: char| c.is_alphanumeric() || "_$.".contains(c));
    BEFORE.iter().any(|word| before.trim_end().strip_suffix(word).is_some_and(is_word))
}

/// `./b.js` in `room/a.js` is `room/b.js`; a package is none of our files.
fn resolved(name: &str, file: &str) -> Option<String> {
    let mut path: Vec<&str> = file.split('/').collect();
    path.pop();
    if !name.starts_with("./") && !name.starts_with("../") {
        return None;
    }
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()?),
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_file_is_read() {
        let text = "import { a } from \"./a.js\";\nimport {\n  b,\n} from './b.js';\nexport * from \"../c.js\";\n\
            import \"./d.js\";\nconst e = await import(\"./in/e.js\");\nexport { f } from\n  \"./f.js\";";
        let names: Vec<_> = imports(text, "room/x.js").into_iter().collect();
        assert_eq!(names, ["c.js", "room/a.js", "room/b.js", "room/d.js", "room/f.js", "room/in/e.js"]);
    }

    #[test]
    fn packages_comments_and_other_texts_are_no_imports() {
        let text = "import a from \"a\";\n// import b from \"./b.js\";\n/**\n * @type {import(\"./c.js\").C}\n */\n\
            const d = \"./d.js\";\nArray.from(\"./e.js\");\nlist.from\n\"./f.js\";";
        assert!(imports(text, "x.js").is_empty());
    }
}
