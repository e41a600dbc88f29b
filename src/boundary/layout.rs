//! The names of all that crosses, in their order.
//!
//! In: nothing. Out: lists of names for the core, and [`javascript`], the same lists for `pkg/`.

use std::fmt::Write;

use crate::proto::{
    body::DATE_PATHS,
    delivery::{OUTCOMES, Saved},
    error::ErrorKind,
    rule::Kind,
    service::{Endpoint, Service},
    setting::Sets,
};

/// A list of names: an enum for the core, and the names for JavaScript.
macro_rules! named {
    ($(#[$doc:meta])* $list:ident { $($(#[$about:meta])* $name:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $list {
            $($(#[$about])* $name,)+
        }

        impl $list {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Their names in JavaScript.
            pub const NAMES: &[&str] = &[$($text),+];

            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// Its place among them.
            pub const fn place(self) -> usize {
                self as usize
            }
        }
    };
}

/// The words that a delivery is kept in between two steps ([`Delivery::save`](crate::proto::delivery::Delivery::save)), in
/// front of the named ones. Only the core looks into them.
pub const STATE_WORDS: usize = size_of::<Saved>() / size_of::<u32>();

named! {
    /// The words that go in and out beside a message.
    Word {
        /// In: the number of an endpoint.
        Endpoint = "ENDPOINT",
        /// In: the number of a service.
        Service = "SERVICE",
        /// In: how many options are not known.
        UnknownOptions = "UNKNOWN_OPTIONS",
        /// In: how many parameters are not known.
        UnknownParameters = "UNKNOWN_PARAMETERS",
        /// In: 1 where a request was given, or may have been.
        HasRequest = "HAS_REQUEST",
        /// In: 1 where reading the values brought up issues already.
        IsRefused = "IS_REFUSED",
        /// In: 1 where the caller's signal has fired already.
        IsAborted = "IS_ABORTED",
        /// In: how an attempt ended, a number of [`Ending`].
        Ending = "ENDING",
        /// In: the status of an answer.
        Status = "STATUS",
        /// In: what the body of an answer is, a number of [`BodyIs`].
        BodyIs = "BODY_IS",
        /// In: milliseconds since the call began.
        Elapsed = "ELAPSED",
        /// In: uniform over all words.
        Random = "RANDOM",
        /// In: how many private values there are.
        PrivateValues = "PRIVATE_VALUES",
        /// In: how many bytes stand apart from the message (a webhook's body), and one more; 0 where none do.
        BodyLength = "BODY_LENGTH",
        /// Out: what is next, a number of [`Next`].
        Next = "NEXT",
        /// Out: the timeout of an attempt, or the length of a wait, in milliseconds.
        Milliseconds = "MILLISECONDS",
        /// Out: the number of the outcome.
        Outcome = "OUTCOME",
        /// Out: one more than the number of the kind of error; 0 where there is none.
        Kind = "KIND",
        /// Out: where the reply is.
        ReplyAt = "REPLY_AT",
        /// Out: how many bytes it has.
        ReplyLength = "REPLY_LENGTH",
    }
}

named! {
    /// How an attempt ended.
    Ending {
        /// With an answer.
        Answered = "ANSWERED",
        /// The transport failed.
        ConnectionLost = "CONNECTION_LOST",
        /// The attempt's time ran out.
        TimedOut = "TIMED_OUT",
        /// The caller's signal.
        Aborted = "ABORTED",
        /// It is certain that nothing was sent.
        NotConnected = "NOT_CONNECTED",
        /// The transport followed a redirect.
        Redirected = "REDIRECTED",
    }
}

named! {
    /// What the body of an answer is.
    BodyIs {
        /// Nothing, or nothing but blanks.
        Empty = "EMPTY",
        /// JSON's null.
        Null = "NULL",
        /// Any other JSON.
        Json = "JSON_VALUE",
        /// No JSON, or too long.
        Unreadable = "UNREADABLE",
    }
}

named! {
    /// What is next.
    Next {
        /// To send the request.
        Send = "SEND",
        /// To wait.
        Sleep = "SLEEP",
        /// Nothing: the call is over.
        Done = "DONE",
    }
}

named! {
    /// What a value of a message is. It is written as a digit.
    ValueIs {
        /// Not there.
        Absent = "IS_ABSENT",
        /// A text.
        Text = "IS_TEXT",
        /// A text that is not well-formed, and was mended.
        IllFormed = "IS_ILL_FORMED",
        /// A number; its text is the shortest that is read back as it.
        Number = "IS_NUMBER",
        /// JSON text.
        Json = "IS_JSON",
        /// `false`.
        False = "IS_FALSE",
        /// `true`.
        True = "IS_TRUE",
        /// A text that is a date.
        Date = "IS_DATE",
        /// Anything else.
        Other = "IS_OTHER",
    }
}

named! {
    /// The parts of a request that can hold a click ID.
    RequestPart {
        /// The name of the click cookie, where it is not the default one.
        Name = "name",
        /// The URL.
        Url = "url",
        /// The text of the Cookie headers.
        Cookies = "cookies",
        /// What a cookie store has decoded.
        Stored = "stored",
        /// What is wrong with the request, where nothing is found in it.
        Problem = "problem",
    }
}

named! {
    /// The parts of an answer beside its body.
    AnswerPart {
        /// The header of that name.
        RetryAfter = "retryAfter",
        /// The header of that name.
        RetryAfterMs = "retryAfterMs",
        /// The header `x-request-id`, or `request-id`.
        RequestId = "requestId",
        /// The time of day, in milliseconds since 1970.
        Now = "now",
    }
}

named! {
    /// The parts of a webhook beside its body.
    WebhookPart {
        /// The header with the signature.
        Header = "header",
        /// The secret.
        Secret = "secret",
        /// The time of day, in milliseconds since 1970.
        Now = "now",
        /// How far the time of a signature may be from now, in seconds.
        Tolerance = "tolerance",
    }
}

impl ValueIs {
    /// Whether a message has a text for it; the digit of any other says it all.
    pub fn has_text(self) -> bool {
        matches!(self, Self::Text | Self::IllFormed | Self::Number | Self::Json | Self::Date)
    }
}

/// What stands before each text of a message, and between those of a reply. A text of a caller's that has one is not well-formed.
pub const SEPARATOR: char = '\0';

/// A number may stand where a message has fewer values before it.
pub const MOST_NUMBERS: usize = 64;

const GENERATED: &str = "// Generated from src/boundary/layout.rs: the names of all that crosses.\n\n";

/// The lists for JavaScript that every service shares: `pkg/dist/layout.js`.
pub fn javascript() -> String {
    let mut text = GENERATED.to_owned();
    let mut constant = |name: &str, value: String| {
        let _ = writeln!(text, "export const {name} = {value};");
    };
    constant("STATE_WORDS", STATE_WORDS.to_string());
    for (place, name) in (STATE_WORDS..).zip(Word::NAMES) {
        constant(name, place.to_string());
    }
    for names in [Ending::NAMES, BodyIs::NAMES, Next::NAMES, ValueIs::NAMES] {
        for (number, name) in names.iter().enumerate() {
            constant(name, number.to_string());
        }
    }
    for (name, parts) in [
        ("REQUEST_PARTS", RequestPart::NAMES),
        ("ANSWER_PARTS", AnswerPart::NAMES),
        ("WEBHOOK_PARTS", WebhookPart::NAMES),
        ("OUTCOMES", OUTCOMES),
    ] {
        constant(name, list(parts.iter().copied()));
    }
    constant("KINDS", list(ErrorKind::ALL.iter().map(|kind| kind.as_str())));
    constant("DATE_PATHS", list(DATE_PATHS.iter().copied()));
    text
}

/// What JavaScript knows of one service and its endpoints: `pkg/dist/<service>.js`.
pub fn javascript_of(service: &Service) -> String {
    let mut text = format!("{GENERATED}import {{ pathsOf }} from \"../../paths.js\";\n\n");
    let Service { constant, number, settings, answer_paths, visitor, .. } = service;
    let settings = paths(settings.iter().map(|setting| setting.name));
    let (answers, parameters) = (paths(answer_paths.iter().copied()), list(visitor.parameters.iter().copied()));
    let (cookie, is_encoded) = (visitor.cookie, visitor.is_encoded);
    let name_of =
        |sets| service.settings.iter().find(|setting| setting.sets == sets).map_or("", |setting| setting.name);
    let (key, base_url) = (name_of(Sets::Key), name_of(Sets::BaseUrl));
    let _ = writeln!(
        text,
        "export const {constant} = {{\n  number: {number},\n  settings: {settings},\n  \
         key: {key:?},\n  baseUrl: {base_url:?},\n  answerPaths: {answers},\n}};\n\
         export const {constant}_VISITOR = {{ cookie: {cookie:?}, parameters: {parameters}, isEncoded: {is_encoded} }};"
    );
    for endpoint in service.endpoints {
        let Endpoint { constant, number, method, fields, .. } = endpoint;
        let of = |kind| fields.iter().filter(move |(_, rule)| rule.kind == kind);
        let objects = list(of(Kind::Object).map(|(name, _)| name));
        let wants_own_id = of(Kind::OwnId).next().is_some();
        let fields = paths(fields.iter().map(|(name, _)| name));
        let _ = writeln!(
            text,
            "export const {constant} = {{\n  constant: {constant:?},\n  number: {number},\n  method: {method:?},\n  fields: {fields},\n  objects: {objects},\n  \
             wantsOwnId: {wants_own_id},\n}};"
        );
    }
    text
}

/// A call that makes objects of the paths; a bundler drops it with the constant that it is for.
fn paths<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let paths: Vec<_> = paths.collect();
    // An empty text would be one path: that of the whole.
    if paths.is_empty() { "[]".to_owned() } else { format!("/* @__PURE__ */ pathsOf({:?})", paths.join(",")) }
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    nested(names.map(|name| format!("{name:?}")))
}

fn nested(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::proto::provider::SERVICES;

    #[test]
    fn no_two_constants_have_one_name() {
        let text = SERVICES.iter().fold(javascript(), |text, service| text + &javascript_of(service));
        let names: Vec<_> =
            text.lines().filter_map(|line| line.strip_prefix("export const ")?.split(' ').next()).collect();
        let different: BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len());
        assert!(names.contains(&"SALE") && names.contains(&"ELAPSED"));
    }

    #[test]
    fn every_list_has_as_many_names_as_members() {
        assert_eq!(Word::NAMES.len(), Word::COUNT);
        assert_eq!(Word::ALL.iter().map(|word| word.place()).collect::<Vec<_>>(), (0..Word::COUNT).collect::<Vec<_>>());
        assert_eq!(STATE_WORDS, 9);
    }
}
