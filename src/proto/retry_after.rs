//! When a service wants to be asked again.
//!
//! In: the `Retry-After` and `retry-after-ms` headers as they came. Out: how long to wait from now. It reads seconds
//! (whole or decimal), the three forms of an HTTP date (RFC 9110 §5.6.7), seconds and milliseconds since 1970, and
//! lists that a proxy folded into one line, of which the latest counts. What it cannot read counts as absent.

use core::time::Duration;

/// A point in time: milliseconds since 1970 (UTC).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub u64);

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
    pub fn wait_from(&self, now: Timestamp) -> Option<Duration> {
        let of_milliseconds = self.milliseconds.and_then(|text| decimal(text.trim_ascii(), 0));
        let of_seconds = self.seconds_or_date.and_then(|text| latest(text, now));
        of_milliseconds.max(of_seconds).map(Duration::from_millis)
    }
}

/// The longest wait of a list, in milliseconds. A date's own comma cuts the day's name off, which means nothing alone.
fn latest(list: &str, now: Timestamp) -> Option<u64> {
    list.split(',').map(str::trim_ascii).filter_map(|item| delay(item, now).or_else(|| until(item, now))).max()
}

fn delay(text: &str, now: Timestamp) -> Option<u64> {
    let milliseconds = decimal(text, 3)?;
    let seconds = milliseconds / 1000;
    Some(if seconds > LEAST_EPOCH_MILLISECONDS {
        seconds.saturating_sub(now.0)
    } else if seconds > LEAST_EPOCH_SECONDS {
        milliseconds.saturating_sub(now.0)
    } else {
        milliseconds
    })
}

fn until(date: &str, now: Timestamp) -> Option<u64> {
    Some(http_date(date)?.saturating_sub(now.0))
}

/// A number with an optional fraction, moved `places` to the left and rounded up.
fn decimal(text: &str, places: u32) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut number = digits(whole)?;
    let mut fraction_digits = fraction.chars();
    for _ in 0..places {
        let digit = fraction_digits.next().unwrap_or('0').to_digit(10)?;
        number = number.saturating_mul(10).saturating_add(u64::from(digit));
    }
    digits(fraction)?;
    let rest_is_zero = fraction_digits.all(|digit| digit == '0');
    Some(if rest_is_zero { number } else { number.saturating_add(1) })
}

/// One or more decimal digits; saturates, since a wait of 500 million years needs no more precision.
fn digits(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.chars()
        .try_fold(0_u64, |number, digit| Some(number.saturating_mul(10).saturating_add(u64::from(digit.to_digit(10)?))))
}

/// An HTTP date in milliseconds since 1970, with or without the day's name before it:
/// `06 Nov 1994 08:49:37 GMT`, `06-Nov-94 08:49:37 GMT`, `Nov  6 08:49:37 1994`.
fn http_date(text: &str) -> Option<u64> {
    let mut words = text.split([' ', '-']).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_some_and(|word| WEEKDAYS.contains(word)) {
        words.next();
    }
    let [first, second, third, fourth] = [words.next()?, words.next()?, words.next()?, words.next()?];
    let zone = words.next();
    if words.next().is_some() {
        return None;
    }
    match (month(first), zone) {
        (Some(month), None) => timestamp(digits(fourth)?, month, digits(second)?, third),
        (None, Some("GMT")) => timestamp(year(third)?, month(second)?, digits(first)?, fourth),
        _ => None,
    }
}

const WEEKDAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// 0 for January.
fn month(name: &str) -> Option<u64> {
    (0..).zip(MONTHS).find(|(_, month)| **month == name).map(|(index, _)| index)
}

/// A year of two digits is one of 1970 to 2069: a service that is older than the web does not ask to be retried.
fn year(text: &str) -> Option<u64> {
    let year = digits(text)?;
    Some(match (text.len(), year) {
        (2, 70..) => year.saturating_add(1900),
        (2, _) => year.saturating_add(2000),
        _ => year,
    })
}

fn timestamp(year: u64, month: u64, day: u64, time: &str) -> Option<u64> {
    let mut parts = time.split(':').map(digits);
    let [hour, minute, second] = [parts.next()??, parts.next()??, parts.next()??];
    // 60: a leap second.
    if parts.next().is_some() || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let hours = days_since_1970(year, month, day)?.checked_mul(24)?.checked_add(hour)?;
    let seconds = hours.checked_mul(60)?.checked_add(minute)?.checked_mul(60)?.checked_add(second)?;
    seconds.checked_mul(1000)
}

/// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the leap day comes last.
/// (Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.)
fn days_since_1970(year: u64, month: u64, day: u64) -> Option<u64> {
    const DAYS_BEFORE_1970: u64 = 719_468;
    let (year, month_from_march) =
        if month < 2 { (year.checked_sub(1)?, month.checked_add(10)?) } else { (year, month.checked_sub(2)?) };
    let leap_days = (year / 4).checked_sub(year / 100)?.checked_add(year / 400)?;
    let day_of_year = month_from_march.checked_mul(153)?.checked_add(2)? / 5;
    let days = year.checked_mul(365)?.checked_add(leap_days)?.checked_add(day_of_year)?.checked_add(day)?;
    days.checked_sub(1)?.checked_sub(DAYS_BEFORE_1970)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT, the RFC's own example.
    const NOVEMBER_1994: u64 = 784_111_777_000;

    fn wait(text: &str, now: u64) -> Option<u64> {
        let header = RetryAfter { seconds_or_date: Some(text), milliseconds: None };
        header.wait_from(Timestamp(now)).map(|wait| wait.as_millis().try_into().unwrap())
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
            assert_eq!(days_since_1970(year, month, day), Some(days), "{year}-{month}-{day}");
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
            prop_assert_eq!(wait(&seconds.to_string(), now), Some(seconds.saturating_mul(1000)));
        }

        #[test]
        fn of_a_list_the_latest_counts(waits in prop::collection::vec(0_u64..100_000, 1..6)) {
            let list = waits.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            prop_assert_eq!(wait(&list, 0), waits.iter().max().map(|seconds| seconds.saturating_mul(1000)));
        }
    }
}
