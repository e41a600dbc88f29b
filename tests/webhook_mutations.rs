//! Ten thousand webhooks that somebody tampered with, of which none may be accepted.
//!
//! Each is a signed webhook with one thing changed. A second, slow reading of the header says whether the change means
//! anything: one that does must be refused, and one that does not (blanks, upper-case digits) must not.

#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics fails")]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::arithmetic_side_effects, reason = "likewise")]
#![allow(clippy::cast_possible_truncation, missing_docs, reason = "it is no API")]

#[path = "support/dice.rs"]
mod dice;

use std::collections::BTreeMap;

use dice::Dice;
use proptest::prelude::*;
use refport_edge::proto::{
    digest::Tag,
    time::Timestamp,
    webhook::{DEFAULT_TOLERANCE_SECONDS, Reason, verify},
};
use serde_json::{Value as Json, json};

const MUTATIONS: usize = 10_000;
const SECRETS: [&str; 3] = ["whsec_new", "whsec_old", "whsec_of_another_endpoint"];

/// What arrives, and what the shop has.
#[derive(Clone, PartialEq)]
struct Webhook {
    header: String,
    body: Vec<u8>,
    secret: String,
    now: u64,
}

impl Webhook {
    /// Signed with one secret or, in a rotation, with two, of which the shop has the one or the other.
    fn signed(dice: &mut Dice) -> Self {
        let event = json!({
            "event": "conversion.created",
            "data": {"conversionId": format!("conv_{:x}", dice.next()), "amount": dice.below(100_000) + 1, "currency": "EUR"},
            "timestamp": "2026-11-21T10:00:00.000Z",
        });
        let body = event.to_string().into_bytes();
        let time = 1_700_000_000 + dice.below(200_000_000);
        let mut header = format!("t={time}");
        let signers = &SECRETS[..1 + dice.below(2) as usize];
        for secret in signers {
            header += &format!(",v1={}", signature(secret, &time.to_string(), &body));
        }
        let secret = signers[dice.below(signers.len() as u64) as usize].to_owned();
        Self { header, body, secret, now: time * 1000 + dice.below(1000) }
    }

    fn verify(&self) -> Result<(), Reason> {
        verify(Some(&self.header), &self.body, &self.secret, Timestamp(self.now), DEFAULT_TOLERANCE_SECONDS)
    }

    /// Whether this is the webhook that was `signed`, in other words at most.
    fn means(&self, signed: &Self) -> bool {
        let (Some((time, signatures)), Some((signed_time, _))) = (read(&self.header), read(&signed.header)) else {
            return false;
        };
        let in_time = (self.now / 1000).abs_diff(time.parse().unwrap()) <= DEFAULT_TOLERANCE_SECONDS;
        let right = signature(&signed.secret, &signed_time, &signed.body);
        let same = (&self.body, &self.secret, &time) == (&signed.body, &signed.secret, &signed_time);
        same && in_time && signatures.contains(&right)
    }
}

fn signature(secret: &str, time: &str, body: &[u8]) -> String {
    Tag::new(secret.as_bytes(), &[time.as_bytes(), b".", body]).unwrap().into_hex()
}

/// The time and the signatures of a header, read the slow way.
fn read(header: &str) -> Option<(String, Vec<String>)> {
    let parts = header.split(',').map(|part| part.trim_matches(|character: char| character.is_ascii_whitespace()));
    let pairs: Vec<_> = parts.filter_map(|part| part.split_once('=')).collect();
    let values = |name: &str| pairs.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.to_owned()).collect();
    let times: Vec<String> = values("t");
    let signatures: Vec<String> = values("v1");
    let is_signature = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let signatures: Vec<_> =
        signatures.iter().filter(|text| is_signature(text)).map(|text| text.to_lowercase()).take(16).collect();
    let [time] = &times[..] else { return None };
    let is_time = (1..=15).contains(&time.len()) && time.bytes().all(|byte| byte.is_ascii_digit());
    (is_time && !signatures.is_empty()).then(|| (time.clone(), signatures))
}

type Mutation = fn(&mut Webhook, &mut Dice);

