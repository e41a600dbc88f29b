//! What a person sees while they wait.
//!
//! In: what is being done. Out: one line on stderr for it, and one when it is done.
//! Not its job: results, which go to stdout. No colour, no cursor movement: the lines read the same in a log.

use std::time::{Duration, Instant};

/// A piece of work that has begun.
pub struct Task {
    command: &'static str,
    began: Instant,
}

/// Says on stderr what begins now.
pub fn begin(command: &'static str, what: &str) -> Task {
    say(command, what);
    Task { command, began: Instant::now() }
}

/// Says one thing on stderr.
pub fn say(command: &'static str, what: &str) {
    eprintln!("{command:<6} {what}");
}

impl Task {
    /// Says that the work is done, and how long it took.
    pub fn done(self) {
        say(self.command, &format!("done in {}", seconds(self.began.elapsed())));
    }
}

/// `0.3 s`, `4.1 s`, `75 s`.
pub fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 10.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") }
}

/// `1 byte`, `2 bytes`, `14,703 bytes` (or any other noun with a plural in s).
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}

/// `14,703`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(14_703), "14,703");
        assert_eq!(thousands(1_000_000), "1,000,000");
    }

    #[test]
    fn a_short_time_has_a_decimal_and_a_long_one_has_none() {
        assert_eq!(seconds(Duration::from_millis(340)), "0.3 s");
        assert_eq!(seconds(Duration::from_millis(75_200)), "75 s");
    }
}
