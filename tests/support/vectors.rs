//! Reads the golden vectors.
//!
//! In: the name of a file in `tests/golden`, and what to make of one vector. Out: a failed test that names every vector
//! whose expected value was not met. The few values that JSON cannot hold are written as objects with one member:
//!
//! - `{"$undefined": true}`, `{"$number": "NaN"}` and the like
//! - `{"$loneSurrogate": "ab\ufffd"}`: a text in which each U+FFFD stands for half of a surrogate pair
//! - `$bigint`, `$symbol`, `$function`, `$date`, `$throws`, `$cyclic`, `$nested` (so many lists), `$hostile`, `$revoked`:
//!   values that only JavaScript has, or that Rust's JSON parser refuses. Vectors with one of these are marked
//!   `"javascript": true`, and skipped here.
//!
//! A long text is a list of texts and of `[text, times]`.

use std::{fs, path::Path};

use refport_edge::proto::{
    click_id::Sources,
    fields::{Fields, Value},
};
use serde_json::Value as Json;

/// The files of a service's own vectors of every suite; `suite` names a vector's.
const SERVICES: &[&str] = &["tolt.json", "dub.json"];

/// Compares what `play` makes of each vector of a file, and of those of its suite in the services' files: `(actual, expected)`.
pub fn check(file: &str, play: impl Fn(&Json) -> (Json, Json)) {
    let mut vectors = read(file);
    let suite = file.trim_end_matches(".json");
    vectors.extend(SERVICES.iter().flat_map(|file| read(file)).filter(|vector| vector["suite"] == suite));
    let mut played = 0;
    let mut wrong = String::new();
    for vector in vectors.iter().filter(|vector| vector["javascript"] != true) {
        let (actual, expected) = play(vector);
        played += 1;
        if actual != expected {
            wrong += &format!("\n{}\n  expected {expected}\n  got      {actual}", vector["name"]);
        }
    }
    assert!(played > 0, "{file} has no vector");
    assert!(wrong.is_empty(), "{file}:{wrong}");
    println!("{file}: {played} of {} vectors played, the others are JavaScript's", vectors.len());
}

fn read(file: &str) -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    let text = fs::read_to_string(&path).expect("the file of vectors is there");
    serde_json::from_str(&text).expect("a file of vectors is a list")
}

/// A text, which may be a list of its parts.
pub fn text(json: &Json) -> Option<String> {
    let Json::Array(parts) = json else { return json.as_str().map(str::to_owned) };
    let part = |part: &Json| match part {
        Json::String(text) => text.clone(),
        repeated => {
            let times = repeated[1].as_u64().and_then(|times| usize::try_from(times).ok());
            repeated[0].as_str().expect("a text").repeat(times.expect("how often it is repeated"))
        }
    };
    Some(parts.iter().map(part).collect())
}

/// The parts of a request that can hold a click ID.
pub struct Request {
    url: Option<String>,
    stored: Option<String>,
    header: Option<String>,
}

impl Request {
    /// What the member `request` of a vector says.
    pub fn of(vector: &Json) -> Self {
        let request = &vector["request"];
        Self { url: text(&request["url"]), stored: text(&request["stored"]), header: text(&request["header"]) }
    }

    /// The same, to be searched.
    pub fn sources(&self) -> Sources<'_> {
        Sources { url: self.url.as_deref(), stored: self.stored.as_deref(), cookie_header: self.header.as_deref() }
    }
}

/// The members of `object` as the fields called `names`, which may be paths; the others are extra, and so are those of a
/// member that is no field itself (`retry`).
pub fn fields(object: &Json, names: impl Iterator<Item = &'static str>) -> Fields<'static> {
    let mut fields = Fields::default();
    let mut known = Vec::new();
    for name in names {
        let path = format!("/{}", name.replace('.', "/"));
        fields.set(name, object.pointer(&path).map_or(Value::Absent, |json| field(name, json)));
        known.push(name);
    }
    let is_known = |path: &str| known.contains(&path);
    let members = object.as_object().filter(|members| !members.keys().any(|name| name.starts_with('$')));
    for (name, json) in members.into_iter().flatten().filter(|(_, json)| !is_absent(json)) {
        let has_members =
            known.iter().any(|known| known.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.')));
        if has_members && !is_known(name) {
            for (inner, json) in json.as_object().into_iter().flatten() {
                let path = format!("{name}.{inner}");
                if !is_known(&path) {
                    fields.push_extra(path.leak(), json.to_string().leak());
                }
            }
        } else if !has_members && !is_known(name) {
            fields.push_extra(name.clone().leak(), json.to_string().leak());
        }
    }
    fields
}

fn is_absent(json: &Json) -> bool {
    json.is_null() || json.get("$undefined").is_some()
}

/// The values of a test stay in memory until it ends.
fn field(name: &str, json: &Json) -> Value<'static> {
    match json {
        json if is_absent(json) => Value::Absent,
        json if json.get("$number").is_some() => {
            Value::Number(json["$number"].as_str().and_then(|number| number.parse().ok()).expect("a number"))
        }
        json if json.get("$loneSurrogate").is_some() => {
            Value::IllFormed(json["$loneSurrogate"].as_str().expect("a text").to_owned().leak())
        }
        json if name == "metadata" || name == "partner" => Value::Json(json.to_string().leak()),
        Json::String(text) => Value::Text(text.clone().leak()),
        Json::Number(number) => Value::Number(number.as_f64().expect("a float")),
        Json::Bool(flag) => Value::Flag(*flag),
        _ => Value::Other,
    }
}
