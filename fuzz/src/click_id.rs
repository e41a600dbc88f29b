//! A click ID in any request.
//!
//! In: text of four lines: a URL, a stored value, a Cookie header and the cookie's name (`refp_id` where there is none).
//! What must hold: it is found exactly where a slow and obvious reading finds it, and what the browser script writes is
//! read back.

use refport_edge::proto::click_id::{ClickId, DEFAULT_COOKIE_NAME, Sources};

/// What an input can come to.
pub const ENDS: &[&str] = &["in the URL", "in the header", "stored", "nowhere"];

/// What requests are made of.
pub const WORDS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "refp_id",
    "refp_id=",
    "refp_id=",
    "?refp_id=",
    "&",
    "?",
    "#",
    "; ",
    ";",
    "=",
    "\"",
    "%",
    "%41",
    "%2",
    "%e2%82%ac",
    "%F0%9F%98%80",
    // Overlong, half of a surrogate pair, beyond the last character, half of a character.
    "%c1%81",
    "%e0%80%af",
    "%e0%82%80",
    "%ed%a0%80",
    "%f0%80%80%80",
    "%f4%90%80%80",
    "%c3",
    "%a9",
    "%ff",
    "%00",
    "%25",
    " ",
    "\t",
    "+",
    "https://shop.test/",
    "clk_1",
    "a=1",
    ", ",
    ",",
    "&amp;",
    "null",
    "undefined",
    "{{",
    "}}",
    "${",
    "__CLICK_ID__",
    "<",
    ">",
    "Refp_Id=",
    "é",
];

/// Checks one input.
pub fn run(bytes: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n');
    let [url, stored, header] = [(); 3].map(|()| lines.next());
    let name = lines.next().filter(|name| !name.is_empty()).unwrap_or(DEFAULT_COOKIE_NAME);

    let find = |url, stored, cookie_header| Sources { url, stored, cookie_header }.find(name).map(ClickId::into_string);
    let (in_url, in_header) = (find(url, None, None), find(None, None, header));
    assert_eq!(in_url, url.and_then(|url| slow_query(url, name)), "in the query");
    assert_eq!(in_header, header.and_then(|header| slow_header(header, name)), "in the header");
    let kept = stored.filter(|text| can_be_one(text)).map(str::to_owned);
    let found = find(url, stored, header);
    assert_eq!(found, in_url.clone().or(in_header.clone()).or(kept), "the order");
    assert!(found.as_deref().is_none_or(can_be_one), "no click ID");
    for text in [url, stored, header].into_iter().flatten() {
        is_read_back(text);
    }
    match found {
        Some(_) if in_url.is_some() => ENDS[0],
        Some(_) if in_header.is_some() => ENDS[1],
        Some(_) => ENDS[2],
        None => ENDS[3],
    }
}

/// What the service's browser script does with a click ID: `refp_id=${encodeURIComponent(id)}`, in a cookie or a link.
fn is_read_back(id: &str) {
    let written = encode_uri_component(id);
    let link = format!("https://shop.test/?a=1&refp_id={written}&b=2#refp_id=no");
    let header = format!("a=1; refp_id={written}; b=2");
    let wanted = can_be_one(id).then(|| id.to_owned());
    for sources in [
        Sources { url: Some(&link), ..Sources::default() },
        Sources { cookie_header: Some(&header), ..Sources::default() },
        Sources { stored: Some(id), ..Sources::default() },
    ] {
        assert_eq!(sources.find(DEFAULT_COOKIE_NAME).map(ClickId::into_string), wanted, "written, and not read back");
    }
}

fn slow_query(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split('#').next()?.split_once('?')?;
    let find = |separators: &[char]| {
        // A name may hold `=`: all of it must stand before the value, which a second question mark ends.
        let values = query.split(separators).filter_map(|pair| pair.strip_prefix(&format!("{name}=")));
        let values = values.map(|value| decode_uri_component(value.split('?').next().expect("the first")));
        values.into_iter().find(|value| can_be_one(value))
    };
    find(&['&']).or_else(|| find(&['&', '?', ';']))
}

fn slow_header(header: &str, name: &str) -> Option<String> {
    let cookies: Vec<_> = header.split(';').flat_map(apart).collect();
    let cookies = cookies.iter().filter_map(|cookie| cookie.split_once('='));
    let values = cookies.filter(|(found, _)| found.trim_matches(is_white) == name).map(|(_, value)| {
        let value = value.trim_matches(is_white);
        let is_quoted = value.len() >= 2 && value.starts_with('"') && value.ends_with('"');
        decode_uri_component(if is_quoted { &value[1..value.len() - 1] } else { value })
    });
    values.into_iter().find(|value| can_be_one(value))
}

/// The cookies that were put together with `, `.
fn apart(joined: &str) -> Vec<String> {
    let mut cookies: Vec<String> = Vec::new();
    for piece in joined.split(',') {
        let is_name = |name: &str| {
            let name = name.trim_matches(is_white);
            !name.is_empty() && name.chars().all(|one| one.is_ascii_graphic() && !r#"()<>@,;:\"/[]?={}"#.contains(one))
        };
        let begins_a_cookie = piece.starts_with(' ') && piece.split_once('=').is_some_and(|(name, _)| is_name(name));
        match cookies.last_mut() {
            Some(last) if !begins_a_cookie => *last += &format!(",{piece}"),
            _ => cookies.push(piece.to_owned()),
        }
    }
    cookies
}

/// What no program and no template left in place of an ID.
fn can_be_one(text: &str) -> bool {
    let inside = text.trim_matches(is_white);
    let words = ["null", "undefined", "nan", "none", "nil", "true", "false"];
    let is_between = |first: &str, last: &str| inside.len() > 1 && inside.starts_with(first) && inside.ends_with(last);
    let is_macro =
        inside.len() >= 4 && is_between("__", "__") && inside.chars().all(|one| one == '_' || one.is_ascii_uppercase());
    let has = |variable: &str| inside.replace("%7B", "%7b").contains(variable);
    let is_left = words.contains(&&*inside.to_lowercase())
        || is_macro
        || ["{{", "${", "#{", "{%", "<%", "%7b%7b", "[object "].into_iter().any(has)
        || [("{", "}"), ("<", ">"), ("[", "]"), ("(", ")"), ("%", "%")].into_iter().any(|(a, b)| is_between(a, b));
    !is_blank(text) && text.encode_utf16().count() <= 512 && !is_left
}

/// JavaScript's function of that name; malformed text stays as it is.
fn decode_uri_component(text: &str) -> String {
    let mut decoded = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let digits = after.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
            let Some(digits) = digits.and_then(|digits| str::from_utf8(digits).ok()) else { return text.to_owned() };
            decoded.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
            rest = &after[2..];
        } else {
            decoded.push(*first);
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// JavaScript's function of that name.
fn encode_uri_component(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

fn is_blank(text: &str) -> bool {
    text.chars().all(is_white)
}

fn is_white(character: char) -> bool {
    character.is_ascii_whitespace()
}
