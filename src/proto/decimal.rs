//! Numbers in decimal digits. They saturate: who asks has a limit far below 2^64.

use super::text::cut;

/// One or more digits, which may have a fraction, `places` digits of it read as if there were no point. With it comes
/// whether any digit behind those is not zero.
pub fn fixed_point(text: &str, places: u32) -> Option<(u64, bool)> {
    let (whole, fraction) = cut(text, b'.');
    let mut number = digits(whole)?;
    let fraction = fraction.unwrap_or("0");
    digits(fraction)?;
    let mut fraction = fraction.bytes();
    for _ in 0..places {
        number = append(number, fraction.next().unwrap_or(b'0'));
    }
    Some((number, fraction.any(|digit| digit != b'0')))
}

/// One or more digits.
pub fn digits(text: &str) -> Option<u64> {
    let mut number = 0_u64;
    for digit in text.bytes() {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = append(number, digit);
    }
    if text.is_empty() { None } else { Some(number) }
}

fn append(number: u64, digit: u8) -> u64 {
    number.saturating_mul(10).saturating_add(u64::from(digit).wrapping_sub(48))
}
