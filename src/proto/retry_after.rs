//! When a service wants to be asked again.
//!
//! In: the `Retry-After` and `retry-after-ms` headers as they came. Out: how long to wait from now. It reads seconds
//! (whole or decimal), the three forms of an HTTP date (RFC 9110 §5.6.7), and seconds and milliseconds since 1970. It reads
//! lists too, which a proxy folded into one line; the latest counts. What it cannot read counts as absent.

use super::{
    text::{Names, cut, cut_where, digit_behind, digits_behind},
    time::{Millis, Timestamp},
};

/// The two headers.
#[derive(Debug, Default, Clone, Copy)]
pub struct RetryAfter<'a> {
    /// `retry-after`
    pub seconds_or_date: Option<&'a str>,
    /// `retry-after-ms`, which some gateways send beside it
    pub milliseconds: Option<&'a str>,
}

/// Numbers above these are no delays but times since 1970: 1e9 s is in 2001, 1e11 ms in 1973.
const LEAST_EPOCH_SECONDS: u64 = 1_000_000_000;
const LEAST_EPOCH_MILLISECONDS: u64 = 100_000_000_000;

impl RetryAfter<'_> {
    /// How long to wait from `now`, if either header says so; the longer where both do. A time that has passed is no wait.
    pub fn wait_from(&self, now: Timestamp) -> Option<Millis> {
        let in_milliseconds = self.milliseconds.and_then(|text| decimal(text.trim_ascii(), 0));
        let mut is_asked = in_milliseconds.is_some();
        let mut longest = in_milliseconds.unwrap_or_default();
        let mut list = self.seconds_or_date;
        while let Some(items) = list {
            // A date's own comma cuts the day's name off, which means nothing alone.
            let (item, rest) = cut(items, b',');
            if let Some(wait) = delay(item.trim_ascii(), now) {
                is_asked = true;
                longest = longest.max(wait);
            }
            list = rest;
        }
        if is_asked { Some(Millis::saturating_from(longest)) } else { None }
    }
}

/// The wait that one item asks for, in milliseconds.
fn delay(item: &str, now: Timestamp) -> Option<u64> {
    let Some(milliseconds) = decimal(item, 3) else {
        return http_date(item).map(|date| date.saturating_sub(now.0));
    };
    let seconds = milliseconds / 1000;
    Some(if seconds > LEAST_EPOCH_MILLISECONDS {
        seconds.saturating_sub(now.0)
    } else if seconds > LEAST_EPOCH_SECONDS {
        milliseconds.saturating_sub(now.0)
    } else {
        milliseconds
    })
}

/// A number with an optional fraction, moved `places` to the left and rounded up. It saturates, since a wait of 500
/// million years needs no more precision.
fn decimal(text: &str, places: u32) -> Option<u64> {
    let (whole, fraction) = cut(text, b'.');
    let mut number = digits_behind(0, whole)?;
    let fraction = fraction.unwrap_or("0");
    digits_behind(0, fraction)?;
    let mut fraction = fraction.bytes();
    for _ in 0..places {
        number = digit_behind(number, fraction.next().unwrap_or(b'0'));
    }
    let rounded = fraction.any(|digit| digit != b'0');
    Some(number.saturating_add(rounded.into()))
}

/// An HTTP date in milliseconds since 1970, with or without the day's name before it:
/// `06 Nov 1994 08:49:37 GMT`, `06-Nov-94 08:49:37 GMT`, `Nov  6 08:49:37 1994`.
fn http_date(text: &str) -> Option<u64> {
    let mut numbers = [0; 5];
    let mut count = 0_usize;
    let mut month = None;
    let mut month_first = false;
    let mut rest = Some(text);
    while let Some(words) = rest {
        let (word, after) = cut_where(words, is_between);
        rest = after;
        if let Some(number) = digits_behind(0, word) {
            *numbers.get_mut(count)? = number;
            count = count.wrapping_add(1);
        } else if !word.is_empty() {
            let index = WORDS.find(word)?;
            if index < 12 {
                month = Some(index.into());
                month_first = count == 0;
            }
        }
    }
    let [day, a, b, c, d] = numbers;
    let (year, time) = if month_first { (d, [a, b, c]) } else { (a, [b, c, d]) };
    if count == 5 { timestamp(full_year(year), month?, day, time) } else { None }
}

fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b':')
}

/// The months, from 0 on, and behind them what says nothing.
const WORDS: Names<'static> = Names("Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,GMT,Mon,Tue,Wed,Thu,Fri,Sat,Sun,");

/// A year of two digits is one of 1970 to 2069: a service that is older than the web does not ask to be retried.
fn full_year(year: u64) -> u64 {
    match year {
        0..70 => year.wrapping_add(2000),
        70..100 => year.wrapping_add(1900),
        _ => year,
    }
}

fn timestamp(year: u64, month: u64, day: u64, [hour, minute, second]: [u64; 3]) -> Option<u64> {
    // Within these nothing below overflows. 60: a leap second.
    #[expect(clippy::manual_range_contains, reason = "a call of `contains` for each weighs more")]
    if year < 1970 || year > 9999 || day == 0 || day > 31 || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let hours = days_since_1970(year, month, day).wrapping_mul(24).wrapping_add(hour);
    Some(hours.wrapping_mul(60).wrapping_add(minute).wrapping_mul(60).wrapping_add(second).wrapping_mul(1000))
}

/// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the leap day comes last.
/// (Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.)
fn days_since_1970(year: u64, month: u64, day: u64) -> u64 {
    const DAYS_BEFORE_1970: u64 = 719_469;
    let (year, month_from_march) =
        if month < 2 { (year.wrapping_sub(1), month.wrapping_add(10)) } else { (year, month.wrapping_sub(2)) };
    let leap_days = (year / 4).wrapping_sub(year / 100).wrapping_add(year / 400);
    let day_of_year = month_from_march.wrapping_mul(153).wrapping_add(2) / 5;
    let days = year.wrapping_mul(365).wrapping_add(leap_days).wrapping_add(day_of_year).wrapping_add(day);
    days.wrapping_sub(DAYS_BEFORE_1970)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT, the RFC's own example.
    const NOVEMBER_1994: u64 = 784_111_777_000;

    fn wait(text: &str, now: u64) -> Option<u64> {
        let header = RetryAfter { seconds_or_date: Some(text), milliseconds: None };
        header.wait_from(Timestamp(now)).map(|wait| wait.0.into())
    }

    #[test]
    fn a_year_of_dates_agrees_with_the_calendar() {
        let known = [
            (1970, 0, 1, 0),
            (1999, 11, 31, 10_956),
            (2000, 1, 29, 11_016),
            (2000, 2, 1, 11_017),
            (2026, 10, 21, 20_778),
            (2100, 2, 1, 47_541),
        ];
        for (year, month, day, days) in known {
            assert_eq!(days_since_1970(year, month, day), days, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn the_three_forms_of_a_date_mean_the_same() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(wait(text, NOVEMBER_1994 - 1500), Some(1500), "{text}");
            assert_eq!(wait(text, NOVEMBER_1994 + 1), Some(0), "{text}");
        }
    }

    #[test]
    fn a_fraction_is_never_cut_short() {
        assert_eq!(wait("1.0001", 0), Some(1001));
        assert_eq!(wait("0.5", 0), Some(500));
        assert_eq!(wait("1.", 0), None);
    }

    proptest! {
        #[test]
        fn any_header_is_read_without_a_panic(text in any::<String>(), now in any::<u64>()) {
            let _ = wait(&text, now);
        }

        #[test]
        fn header_like_text_is_read_without_a_panic(text in "[A-Za-z0-9 ,:.\\-]{0,40}", now in any::<u64>()) {
            let _ = wait(&text, now);
        }

        #[test]
        fn a_delay_in_seconds_is_read_back(seconds in 0_u64..=LEAST_EPOCH_SECONDS, now in any::<u64>()) {
            prop_assert_eq!(wait(&seconds.to_string(), now), Some(seconds.saturating_mul(1000).min(u32::MAX.into())));
        }

        #[test]
        fn of_a_list_the_latest_counts(waits in prop::collection::vec(0_u64..100_000, 1..6)) {
            let list = waits.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            prop_assert_eq!(wait(&list, 0), waits.iter().max().map(|seconds| seconds.saturating_mul(1000)));
        }
    }
}
