//! Any `Retry-After`.
//!
//! In: text of three lines: `retry-after`, `retry-after-ms` and the time of day in milliseconds since 1970. What must
//! hold: of several waits the longest counts; a delay and a date in each of its three forms are read as what they say.

use refport_edge::proto::{
    retry_after::RetryAfter,
    time::{Millis, Timestamp},
};

/// What an input can come to.
pub const ENDS: &[&str] = &["a wait", "no wait", "nothing that can be read"];

/// What headers are made of.
pub const WORDS: &[&str] = &[
    "\n",
    "\n",
    "0",
    "1",
    "2",
    "7",
    "9",
    "30",
    "120",
    "3600",
    "99",
    "1795255200",
    "1795255200000",
    ".",
    ",",
    ", ",
    " ",
    "-",
    ":",
    "Sun, ",
    "Sunday, ",
    "Mon",
    "Nov",
    "Feb",
    " GMT",
    "06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 2026",
    "Sat, 21 Nov 2026 10:00:09 GMT",
    "08:49:37",
    "1994",
    "+",
    "e9",
    "x",
];

/// Checks one input.
pub fn run(bytes: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n');
    let [header, milliseconds, now] = [(); 3].map(|()| lines.next());
    let now = now.and_then(|now| now.trim().parse().ok()).unwrap_or(1_795_255_200_000);
    let wait = |seconds_or_date, milliseconds| RetryAfter { seconds_or_date, milliseconds }.wait_from(Timestamp(now));

    let found = wait(header, milliseconds);
    assert_eq!(found, wait(header, None).max(wait(None, milliseconds)), "of two headers the longer counts");
    let items = header.into_iter().flat_map(|header| header.split(','));
    assert_eq!(wait(header, None), items.map(|item| wait(Some(item), None)).max().flatten(), "of a list the latest");
    if let Some(delay) = header.filter(|header| is_number(header, 9)) {
        let seconds: u64 = delay.parse().expect("digits");
        assert_eq!(wait(header, None), Some(Millis::saturating_from(seconds * 1000)), "a delay in seconds");
    }
    if let Some(delay) = milliseconds.filter(|milliseconds| is_number(milliseconds, 15)) {
        let delay = delay.parse().expect("digits");
        assert_eq!(wait(None, milliseconds), Some(Millis::saturating_from(delay)), "a delay in milliseconds");
    }
    assert!(
        header.is_none_or(|header| header.bytes().any(|byte| byte.is_ascii_digit())) || wait(header, None).is_none()
    );
    // Some date, made of what there is: any time of 1970 to 2069, read long before it, shortly before it and after it.
    let seed = bytes.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(*byte));
    let seconds = seed % 3_155_760_000;
    let (before, after) = ((seconds * 1000).saturating_sub(seed % 4_000_000_000), seconds * 1000 + seed % 3000);
    dates_are_read(seconds, [now, before, after]);
    match found {
        Some(Millis(0)) => ENDS[1],
        Some(_) => ENDS[0],
        None => ENDS[2],
    }
}

fn is_number(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The three forms of one date (RFC 9110 §5.6.7).
fn dates_are_read(seconds: u64, nows: [u64; 3]) {
    const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (days, time) = (seconds / 86_400, seconds % 86_400);
    let time = format!("{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60);
    let weekday = WEEKDAYS[(days % 7) as usize];
    let (year, month, day) = calendar(days);
    let (short, month) = (&weekday[..3], MONTHS[month]);
    for date in [
        format!("{short}, {day:02} {month} {year} {time} GMT"),
        format!("{weekday}, {day:02}-{month}-{:02} {time} GMT", year % 100),
        format!("{short} {month} {day:2} {time} {year}"),
    ] {
        let header = RetryAfter { seconds_or_date: Some(&date), milliseconds: None };
        for now in nows {
            let wanted = Millis::saturating_from((seconds * 1000).saturating_sub(now));
            assert_eq!(header.wait_from(Timestamp(now)), Some(wanted), "{date}");
        }
    }
}

/// The date so many days after 1 January 1970, by counting: year, month from 0, day from 1.
fn calendar(mut days: u64) -> (u64, usize, u64) {
    let mut year = 1970;
    loop {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let february = if is_leap { 29 } else { 28 };
        for (month, length) in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
            if days < length {
                return (year, month, days + 1);
            }
            days -= length;
        }
        year += 1;
    }
}