const ALL: &[(&str, Mutation)] = &[
    ("a bit of the header", |webhook, dice| {
        let mut bytes = webhook.header.clone().into_bytes();
        flip(&mut bytes, dice);
        webhook.header = latin1(&bytes);
    }),
    ("a bit of the body", |webhook, dice| flip(&mut webhook.body, dice)),
    ("a bit of the secret", |webhook, dice| {
        let mut bytes = webhook.secret.clone().into_bytes();
        flip(&mut bytes, dice);
        webhook.secret = latin1(&bytes);
    }),
    ("a bit of a signature", |webhook, dice| {
        let at = webhook.header.find("v1=").unwrap() + 3 + dice.below(64) as usize;
        let digit = u8::from_str_radix(&webhook.header[at..=at], 16).unwrap() ^ 1 << dice.below(4);
        webhook.header.replace_range(at..=at, &format!("{digit:x}"));
    }),
    ("the header cut short", |webhook, dice| {
        let length = dice.below(webhook.header.len() as u64) as usize;
        webhook.header.truncate(length);
    }),
    ("the header's beginning cut off", |webhook, dice| {
        let from = 1 + dice.below(webhook.header.len() as u64 - 1) as usize;
        webhook.header = webhook.header.split_off(from);
    }),
    ("a byte of the header left out", |webhook, dice| {
        let at = dice.below(webhook.header.len() as u64) as usize;
        webhook.header.remove(at);
    }),
    ("a byte put into the header", |webhook, dice| {
        let at = dice.below(webhook.header.len() as u64 + 1) as usize;
        webhook.header.insert(at, char::from(dice.below(256) as u8));
    }),
    ("the case of a letter of the header", |webhook, dice| {
        let mut bytes = webhook.header.clone().into_bytes();
        change_case(&mut bytes, dice);
        webhook.header = latin1(&bytes);
    }),
    ("the body cut short", |webhook, dice| {
        let length = dice.below(webhook.body.len() as u64) as usize;
        webhook.body.truncate(length);
    }),
    ("a byte of the body left out", |webhook, dice| {
        let at = dice.below(webhook.body.len() as u64) as usize;
        webhook.body.remove(at);
    }),
    ("a byte put into the body", |webhook, dice| {
        let at = dice.below(webhook.body.len() as u64 + 1) as usize;
        webhook.body.insert(at, dice.below(256) as u8);
    }),
    ("bytes behind the body", |webhook, dice| {
        let behind: [&[u8]; 5] = [b"\n", b" ", b"\0", b"{}", b"\x80\0\0\0\0\0\0\0"];
        webhook.body.extend(behind[dice.below(5) as usize]);
    }),
    ("the case of a letter of the body", |webhook, dice| change_case(&mut webhook.body, dice)),
    ("two bytes of the body swapped", |webhook, dice| {
        let length = webhook.body.len() as u64;
        let (a, b) = (dice.below(length) as usize, dice.below(length) as usize);
        webhook.body.swap(a, b);
    }),
    ("the body parsed and written again", |webhook, dice| {
        let event: Json = serde_json::from_slice(&webhook.body).unwrap();
        webhook.body = match dice.below(3) {
            0 => serde_json::to_vec_pretty(&event).unwrap(),
            1 => event.to_string().replace(':', ": ").into_bytes(),
            _ => {
                let members = event.as_object().unwrap().iter().rev();
                let members: serde_json::Map<_, _> = members.map(|(key, value)| (key.clone(), value.clone())).collect();
                Json::from(members).to_string().into_bytes()
            }
        };
    }),
    ("another amount", |webhook, dice| {
        let mut event: Json = serde_json::from_slice(&webhook.body).unwrap();
        let amount = event["data"]["amount"].as_u64().unwrap();
        event["data"]["amount"] = json!(amount + 1 + dice.below(1000));
        webhook.body = event.to_string().into_bytes();
    }),
    ("a part of the header twice", |webhook, dice| {
        edit_parts(webhook, |parts| {
            let at = dice.below(parts.len() as u64) as usize;
            let to = dice.below(parts.len() as u64 + 1) as usize;
            parts.insert(to, parts[at].clone());
        })
    }),
    ("a part of the header left out", |webhook, dice| {
        edit_parts(webhook, |parts| {
            parts.remove(dice.below(parts.len() as u64) as usize);
        })
    }),
    ("a second time", |webhook, dice| {
        edit_parts(webhook, |parts| {
            let to = dice.below(parts.len() as u64 + 1) as usize;
            parts.insert(to, format!("t={}", 1_700_000_000 + dice.below(200_000_000)));
        })
    }),
    ("two parts of the header swapped", |webhook, dice| {
        edit_parts(webhook, |parts| {
            let length = parts.len() as u64;
            parts.swap(dice.below(length) as usize, dice.below(length) as usize);
        })
    }),
    ("the names of two parts swapped", |webhook, _| {
        webhook.header = webhook.header.replace("t=", "x=").replace("v1=", "t=").replace("x=", "v1=");
    }),
    ("another scheme", |webhook, dice| {
        let scheme = ["v0=", "v2=", "v10=", "V1=", "v1 =", "v1:", "v1", "1=", "=", ""][dice.below(10) as usize];
        webhook.header = webhook.header.replace("v1=", scheme);
    }),
    ("another time, and a clock that shows it", |webhook, dice| {
        let (time, _) = read(&webhook.header).unwrap();
        let moved = time.parse::<u64>().unwrap() + 1 + dice.below(100_000);
        webhook.header = webhook.header.replace(&time, &moved.to_string());
        webhook.now = moved * 1000;
    }),
    ("the same time in other words", |webhook, dice| {
        let (time, _) = read(&webhook.header).unwrap();
        let others =
            [format!("0{time}"), format!("+{time}"), format!("{time}.0"), format!("{time}000"), format!(" {time}")];
        webhook.header = webhook.header.replace(&time, &others[dice.below(5) as usize]);
    }),
    ("a digit of the time moved to the body", |webhook, _| {
        let (time, _) = read(&webhook.header).unwrap();
        let (shorter, digit) = time.split_at(time.len() - 1);
        webhook.header = webhook.header.replace(&time, shorter);
        webhook.now = shorter.parse::<u64>().unwrap() * 1000;
        webhook.body.splice(0..0, digit.bytes().chain(*b"."));
    }),
    ("a header of another webhook", |webhook, dice| {
        let other = Webhook::signed(dice);
        (webhook.header, webhook.now) = (other.header, other.now);
    }),
    ("a body of another webhook", |webhook, dice| webhook.body = Webhook::signed(dice).body),
    ("a secret that did not sign", |webhook, _| webhook.secret = SECRETS[2].to_owned()),
    ("signatures of a secret that is not the shop's", |webhook, dice| {
        let (time, _) = read(&webhook.header).unwrap();
        webhook.header = format!("t={time}");
        for _ in 0..=dice.below(20) {
            webhook.header += &format!(",v1={}", signature(SECRETS[2], &time, &webhook.body));
        }
    }),
    ("signatures that are guessed", |webhook, dice| {
        let (time, _) = read(&webhook.header).unwrap();
        webhook.header = format!("t={time}");
        for _ in 0..=dice.below(20) {
            let digits: String = (0..4).map(|_| format!("{:016x}", dice.next())).collect();
            webhook.header += &format!(",v1={digits}");
        }
    }),
    ("the body signed without its time", |webhook, _| {
        let (time, _) = read(&webhook.header).unwrap();
        let tag = Tag::new(webhook.secret.as_bytes(), &[&webhook.body]).unwrap();
        webhook.header = format!("t={time},v1={}", tag.into_hex());
    }),
    ("sent again later", |webhook, dice| webhook.now += 301_000 + dice.below(1 << 40)),
    ("sent before its time", |webhook, dice| webhook.now -= 302_000 + dice.below(1 << 40)),
];

