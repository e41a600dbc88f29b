//! Imports point down, and in no circle.
//!
//! In: the hand-written files of `src`, `pkg` and `xtask/src`. Out: a line of figures for each tree, and a verdict on each of
//! three properties.
//! Not its job: what stands above what; `order` says it. What tests import does not count.

mod javascript;
mod order;
mod rust;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::base::paths::Paths;
use crate::base::{progress, stamp};
use crate::proof::arrows::order::{Language, TREES, Tree};
use crate::proof::check::Check;

/// Each file, and the files of the same tree that it imports.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// What contradicts the order of a tree.
#[derive(Debug, Default, PartialEq)]
struct Findings {
    up: Vec<String>,
    circles: Vec<String>,
    order: Vec<String>,
}

/// The three properties, of all trees together.
pub fn checks(paths: &Paths) -> Result<Vec<Check>> {
    let mut all = Findings::default();
    for tree in TREES {
        let graph = read(&paths.root.join(tree.root), tree.language)?;
        let found = Findings::of(tree, &graph);
        progress::say("arrows", &found.figures(tree, &graph));
        let named = |finding| format!("{}: {finding}", tree.root);
        all.up.extend(found.up.into_iter().map(named));
        all.circles.extend(found.circles.into_iter().map(named));
        all.order.extend(found.order.into_iter().map(named));
    }
    Ok(vec![
        Check { name: "every import points down", offenders: all.up },
        Check { name: "no files import each other in a circle, but the known ones", offenders: all.circles },
        Check { name: "the order names every file once, and each room in one piece", offenders: all.order },
    ])
}

/// Reads what the files of a tree import of one another.
fn read(root: &Path, language: Language) -> Result<Graph> {
    let ending = match language {
        Language::Rust => "rs",
        Language::JavaScript => "js",
    };
    let mut texts = BTreeMap::new();
    for path in stamp::files_below(root)? {
        let file = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let is_written_by_hand = !file.starts_with("dist/") && path.extension().is_some_and(|found| found == ending);
        if is_written_by_hand {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            texts.insert(file, text);
        }
    }
    graph(&texts, language)
}

fn graph(texts: &BTreeMap<String, String>, language: Language) -> Result<Graph> {
    let files: BTreeSet<_> = texts.keys().cloned().collect();
    let imports = |(file, text): (&String, &String)| {
        let mut imports = match language {
            Language::Rust => rust::imports(text, file, &files).with_context(|| format!("cannot parse {file}"))?,
            Language::JavaScript => javascript::imports(text, file),
        };
        imports.retain(|import| import != file && files.contains(import));
        Ok((file.clone(), imports))
    };
    texts.iter().map(imports).collect()
}

impl Findings {
    fn of(tree: &Tree, graph: &Graph) -> Self {
        Self { up: up(tree, graph), circles: unknown_circles(tree, graph), order: disorder(tree, graph) }
    }

    /// `src: arrows up 0, circles 0, known circles 1 (29 files, 102 arrows)`.
    fn figures(&self, tree: &Tree, graph: &Graph) -> String {
        let known = tree.known_circles.len();
        let known = if known > 0 { format!(", known circles {known}") } else { String::new() };
        let files = progress::count(graph.len(), "file");
        let arrows = progress::count(graph.values().map(BTreeSet::len).sum(), "arrow");
        let (up, circles) = (self.up.len(), self.circles.len());
        format!("{}: arrows up {up}, circles {circles}{known} ({files}, {arrows})", tree.root)
    }
}

/// The arrows that point up or to a file of the same floor. Within a known circle some must.
fn up(tree: &Tree, graph: &Graph) -> Vec<String> {
    let floors = tree.floors();
    let floor = |file: &str| floors.iter().position(|floor| floor.contains(&file));
    let is_known =
        |from: &str, to: &str| tree.known_circles.iter().any(|circle| circle.contains(&from) && circle.contains(&to));
    let arrows = graph.iter().flat_map(|(from, imports)| imports.iter().map(move |to| (from, to)));
    let points_up = |(from, to): &(&String, &String)| match (floor(from), floor(to)) {
        (Some(upper), Some(lower)) => lower <= upper && !is_known(from, to),
        // `disorder` names a file that has no floor.
        _ => false,
    };
    arrows.filter(points_up).map(|(from, to)| format!("{from} -> {to}")).collect()
}

