//! A message as JavaScript has laid it into memory.
//!
//! In: its text: a digit for each value ([`ValueIs`]), then the text of each that has one, a [`SEPARATOR`] before it; numbers
//! stand apart. Out: the values by place. What stands where is [`layout`](super::layout)'s.

use std::borrow::Cow;

use super::layout::{AnswerPart, RequestPart, SEPARATOR, ValueIs};
use crate::proto::{
    body::Lookup,
    click_id::{ClickId, DEFAULT_COOKIE_NAME, Sources},
    fields::{Source, Value},
    text::cut,
};

/// The values of a message.
#[derive(Debug)]
pub struct Message<'a> {
    values: Vec<(ValueIs, &'a str)>,
    numbers: fn(usize) -> f64,
}

impl<'a> Message<'a> {
    /// Takes a message apart; nothing where it is none. `numbers` answers the number at a place.
    pub fn parse(text: &'a str, numbers: fn(usize) -> f64) -> Option<Self> {
        let (digits, mut rest) = cut(text, SEPARATOR as u8);
        let mut values = Vec::with_capacity(digits.len());
        for digit in digits.bytes() {
            let kind = *ValueIs::ALL.get(usize::from(digit.wrapping_sub(b'0')))?;
            let mut text = "";
            if kind.has_text() {
                (text, rest) = cut(rest?, SEPARATOR as u8);
            }
            values.push((kind, text));
        }
        if rest.is_none() { Some(Self { values, numbers }) } else { None }
    }

    /// The value at a place; absent where there is none.
    pub fn value(&self, place: usize) -> Value<'a> {
        let (kind, text) = self.values.get(place).copied().unwrap_or((ValueIs::Absent, ""));
        match kind {
            ValueIs::Absent => Value::Absent,
            ValueIs::Text | ValueIs::Date => Value::Text(text),
            ValueIs::IllFormed => Value::IllFormed(text),
            ValueIs::Number => Value::Number(self.number(place)),
            ValueIs::Json => Value::Json(text),
            ValueIs::False => Value::Flag(false),
            ValueIs::True => Value::Flag(true),
            ValueIs::Other => Value::Other,
        }
    }

    /// The text at a place; empty where there is none.
    pub fn text(&self, place: usize) -> &'a str {
        self.values.get(place).map_or("", |(_, text)| text)
    }

    /// The text at a place, where it is not empty.
    pub fn optional_text(&self, place: usize) -> Option<&'a str> {
        Some(self.text(place)).filter(|text| !text.is_empty())
    }

    /// The number at a place.
    pub fn number(&self, place: usize) -> f64 {
        (self.numbers)(place)
    }

    /// As many texts from a place on.
    pub fn texts(&self, from: usize, count: usize) -> Vec<&'a str> {
        self.values.iter().skip(from).take(count).map(|(_, text)| *text).collect()
    }

    /// The parts of a request, the first of them at `from`.
    pub fn request(&self, from: usize) -> Request<'a> {
        let part = |part: RequestPart| self.optional_text(from.wrapping_add(part.place()));
        Request {
            name: part(RequestPart::Name).unwrap_or(DEFAULT_COOKIE_NAME),
            sources: Sources {
                url: part(RequestPart::Url),
                cookie_header: part(RequestPart::Cookies),
                stored: part(RequestPart::Stored),
            },
            problem: part(RequestPart::Problem),
        }
    }
}

/// What was read of a request.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    name: &'a str,
    /// Where a click ID, or a session, can be.
    pub sources: Sources<'a>,
    /// What is wrong with it, where nothing is found in it.
    pub problem: Option<&'a str>,
}

impl Request<'_> {
    /// Its click ID.
    pub fn click_id(&self) -> Option<ClickId> {
        self.sources.find(self.name)
    }
}

/// The values of a table's fields, the first of them at `from`, and the members that are not known: each a name and a JSON
/// text.
#[derive(Debug, Clone, Copy)]
pub struct Table<'m, 'a> {
    /// The whole message.
    pub message: &'m Message<'a>,
    /// Where the fields begin.
    pub from: usize,
    /// Where the members that are not known begin.
    pub unknown_from: usize,
    /// How many of them there are.
    pub unknown: usize,
    /// Where the ID is that was made for the call.
    pub own_id: Option<usize>,
}

