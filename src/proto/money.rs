//! Amounts of money.
//!
//! In: a JavaScript number that should be a whole number of the smallest currency unit. Out: [`MinorUnits`], or what is
//! wrong. No amount is ever the result of floating-point arithmetic.

/// An amount in the smallest unit of its currency: 0 to 2^53 - 1, so that every JSON reader gets it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MinorUnits(u64);

/// JavaScript's `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

impl MinorUnits {
    /// What an amount is, for whoever gives something else.
    pub const WANTED: &str = "must be a whole number of the smallest currency unit, e.g. cents";

    /// Takes a whole number of minor units. `-0` is 0.
    pub fn parse(number: f64) -> Result<Self, &'static str> {
        if !number.is_finite() || number.trunc() != number {
            return Err(Self::WANTED);
        }
        if number < 0.0 {
            return Err("must not be negative: it is the price paid");
        }
        if number > MAX_SAFE_INTEGER {
            return Err("must be at most 9007199254740991");
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked: whole and within 0..2^53"
        )]
        Ok(Self(number as u64))
    }

    /// The amount as an integer.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// An ISO 4217 currency code: three ASCII letters, in the case it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency(String);

impl Currency {
    /// Takes three ASCII letters.
    pub fn parse(text: String) -> Result<Self, &'static str> {
        if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            Ok(Self(text))
        } else {
            Err("must be an ISO 4217 code of three letters, e.g. \"usd\"")
        }
    }

    /// The code, as it was given.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_up_to_two_to_the_53_minus_1_are_amounts() {
        for (number, amount) in [(0.0, 0), (-0.0, 0), (4900.0, 4900), (9_007_199_254_740_991.0, (1 << 53) - 1)] {
            assert_eq!(MinorUnits::parse(number).unwrap().get(), amount);
        }
    }

    #[test]
    fn anything_else_is_not() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 49.9, 9_007_199_254_740_992.0, 1e300, 5e-324] {
            assert!(MinorUnits::parse(number).is_err(), "{number}");
        }
    }

    #[test]
    fn a_currency_is_three_letters_in_the_case_given() {
        assert_eq!(Currency::parse("uSd".into()).unwrap().into_string(), "uSd");
        for text in ["", "us", "usdt", "u$d", "ÜSD", "us ", "é1"] {
            assert!(Currency::parse(text.into()).is_err(), "{text}");
        }
    }
}