/// The circles that are not written down, and what is written down of a circle that has become smaller.
fn unknown_circles(tree: &Tree, graph: &Graph) -> Vec<String> {
    let known: Vec<BTreeSet<&str>> = tree.known_circles.iter().map(|circle| circle.iter().copied().collect()).collect();
    let found = circles(graph);
    let shown = |circle: &BTreeSet<&str>| circle.iter().copied().collect::<Vec<_>>().join(", ");
    let unknown = found.iter().filter(|circle| !known.contains(circle)).map(|circle| {
        let shrunk = known.iter().any(|known| circle.is_subset(known));
        let remedy = if shrunk { " (part of a known circle: write down what is left of it)" } else { "" };
        shown(circle) + remedy
    });
    let is_left =
        |known: &BTreeSet<&str>| found.iter().any(|circle| circle.is_subset(known) || known.is_subset(circle));
    let gone = known.iter().filter(|known| !is_left(known));
    let gone = gone.map(|known| format!("{} (a known circle that is gone: delete its entry)", shown(known)));
    unknown.chain(gone).collect()
}

/// The largest sets of files in which each one imports each other one, directly or through others.
fn circles(graph: &Graph) -> BTreeSet<BTreeSet<&str>> {
    let below: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|file| (file.as_str(), reached(graph, file))).collect();
    let reaches = |from: &str, to: &str| below.get(from).is_some_and(|files| files.contains(to));
    let circle =
        |file: &&str| below.keys().copied().filter(|other| reaches(file, other) && reaches(other, file)).collect();
    below.keys().map(circle).filter(|circle: &BTreeSet<_>| !circle.is_empty()).collect()
}

/// What a file imports, directly or through others.
fn reached<'a>(graph: &'a Graph, file: &'a str) -> BTreeSet<&'a str> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![file]);
    while let Some(file) = next.pop() {
        let imports = graph.get(file).into_iter().flatten();
        next.extend(imports.map(String::as_str).filter(|import| reached.insert(*import)));
    }
    reached
}

/// What is wrong with the order itself.
fn disorder(tree: &Tree, graph: &Graph) -> Vec<String> {
    let listed: Vec<&str> = tree.floors().concat();
    let is_twice = |file: &&str| listed.iter().filter(|other| *other == file).count() > 1;
    let twice: BTreeSet<&str> = listed.iter().copied().filter(is_twice).collect();
    let missing = graph.keys().filter(|file| !listed.contains(&file.as_str()));
    let missing = missing.map(|file| format!("{file} has no floor: xtask/src/proof/arrows/order.rs"));
    let gone = listed.iter().filter(|file| !graph.contains_key(**file)).map(|file| format!("{file} does not exist"));
    let twice = twice.into_iter().map(|file| format!("{file} is listed twice"));
    missing.chain(gone).chain(twice).chain(scattered(&listed)).collect()
}

