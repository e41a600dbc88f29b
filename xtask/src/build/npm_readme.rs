//! The README as npm shows it: its links work there.
//!
//! In: the repository's README, and the addresses that `pkg/package.json` names. Out: the same text with absolute links.
//! Not its job: whether the addresses are real; `cargo xtask release --check` asks that.

use serde_json::Value;

/// Where the repository's pages are found by who has no checkout.
pub struct Addresses {
    /// The documentation's site.
    homepage: String,
    /// The repository's files.
    files: String,
}

impl Addresses {
    /// From `homepage` and `repository.url` of a package.json.
    pub fn of(manifest: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().trim_end_matches('/').to_owned();
        let repository = text(&manifest["repository"]["url"]);
        let repository = repository.trim_start_matches("git+").trim_end_matches(".git");
        Self { homepage: text(&manifest["homepage"]), files: format!("{repository}/blob/HEAD") }
    }

    /// A page of `docs/` is a page of the site; anything else is a file of the repository.
    fn absolute(&self, link: &str) -> String {
        if link.contains(':') || link.starts_with('#') {
            return link.to_owned();
        }
        let (path, anchor) =
            link.split_once('#').map_or((link, String::new()), |(path, name)| (path, format!("#{name}")));
        match path.strip_prefix("docs/").and_then(|page| page.strip_suffix(".md")) {
            Some(page) => format!("{}/{}{anchor}", self.homepage, page.strip_suffix("index").unwrap_or(page)),
            None => format!("{}/{path}{anchor}", self.files),
        }
    }
}

/// The text with absolute links, and without the marks of where its code comes from.
pub fn for_npm(readme: &str, addresses: &Addresses) -> String {
    let lines = readme.split('\n').filter(|line| !line.starts_with("<!-- code: "));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut parts = text.split("](");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result += "](";
        result += &match part.split_once(')') {
            Some((link, rest)) => format!("{}){rest}", addresses.absolute(link)),
            None => part.to_owned(),
        };
    }
    result
}

/// The links of a Markdown text that work only beside the repository's files.
pub fn relative_links(text: &str) -> Vec<String> {
    let links = text.split("](").skip(1).filter_map(|part| part.split_once(')')).map(|(link, _)| link);
    links.filter(|link| !link.contains(':') && !link.starts_with('#')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn addresses() -> Addresses {
        Addresses::of(&json!({
            "homepage": "https://site.example/",
            "repository": { "url": "git+https://host.example/one/two.git" }
        }))
    }

    #[test]
    fn a_page_leads_to_the_site_and_a_file_to_the_repository() {
        let readme = "[a](docs/errors.md#timeout) [b](docs/start/index.md) [`c`](CONTRIBUTING.md) [d](worker-example)";
        let expected = "[a](https://site.example/errors#timeout) [b](https://site.example/start/) \
                        [`c`](https://host.example/one/two/blob/HEAD/CONTRIBUTING.md) \
                        [d](https://host.example/one/two/blob/HEAD/worker-example)";
        assert_eq!(for_npm(readme, &addresses()), expected);
        assert!(relative_links(expected).is_empty());
        assert_eq!(relative_links(readme).len(), 4);
    }

    #[test]
    fn absolute_links_and_all_else_stay() {
        let readme = "[a](https://x.test/b) [c](#d)\n![e](mailto:f@g.test)\nno link](";
        assert_eq!(for_npm(readme, &addresses()), "[a](https://x.test/b) [c](#d)\n![e](mailto:f@g.test)\nno link](");
    }

    #[test]
    fn the_marks_of_code_are_left_out() {
        assert_eq!(for_npm("a\n<!-- code: x.ts -->\n```ts", &addresses()), "a\n```ts");
    }
}