impl<'a> Table<'_, 'a> {
    fn place(&self, index: u32) -> usize {
        usize::try_from(index).unwrap_or(usize::MAX).saturating_add(self.from)
    }
}

impl<'a> Source<'a> for Table<'_, 'a> {
    fn take(&mut self, index: u32, _: &str) -> Value<'a> {
        self.message.value(self.place(index))
    }

    /// JavaScript writes the number: as short as it can, as it is read back exactly.
    fn decimal(&mut self, index: u32, _: f64) -> Cow<'a, str> {
        Cow::Borrowed(self.message.text(self.place(index)))
    }

    fn extra(&mut self, index: u32) -> Option<(&'a str, &'a str)> {
        let index = usize::try_from(index).ok().filter(|index| *index < self.unknown)?;
        let at = self.unknown_from.saturating_add(index.saturating_mul(2));
        Some((self.message.text(at), self.message.text(at.saturating_add(1))))
    }

    fn own_id(&mut self) -> Option<&'a str> {
        self.message.optional_text(self.own_id?)
    }
}

/// What JavaScript has read of the body of an answer: the values at the paths that are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'m, 'a> {
    /// The whole message.
    pub message: &'m Message<'a>,
    /// The paths, in the order of the values.
    pub paths: &'static [&'static str],
}

impl Facts<'_, '_> {
    fn value(&self, path: &str) -> Option<(usize, ValueIs)> {
        let index = self.paths.iter().position(|known| *known == path)?;
        let place = index.saturating_add(AnswerPart::COUNT);
        Some((place, self.message.values.get(place)?.0))
    }
}

impl Lookup for Facts<'_, '_> {
    fn text_at(&self, path: &str) -> Option<String> {
        match self.value(path)? {
            (place, ValueIs::Text | ValueIs::IllFormed | ValueIs::Date) => {
                self.message.optional_text(place).map(str::to_owned)
            }
            _ => None,
        }
    }

    fn flag_at(&self, path: &str) -> Option<bool> {
        match self.value(path)?.1 {
            ValueIs::False => Some(false),
            ValueIs::True => Some(true),
            _ => None,
        }
    }

    fn has_date_at(&self, path: &str) -> bool {
        matches!(self.value(path), Some((_, ValueIs::Date)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(place: usize) -> f64 {
        [0.5, 1.5, 2.5].get(place).copied().unwrap_or(f64::NAN)
    }

    #[test]
    fn values_are_found_at_their_places() {
        let message = Message::parse("1034\0text\x001.5\0{}", numbers).unwrap();
        let values: Vec<_> = (0..5).map(|place| message.value(place)).collect();
        assert_eq!(values[..2], [Value::Text("text"), Value::Absent]);
        assert_eq!(values[3..], [Value::Json("{}"), Value::Absent]);
        assert_eq!(message.number(2), 2.5);
        assert_eq!(message.text(2), "1.5");
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for text in ["1", "1\0a\0b", "0\0a", "11\0a", "x\0a", "9\0a", "a"] {
            assert!(Message::parse(text, numbers).is_none(), "{text:?}");
        }
        assert!(Message::parse("", numbers).is_some());
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart_without_a_panic(text in any::<String>(), place in any::<usize>()) {
            if let Some(message) = Message::parse(&text, numbers) {
                let _ = (message.value(place), message.request(place).click_id(), message.texts(place, place));
            }
        }

        #[test]
        fn what_is_laid_is_read_back(texts in prop::collection::vec("[^\0]*", 0..20)) {
            let laid = texts.iter().fold("1".repeat(texts.len()), |laid, text| laid + "\0" + text);
            let message = Message::parse(&laid, numbers).unwrap();
            for (place, text) in texts.iter().enumerate() {
                prop_assert_eq!(message.value(place), Value::Text(text));
            }
        }
    }
}
