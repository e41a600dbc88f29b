//! The body of an answer, as far as it is looked into.
//!
//! In: what the platform's own JSON parser made of the text: `JSON.parse` in JavaScript, serde_json natively. Out: the few
//! texts in it that matter. A parser of our own would weigh 1.3 kB after gzip, and parse once more what JavaScript has to
//! parse anyway.

/// A body.
#[derive(Debug, Clone, Copy)]
pub enum Body<L> {
    /// There is none, or nothing but blanks.
    Empty,
    /// JSON's `null`.
    Null,
    /// Any other JSON value.
    Json(L),
    /// It is no JSON, or too large to be an answer of a service.
    Unreadable,
}

/// The paths at which a text is asked for that is a date.
pub const DATE_PATHS: &[&str] = &["expires"];

/// A JSON value that can be asked for what is in it.
pub trait Lookup {
    /// The text at a path such as `error.code`, if there is one and it is not empty. An empty path is the value itself.
    fn text_at(&self, path: &str) -> Option<String>;

    /// The boolean at a path, if there is one.
    fn flag_at(&self, path: &str) -> Option<bool>;

    /// Whether the text at a path is a date that the platform can read.
    fn has_date_at(&self, path: &str) -> bool;
}

impl<L: Lookup> Body<L> {
    /// The text at a path, as [`Lookup::text_at`] has it.
    pub fn text_at(&self, path: &str) -> Option<String> {
        match self {
            Self::Json(json) => json.text_at(path),
            Self::Empty | Self::Null | Self::Unreadable => None,
        }
    }
}

#[cfg(feature = "native")]
pub use native::ParsedJson;

#[cfg(feature = "native")]
mod native {
    use serde_json::Value;

    use super::{Body, Lookup};
    use crate::proto::text::is_blank;

    /// A body that serde_json has parsed, for callers that are native themselves.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ParsedJson(Value);

    impl Body<ParsedJson> {
        /// Parses a body's text; `None` where it is too large to be an answer of a service.
        pub fn parse(text: Option<&str>) -> Self {
            match text {
                Some(text) if is_blank(text) => Self::Empty,
                Some(text) => match serde_json::from_str(text) {
                    Ok(Value::Null) => Self::Null,
                    Ok(value) => Self::Json(ParsedJson(value)),
                    Err(_) => Self::Unreadable,
                },
                None => Self::Unreadable,
            }
        }
    }

    impl ParsedJson {
        fn at(&self, path: &str) -> Option<&Value> {
            path.split('.')
                .filter(|step| !step.is_empty())
                .try_fold(&self.0, |value, step| value.get(step).or_else(|| value.get(step.parse::<usize>().ok()?)))
        }
    }

    impl Lookup for ParsedJson {
        fn text_at(&self, path: &str) -> Option<String> {
            self.at(path)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
        }

        fn flag_at(&self, path: &str) -> Option<bool> {
            self.at(path)?.as_bool()
        }

        fn has_date_at(&self, path: &str) -> bool {
            self.text_at(path).is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_at_its_path_and_nothing_else_is() {
        let body = Body::parse(Some(r#"{"error":{"code":"X","message":"","status":1},"list":["a"]}"#));
        assert_eq!(body.text_at("error.code").as_deref(), Some("X"));
        for path in ["error.message", "error.status", "error.missing", "error", "missing.code", "list.1", "list.a", ""]
        {
            assert_eq!(body.text_at(path), None, "{path}");
        }
        assert_eq!(body.text_at("list.0").as_deref(), Some("a"));
        assert_eq!(Body::parse(Some("\"text\"")).text_at("").as_deref(), Some("text"));
    }

    #[test]
    fn empty_null_and_unreadable_are_told_apart() {
        assert!(matches!(Body::parse(Some(" \n")), Body::Empty));
        assert!(matches!(Body::parse(Some(" null ")), Body::Null));
        assert!(matches!(Body::parse(Some("<html>")), Body::Unreadable));
        assert!(matches!(Body::parse(Some(r#"{"sale":{"id":"x"}"#)), Body::Unreadable));
        assert!(matches!(Body::parse(None), Body::Unreadable));
        assert!(matches!(Body::parse(Some("0")), Body::Json(_)));
    }
}