fn flip(bytes: &mut [u8], dice: &mut Dice) {
    let at = dice.below(bytes.len() as u64) as usize;
    bytes[at] ^= 1 << dice.below(8);
}

fn change_case(bytes: &mut [u8], dice: &mut Dice) {
    let letters: Vec<_> = bytes.iter_mut().filter(|byte| byte.is_ascii_alphabetic()).collect();
    let at = dice.below(letters.len() as u64) as usize;
    *letters.into_iter().nth(at).unwrap() ^= 0x20;
}

fn edit_parts(webhook: &mut Webhook, edit: impl FnOnce(&mut Vec<String>)) {
    let mut parts: Vec<_> = webhook.header.split(',').map(str::to_owned).collect();
    edit(&mut parts);
    webhook.header = parts.join(",");
}

/// A header as a platform hands it out: each byte is a character.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

#[test]
fn no_webhook_is_accepted_that_somebody_changed() {
    let mut dice = Dice(0x5eed);
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut mutations, mut same) = (0, 0);
    for (name, mutate) in ALL.iter().cycle() {
        if mutations == MUTATIONS {
            break;
        }
        let signed = Webhook::signed(&mut dice);
        assert_eq!(signed.verify(), Ok(()), "{}", signed.header);
        let mut mutated = signed.clone();
        mutate(&mut mutated, &mut dice);
        let verified = mutated.verify();
        let about = || format!("{name}\n{}\n{}\n{}", mutated.header, mutated.body.escape_ascii(), mutated.secret);
        if mutated.means(&signed) {
            assert_eq!(verified, Ok(()), "{}", about());
            same += 1;
        } else {
            let reason = verified.expect_err(&about());
            let only_the_time_is_wrong = Webhook { now: signed.now, ..mutated.clone() } == signed;
            // A time that is wrong is told first, whatever else is.
            assert!(reason == Reason::TimestampOutsideTolerance || !only_the_time_is_wrong, "{}", about());
            *refused.entry(name).or_default() += 1;
            *reasons.entry(reason.as_str()).or_default() += 1;
            mutations += 1;
        }
    }
    println!("{mutations} mutations of {} kinds, 0 accepted: {reasons:?}", refused.len());
    println!("{same} changes that mean nothing, all accepted");
    assert_eq!(refused.len() + 1, ALL.len(), "each kind but the swapped parts changes something: {refused:?}");
    assert!(same > 100);
}

