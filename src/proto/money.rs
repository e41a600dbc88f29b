//! Amounts of money.
//!
//! In: a JavaScript number that should be a whole number of the smallest currency unit, or the decimal text of an amount
//! in the currency's main unit. Out: [`MinorUnits`], or what is wrong. No amount is ever the result of floating-point
//! arithmetic.

use super::text::{Alphabet, cut, digit_behind, digits_behind};

/// An amount in the smallest unit of its currency: 0 to 2^53 - 1, so that every JSON reader gets it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MinorUnits(u64);

/// JavaScript's `Number.MAX_SAFE_INTEGER`, as an integer and as a number.
const MAX: u64 = (1 << 53) - 1;
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
const TOO_MUCH: &str = "must be at most 9007199254740991";
const TOO_MUCH_MAJOR: &str = "must be at most 9007199254740991 of the smallest currency unit";

impl MinorUnits {
    /// What an amount is, for whoever gives something else.
    pub const WANTED: &str = "must be a whole number of the smallest currency unit, e.g. cents";

    /// Takes a whole number of minor units. `-0` is 0.
    pub fn parse(number: f64) -> Result<Self, &'static str> {
        if !is_whole(number) {
            return Err(Self::WANTED);
        }
        if number < 0.0 {
            return Err("must not be negative: it is the price paid");
        }
        if number > MAX_SAFE_INTEGER {
            return Err(TOO_MUCH);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked: whole and within 0..2^53"
        )]
        Ok(Self(number as u64))
    }

    /// What an amount in a main unit is, for whoever gives something else.
    pub const WANTED_MAJOR: &str = "must be an amount in the currency's main unit, e.g. 49.9 or \"49.90\": digits with a point \
                                    before the decimals, and no sign, space, grouping or exponent";

    /// Takes an amount in the main unit of a currency that has `exponent` decimals: digits, of which some may stand behind
    /// a point. Zeros at either end mean nothing: `0049.900` is `49.9`. A JavaScript number comes as its text,
    /// `String(number)` (natively [`decimal_text`]), so that `0.1 + 0.2` is refused and never rounded.
    pub fn from_major(text: &str, exponent: u32) -> Result<Self, &'static str> {
        let (whole, fraction) = cut(text, b'.');
        let fraction = fraction.unwrap_or("0");
        let (Some(mut amount), Some(_)) = (digits_behind(0, whole), digits_behind(0, fraction)) else {
            return Err(Self::WANTED_MAJOR);
        };
        let mut decimals = 0;
        for digit in without_zeros(fraction).bytes() {
            if decimals == exponent {
                return Err("must not have more decimals than its currency: round it, or pass text such as \"49.90\"");
            }
            decimals = decimals.wrapping_add(1);
            amount = digit_behind(amount, digit);
        }
        for _ in decimals..exponent {
            amount = digit_behind(amount, b'0');
        }
        if amount > MAX { Err(TOO_MUCH_MAJOR) } else { Ok(Self(amount)) }
    }

    /// The amount, where it is one that a partner can have a share of.
    pub fn positive(self) -> Result<Self, &'static str> {
        if self.0 == 0 { Err("must be more than 0: the service does not record an amount of 0") } else { Ok(self) }
    }

    /// The amount as an integer.
    pub fn get(self) -> u64 {
        self.0
    }
}

fn is_whole(number: f64) -> bool {
    number.is_finite() && number.trunc() == number
}

/// A whole number that JavaScript holds exactly.
pub fn is_safe_integer(number: f64) -> bool {
    is_whole(number) && number.abs() <= MAX_SAFE_INTEGER
}

/// A fraction without the zeros at its end.
fn without_zeros(mut fraction: &str) -> &str {
    while let Some(shorter) = fraction.strip_suffix('0') {
        fraction = shorter;
    }
    fraction
}

/// `number` as JavaScript's `String(number)` writes it (ECMA-262, Number::toString): the fewest digits that mean this
/// number, with an exponent from 1e21 on and below 1e-6.
pub fn decimal_text(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else if size >= 1e21 {
        format!("{number:e}").replace('e', "e+")
    } else if size < 1e-6 {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// An ISO 4217 currency code: three ASCII letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency(String);

const LETTERS: Alphabet = Alphabet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

impl Currency {
    /// Takes three ASCII letters, in the case they are given.
    pub fn parse(text: String) -> Result<Self, &'static str> {
        if text.len() == 3 && LETTERS.consists_of(&text) {
            Ok(Self(text))
        } else {
            Err("must be an ISO 4217 code of three letters, e.g. \"usd\"")
        }
    }

    /// Takes three ASCII letters and makes them upper-case, as the standard writes them.
    pub fn parse_iso(mut text: String) -> Result<Self, &'static str> {
        text.make_ascii_uppercase();
        Self::parse(text)
    }

    /// How many decimals the currency's main unit has, 0 to 4. It finds upper-case codes that the standard has today.
    pub fn exponent(&self) -> Result<u32, &'static str> {
        let mut exponent = 0_u32;
        for code in BY_EXPONENT.as_bytes().as_chunks::<3>().0 {
            if code == NEXT {
                exponent = exponent.wrapping_add(1);
            } else if *code == *self.0.as_bytes() {
                return Ok(exponent);
            }
        }
        Err("must be a current ISO 4217 code with a minor unit; conversions.postback takes minor units of any currency")
    }

    /// The code.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Every currency of ISO 4217 (list one, published 2026-01-01) that has a minor unit, by its number of decimals. First come those with
