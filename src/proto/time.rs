//! Time, as far as it matters here. It comes in from outside: nothing in `proto` has a clock.

/// A length of time in milliseconds, at most 49 days; longer ones saturate. (A `Duration` has two parts, and each piece
/// of arithmetic with it weighs a hundred bytes.)
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub u32);

impl Millis {
    /// The length, or the longest one where it is longer.
    pub fn saturating_from(milliseconds: u64) -> Self {
        Self(u32::try_from(milliseconds).unwrap_or(u32::MAX))
    }

    /// Both, one after the other.
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left of this after the other; nothing where the other is longer.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A point in time: milliseconds since 1970 (UTC).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub u64);