#[test]
fn both_secrets_of_a_rotation_are_accepted() {
    let (time, body) = ("1795255200", b"{}");
    let header = format!("t={time},v1={},v1={}", signature(SECRETS[0], time, body), signature(SECRETS[1], time, body));
    let verify = |secret| verify(Some(&header), body, secret, Timestamp(1_795_255_200_000), DEFAULT_TOLERANCE_SECONDS);
    assert_eq!(SECRETS.map(verify), [Ok(()), Ok(()), Err(Reason::SignatureMismatch)]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_webhook_is_answered_without_a_panic(
        header in any::<String>(),
        body in prop::collection::vec(any::<u8>(), 0..200),
        secret in any::<String>(),
        now in any::<u64>(),
        tolerance in any::<u64>(),
    ) {
        prop_assert!(verify(Some(&header), &body, &secret, Timestamp(now), tolerance).is_err());
    }

    #[test]
    fn a_header_that_looks_right_is_answered_without_a_panic(
        header in "[ ,]{0,2}(t=[0-9]{0,17}|v1=[0-9a-fA-F]{62,66}|v1|t|=|[ -~]{0,9})([ ,]{0,2}(t=[0-9]{0,17}|v1=[0-9a-f]{64}|[ -~]{0,9})){0,9}",
        body in prop::collection::vec(any::<u8>(), 0..200),
        now in any::<u64>(),
    ) {
        let verified = verify(Some(&header), &body, SECRETS[0], Timestamp(now), u64::MAX);
        let wanted = if read(&header).is_some() { Reason::SignatureMismatch } else { Reason::MalformedHeader };
        let blank = header.bytes().all(|byte| byte.is_ascii_whitespace());
        prop_assert_eq!(verified, Err(if blank { Reason::MissingHeader } else { wanted }));
    }

    #[test]
    fn what_is_signed_is_accepted(body in prop::collection::vec(any::<u8>(), 0..300), secret in "[!-~]{1,100}", time in 0_u64..1_000_000_000_000_000, late in 0_u64..=300) {
        let header = format!("t={time},v1={}", signature(&secret, &time.to_string(), &body));
        let now = Timestamp((time + late) * 1000);
        prop_assert_eq!(verify(Some(&header), &body, &secret, now, 300), Ok(()));
        prop_assert_eq!(verify(Some(&header), &body, &secret, Timestamp(now.0 + 301_000), 300), Err(Reason::TimestampOutsideTolerance));
    }
}