/// none, and after each [`NEXT`] those with one more.
/// Metals, funds of account and test codes have none. `tests/golden/currencies.json` has them one by one.
const BY_EXPONENT: &str = "\
    BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF......AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBMDBNDBOBBOVBRL\
    BSDBTNBWPBYNBZDCADCDFCHECHFCHWCNYCOPCOUCRCCUPCVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTG\
    HUFIDRILSINRIRRJMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOK\
    NPRNZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTOPTRYTTDTWDTZSUAH\
    USDUSNUYUUZSVEDVESWSTXADXCDXCGYERZARZMWZWG...BHDIQDJODKWDLYDOMRTND...CLFUYW";
const NEXT: &[u8; 3] = b"...";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
    fn an_amount_in_the_main_unit_is_read_digit_by_digit() {
        for (text, exponent, amount) in [("49.9", 2, 4990), ("49.900", 2, 4990), ("0049.90", 2, 4990), ("1.0", 0, 1)] {
            assert_eq!(MinorUnits::from_major(text, exponent).unwrap().get(), amount, "{text}");
        }
        for text in ["", ".", ".5", "5.", "1.2.3", "+1", "-1", "1e3", "1,5", "1_000", " 1", "1 ", "٤", "0x1"] {
            assert_eq!(MinorUnits::from_major(text, 2), Err(MinorUnits::WANTED_MAJOR), "{text}");
        }
    }

    #[test]
    fn text_of_any_length_is_an_amount_or_refused() {
        let zeros = "0".repeat(100_000);
        assert_eq!(MinorUnits::from_major(&format!("{zeros}1.5{zeros}"), 2).unwrap().get(), 150);
        assert_eq!(MinorUnits::from_major(&format!("1{zeros}"), 2), Err(TOO_MUCH_MAJOR));
        assert!(MinorUnits::from_major(&format!("1.{zeros}1"), 2).unwrap_err().contains("more decimals"));
    }

    #[test]
    fn nothing_is_no_positive_amount() {
        assert!(MinorUnits(0).positive().is_err());
        assert_eq!(MinorUnits(1).positive(), Ok(MinorUnits(1)));
    }

    #[test]
    fn a_number_is_written_as_javascript_writes_it() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (49.9, "49.9"),
            (0.1 + 0.2, "0.30000000000000004"),
            (999_999_999_999_999_900_000.0, "999999999999999900000"),
            (1e21, "1e+21"),
            (-1.5e300, "-1.5e+300"),
            (0.000_001, "0.000001"),
            (1.5e-7, "1.5e-7"),
            (5e-324, "5e-324"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(decimal_text(number), text);
        }
    }

    #[test]
    fn a_code_of_the_standard_is_found_in_upper_case_only() {
        let exponent = |text: &str| Currency::parse(text.into()).unwrap().exponent().ok();
        assert_eq!([exponent("EUR"), exponent("JPY"), exponent("eur")], [Some(2), Some(0), None]);
        // The end of one code and the beginning of the next.
        assert_eq!([exponent("FCL"), exponent("EDA"), exponent("LFU")], [None, None, None]);
        assert_eq!(Currency::parse_iso("eUr".into()).unwrap().exponent(), Ok(2));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>(), exponent in any::<u32>()) {
            let _ = MinorUnits::from_major(&text, exponent % 100);
        }

        #[test]
        fn an_amount_is_read_back(amount in 0..=MAX, exponent in 0_u32..=4, zeros in 0_usize..4) {
            let zeros = "0".repeat(zeros);
            let unit = 10_u64.pow(exponent);
            let (whole, fraction) = (amount.div_euclid(unit), amount.rem_euclid(unit));
            let text = match exponent {
                0 => format!("{zeros}{whole}"),
                _ => format!("{zeros}{whole}.{fraction:0>width$}{zeros}", width = exponent as usize),
            };
            prop_assert_eq!(MinorUnits::from_major(&text, exponent), Ok(MinorUnits(amount)));
        }

        #[test]
        fn one_decimal_too_many_is_never_rounded(amount in 0..MAX, exponent in 0_u32..=4, last in 1_u8..=9) {
            let text = format!("{amount}.{:0>width$}{last}", "", width = exponent as usize);
            prop_assert!(MinorUnits::from_major(&text, exponent).unwrap_err().contains("more decimals"));
        }

        #[test]
        fn the_text_of_a_number_means_the_number(number in any::<f64>()) {
            let text = decimal_text(number);
            prop_assert!(number.is_nan() || text.parse::<f64>().unwrap() == number, "{text}");
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
