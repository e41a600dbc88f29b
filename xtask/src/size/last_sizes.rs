//! The sizes of the last release.
//!
//! In: what is weighed now. Out: a line that compares it with the last release, if there was one; or the record of this one.
//! Not its job: weighing.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::base::paths::Paths;
use crate::base::progress;

/// A name and its bytes after gzip -9.
type Figure<'a> = (&'a str, usize);

/// Keeps the figures of the release that is being made.
pub fn record(paths: &Paths, version: &str, figures: &[Figure<'_>]) -> Result<()> {
    let mut record = Map::new();
    record.insert("version".to_owned(), version.into());
    record.extend(figures.iter().map(|(name, bytes)| ((*name).to_owned(), Value::from(*bytes))));
    let file = file(paths);
    let text = serde_json::to_string_pretty(&Value::Object(record))? + "\n";
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// `since 0.1.0, after gzip -9: bundle +120, JavaScript -4, …`.
pub fn compared(paths: &Paths, figures: &[Figure<'_>]) -> Result<String> {
    let file = file(paths);
    if !file.exists() {
        return Ok("there is no release yet to compare with".to_owned());
    }
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let record: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))?;
    Ok(difference(&record, figures))
}

fn difference(record: &Value, figures: &[Figure<'_>]) -> String {
    let changes =
        figures.iter().map(|(name, now)| match record[name].as_u64().and_then(|was| usize::try_from(was).ok()) {
            Some(was) if *now < was => format!("{name} -{}", progress::thousands(was - now)),
            Some(was) => format!("{name} +{}", progress::thousands(now - was)),
            None => format!("{name} {}, new", progress::thousands(*now)),
        });
    let changes: Vec<_> = changes.collect();
    format!("since {}, after gzip -9: {}", record["version"].as_str().unwrap_or("?"), changes.join(", "))
}

fn file(paths: &Paths) -> PathBuf {
    paths.bench().join("sizes.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grew_and_what_shrank_is_told() {
        let record = serde_json::json!({ "version": "0.1.0", "bundle": 20_000, "JavaScript": 5_000 });
        let told = difference(&record, &[("bundle", 21_500), ("JavaScript", 4_990), ("glue", 900)]);
        assert_eq!(told, "since 0.1.0, after gzip -9: bundle +1,500, JavaScript -10, glue 900, new");
    }
}