/// The rooms between whose files stand files of other rooms: such rooms can import each other with no arrow up.
fn scattered(listed: &[&str]) -> Vec<String> {
    let rooms: BTreeSet<&str> =
        listed.iter().flat_map(|file| file.match_indices('/').filter_map(|(end, _)| file.get(..=end))).collect();
    let is_scattered = |room: &&str| {
        let is_outside = |file: &&&str| !file.starts_with(*room);
        let from_first = listed.iter().skip_while(is_outside);
        from_first.skip_while(|file| file.starts_with(*room)).any(|file| file.starts_with(*room))
    };
    rooms.into_iter().filter(is_scattered).map(|room| format!("{room} does not stand in one piece")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree of JavaScript with this order, in which nothing is known.
    const fn tree(order: &'static str) -> Tree {
        Tree { root: "tree", language: Language::JavaScript, order, known_circles: &[] }
    }

    /// What is found in a tree where each of these files imports each of these others.
    fn found(tree: &Tree, files: &[(&str, &[&str])]) -> Findings {
        let text = |imports: &[&str]| imports.iter().map(|import| format!("import \"./{import}\";\n")).collect();
        let texts = files.iter().map(|(file, imports)| ((*file).to_owned(), text(imports))).collect();
        Findings::of(tree, &graph(&texts, tree.language).unwrap())
    }

    const CHAIN: &[(&str, &[&str])] = &[("a.js", &["b.js", "c.js"]), ("b.js", &["c.js"]), ("c.js", &[])];
    const CIRCLE: &[(&str, &[&str])] = &[("a.js", &["b.js"]), ("b.js", &["c.js"]), ("c.js", &["b.js"])];

    #[test]
    fn a_tree_in_order_passes() {
        assert_eq!(found(&tree("a.js\nb.js\nc.js"), CHAIN), Findings::default());
    }

    #[test]
    fn an_arrow_up_or_along_a_floor_is_named() {
        assert_eq!(found(&tree("a.js\nc.js\nb.js"), CHAIN).up, ["b.js -> c.js"]);
        assert_eq!(found(&tree("a.js b.js\nc.js"), CHAIN).up, ["a.js -> b.js"]);
        assert!(found(&tree("a.js\nc.js\nb.js"), CHAIN).circles.is_empty());
    }

    #[test]
    fn a_circle_is_named_with_the_arrow_that_closes_it() {
        let found = found(&tree("a.js\nb.js\nc.js"), CIRCLE);
        assert_eq!(found.circles, ["b.js, c.js"]);
        assert_eq!(found.up, ["c.js -> b.js"]);
    }

    #[test]
    fn a_known_circle_passes_and_nothing_beside_it() {
        let known = Tree { known_circles: &[&["b.js", "c.js"]], ..tree("a.js\nb.js\nc.js") };
        assert_eq!(found(&known, CIRCLE), Findings::default());
        let grown = [("a.js", &["b.js"][..]), ("b.js", &["c.js"]), ("c.js", &["a.js"])];
        let found = found(&known, &grown);
        assert_eq!(found.up, ["c.js -> a.js"]);
        assert_eq!(found.circles, ["a.js, b.js, c.js"]);
    }

    #[test]
    fn a_known_circle_can_only_shrink() {
        let order = "a.js\nb.js\nc.js";
        let gone = Tree { known_circles: &[&["a.js", "b.js"], &["b.js", "c.js"]], ..tree(order) };
        assert_eq!(found(&gone, CIRCLE).circles, ["a.js, b.js (a known circle that is gone: delete its entry)"]);
        let shrunk = Tree { known_circles: &[&["a.js", "b.js", "c.js"]], ..tree(order) };
        let remedy = "b.js, c.js (part of a known circle: write down what is left of it)";
        assert_eq!(found(&shrunk, CIRCLE).circles, [remedy]);
    }

    #[test]
    fn a_file_without_a_floor_and_a_floor_without_its_file_are_named() {
        let order = found(&tree("a.js\nb.js b.js\nd.js"), CHAIN).order;
        assert_eq!(
            order,
            ["c.js has no floor: xtask/src/proof/arrows/order.rs", "d.js does not exist", "b.js is listed twice"]
        );
    }

    /// Two rooms that lean on each other, though no file is in a circle and no arrow points up.
    #[test]
    fn a_room_that_does_not_stand_in_one_piece_is_named() {
        let files = [("x/a.js", &[][..]), ("y/b.js", &[]), ("x/c.js", &[])];
        assert_eq!(found(&tree("x/a.js\ny/b.js\nx/c.js"), &files).order, ["x/ does not stand in one piece"]);
        assert!(found(&tree("x/a.js\nx/c.js\ny/b.js"), &files).order.is_empty());
    }

    #[test]
    fn the_figures_are_those_of_the_tree() {
        let tree = tree("a.js\nc.js\nb.js");
        let files: BTreeMap<_, _> =
            CIRCLE.iter().map(|(file, imports)| ((*file).to_owned(), format!("{imports:?}"))).collect();
        let graph = graph(&files, Language::JavaScript).unwrap();
        let figures = Findings::of(&tree, &graph).figures(&tree, &graph);
        assert_eq!(figures, "tree: arrows up 0, circles 0 (3 files, 0 arrows)");
    }
}
