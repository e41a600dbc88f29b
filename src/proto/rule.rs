//! What one field of an event takes, as its service documents it.
//!
//! In: nothing. Out: the words in which a service's file describes its fields. Checking a value against them is
//! [`event`](super::event)'s.

/// What one field takes. Its name stands beside it in a [`FieldTable`].
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it takes.
    pub kind: Kind,
    /// It has to be there.
    pub required: bool,
    /// It says whom the event is about or credited to: of these, an endpoint may want at least one.
    pub identifies: bool,
    /// By this field the service recognises an event that comes twice.
    pub dedup_key: bool,
    /// Personal data: redacted from error messages.
    pub private: bool,
    /// It is a member of an object that goes out as a whole, and required where that object is there.
    pub inner: bool,
    /// Its amount must not be 0, or its currency is sent in upper case.
    pub strict: bool,
    /// It stands in the path of the request, and not in its body.
    pub in_path: bool,
    /// An empty text says something of its own, and goes out as it is.
    pub or_empty: bool,
    /// Characters at most, as JavaScript counts them; 0 where nothing is documented.
    pub max_len: u16,
    /// The texts that it takes, where it takes no other: what to say of any other one, in which they stand behind the colon.
    pub one_of: &'static str,
}

/// The fields of an event: for callers and (unless a name is configured) on the wire.
#[derive(Debug, Clone, Copy)]
pub struct FieldTable {
    /// The name of each, and what it takes.
    pub(super) rules: &'static [(&'static str, Rule)],
}

impl FieldTable {
    /// Name and rule of each.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static Rule)> {
        self.rules.iter().map(|(name, rule)| (*name, rule))
    }
}

/// The table of an endpoint's fields: `"name": rule`.
#[cfg(feature = "delivery")]
macro_rules! fields {
    ($($name:literal: $rule:expr,)*) => {
        $crate::proto::rule::FieldTable { rules: &[$(($name, $rule)),*] }
    };
}
#[cfg(feature = "delivery")]
pub(super) use fields;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The click that is to be credited: among the fields, or else the request's. Where there is none and the field is
    /// required, the customer is organic.
    ClickId,
    /// Text that identifies something.
    Id,
    /// The event's own ID, or else the [`OrderId`](Self::OrderId), or else an ID made for the call.
    OwnId,
    /// An order's ID, text or a whole number.
    OrderId,
    /// The session that a browser script or a tracking link gave a visitor. One that cannot be right counts as absent where
    /// a field before it identifies the customer: it came out of a cookie, which anybody can write.
    SessionId,
    /// The SHA-256 of an e-mail address, in hexadecimal.
    EmailHash,
    /// What kind of conversion; a sale where nothing is said.
    ConversionType,
    /// Text for people to read. Blank is absent, and half of a surrogate pair (a name cut in the middle of an emoji) is
    /// mended to U+FFFD: neither is worth a sale.
    Text,
    /// A whole number of the smallest currency unit.
    Amount,
    /// A whole number, from 1 to 100.
    Count,
    /// Exact decimal text in the major unit of the [`KnownCurrency`](Self::KnownCurrency) before it.
    MajorAmount,
    /// An ISO 4217 code.
    Currency,
    /// An ISO 4217 code of a currency whose minor unit is known.
    KnownCurrency,
    /// A JSON object.
    Object,
}

impl Rule {
    /// A field that takes this, and of which nothing else is known.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self {
            kind,
            required: false,
            identifies: false,
            dedup_key: false,
            private: false,
            inner: false,
            strict: false,
            in_path: false,
            or_empty: false,
            max_len: 0,
            one_of: "",
        }
    }

    /// It has to be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// It says whom the event is about.
    #[must_use]
    pub const fn identifies(self) -> Self {
        Self { identifies: true, ..self }
    }

    /// The service recognises an event by it.
    #[must_use]
    pub const fn dedup_key(self) -> Self {
        Self { dedup_key: true, ..self }
    }

    /// It is personal data.
    #[must_use]
    pub const fn private(self) -> Self {
        Self { private: true, ..self }
    }

    /// It is a member of an object that goes out as a whole.
    #[must_use]
    pub const fn inner(self) -> Self {
        Self { inner: true, ..self }
    }

    /// See [`Rule::strict`].
    #[must_use]
    pub const fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// See [`Rule::in_path`].
    #[must_use]
    pub const fn in_path(self) -> Self {
        Self { in_path: true, ..self }
    }

    /// See [`Rule::or_empty`].
    #[must_use]
    pub const fn or_empty(self) -> Self {
        Self { or_empty: true, ..self }
    }

    /// See [`Rule::one_of`].
    #[must_use]
    pub const fn one_of(self, one_of: &'static str) -> Self {
        Self { one_of, ..self }
    }

    /// Characters at most.
    #[must_use]
    pub const fn at_most(self, max_len: u16) -> Self {
        Self { max_len, ..self }
    }
}
