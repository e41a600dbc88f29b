//! Whether a webhook comes from the service that it claims to come from.
//!
//! In: the header with the signature, the body as it arrived, the secret and the time. Out: nothing, or the [`Reason`] why not. What
//! the body says is not its job: nothing of it is read before it is known whose it is.
//!
//! The header is `t=<unix seconds>,v1=<hex>`, and each `v1` is the HMAC-SHA256 of `<t>.<body>` by one of the endpoint's secrets. Or
//! it is the HMAC-SHA256 of the body alone.

use super::{
    digest::{Tag, from_hex},
    text::{cut, digits_behind, is_blank, part},
    time::Timestamp,
};

/// How far a signature's time may be from now, either way, where nobody says otherwise: as in the service's own SDK.
pub const DEFAULT_TOLERANCE_SECONDS: u64 = 300;

/// As many signatures of one header are compared. A rotation of secrets makes two.
const MOST_SIGNATURES: usize = 16;

/// Why a webhook is not to be trusted, in the order in which it is checked: a body is read last, since anybody can send a
/// large one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is no secret to verify with.
    MissingSecret,
    /// There is no signature.
    MissingHeader,
    /// The header is not what the service sends.
    MalformedHeader,
    /// It was signed too long ago, or too far ahead.
    TimestampOutsideTolerance,
    /// No signature is that of this secret, this time and this body.
    SignatureMismatch,
    /// The same, and the secret has a blank or a control character in it: most likely a line break that was copied with it.
    InvalidSecret,
}

impl Reason {
    /// Every reason there is, in the order they are looked for.
    pub const ALL: &[Self] = &[
        Self::MissingSecret,
        Self::MissingHeader,
        Self::MalformedHeader,
        Self::TimestampOutsideTolerance,
        Self::SignatureMismatch,
        Self::InvalidSecret,
    ];

    /// Name and message of each, in their order.
    const TEXTS: &str = "missing_secret|there is no webhook secret: pass the text that the service's dashboard showed|\
        missing_header|there is no {} header: the request is not from the service, or a proxy took it off|\
        malformed_header|the {} header is not what the service sends: pass it whole, as it arrived|\
        timestamp_outside_tolerance|the time in the {} header is too far from now: refuse it, and check the clock|\
        signature_mismatch|the signature is not of this secret and this body: the secret is another endpoint's or was \
        rotated, or the body is not the raw one, as it arrived, before any JSON parser|\
        invalid_secret|the signature does not match, and the webhook secret has a blank, a line break or a control character in it: trim it|";

    /// The reason for programs.
    pub fn as_str(self) -> &'static str {
        part(Self::TEXTS, (self as u32).wrapping_mul(2))
    }

    /// The reason for people: what happened, and what to do. `{}` stands for the name of the header.
    pub fn message(self) -> &'static str {
        part(Self::TEXTS, (self as u32).wrapping_mul(2).wrapping_add(1))
    }
}

/// Verifies that a body was signed with `secret` not longer ago, and not further ahead, than `tolerance_seconds`; parts
/// of a second do not count. The secret is text as the dashboard shows it, with its prefix.
pub fn verify(
    header: Option<&str>,
    body: &[u8],
    secret: &str,
    now: Timestamp,
    tolerance_seconds: u64,
) -> Result<(), Reason> {
    let header = check(header, secret, now, tolerance_seconds)?;
    let right = Tag::new(secret.as_bytes(), &[header.time_text.as_bytes(), b".", body]);
    matched(right.is_some_and(|right| header.has(&right)), secret)
}

fn matched(is_right: bool, secret: &str) -> Result<(), Reason> {
    match is_right {
        true => Ok(()),
        false if secret.bytes().any(|byte| byte <= b' ' || byte == 0x7f) => Err(Reason::InvalidSecret),
        false => Err(Reason::SignatureMismatch),
    }
}

/// Verifies that a body was signed with `secret`, where the header is nothing but the signature.
///
/// There is no time in it, so whoever has one such request can send it again.
pub fn verify_bare(header: Option<&str>, body: &[u8], secret: &str) -> Result<(), Reason> {
    let signature = check_bare(header, secret)?;
    matched(Tag::new(secret.as_bytes(), &[body]).is_some_and(|right| right.is(signature)), secret)
}

/// Checks all of that which can be checked without the body.
pub fn check_bare(header: Option<&str>, secret: &str) -> Result<[u8; 32], Reason> {
    let header = given(header, secret)?;
    from_hex(header.trim_ascii()).ok_or(Reason::MalformedHeader)
}

/// The header, where it and a secret are there.
fn given<'a>(header: Option<&'a str>, secret: &str) -> Result<&'a str, Reason> {
    if is_blank(secret) {
        return Err(Reason::MissingSecret);
    }
    header.filter(|header| !is_blank(header)).ok_or(Reason::MissingHeader)
}

/// Checks all that can be checked without the body.
pub fn check<'a>(
    header: Option<&'a str>,
    secret: &str,
    now: Timestamp,
    tolerance_seconds: u64,
) -> Result<Header<'a>, Reason> {
    let header = Header::parse(given(header, secret)?).ok_or(Reason::MalformedHeader)?;
    let distance = header.time.abs_diff(now.0 / 1000);
    if distance > tolerance_seconds { Err(Reason::TimestampOutsideTolerance) } else { Ok(header) }
}

/// What the header says.
pub struct Header<'a> {
    /// The time as it was signed, which may have zeros at its front.
    time_text: &'a str,
    /// In seconds since 1970.
    time: u64,
    signatures: Vec<[u8; 32]>,
}

impl<'a> Header<'a> {
    /// Takes one time and at least one signature, in any order and with blanks around them. Of other schemes nothing is
    /// asked, and a signature that cannot be one is none.
    fn parse(text: &'a str) -> Option<Self> {
        let mut time_text = None;
        let mut signatures = Vec::new();
        let mut list = Some(text);
        while let Some(parts) = list {
            let (part, rest) = cut(parts, b',');
            list = rest;
            match cut(part.trim_ascii(), b'=') {
                ("t", Some(_)) if time_text.is_some() => return None,
                ("t", Some(value)) => time_text = Some(value),
                ("v1", Some(value)) if signatures.len() < MOST_SIGNATURES => signatures.extend(from_hex(value)),
                _ => {}
            }
        }
        let time_text = time_text?;
        if signatures.is_empty() { None } else { Some(Self { time_text, time: seconds(time_text)?, signatures }) }
    }

    /// Whether one of the signatures is `right`. All are compared, so that it takes as long whichever it is.
    fn has(&self, right: &Tag) -> bool {
        let mut found = false;
        for signature in &self.signatures {
            found |= right.is(*signature);
        }
        found
    }
}

/// 1 to 15 digits.
fn seconds(text: &str) -> Option<u64> {
    if text.len() > 15 { None } else { digits_behind(0, text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_name_and_says_what_to_do() {
        let names: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(
            names,
            [
                "missing_secret",
                "missing_header",
                "malformed_header",
                "timestamp_outside_tolerance",
                "signature_mismatch",
                "invalid_secret"
            ]
        );
        for reason in Reason::ALL {
            let said = reason.message();
            assert!(said.len() > 60 && !said.contains("  ") && !said.ends_with('.'), "{said}");
        }
    }

    #[test]
    fn a_tolerance_without_end_takes_any_time() {
        let tag = Tag::new(b"secret", &[b"0.{}"]).unwrap().into_hex();
        let header = format!("t=0,v1={tag}");
        assert_eq!(verify(Some(&header), b"{}", "secret", Timestamp(u64::MAX), u64::MAX), Ok(()));
    }
}
