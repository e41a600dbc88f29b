//! Names that are one slip apart.
//!
//! In: a name that is not known, and the names that are. Out: the known one that was most likely meant. What is done about
//! it is [`event`](super::event)'s and [`config`](super::config)'s.

use std::borrow::Cow;

use super::text::concat;

/// In bytes. A longer name is no slip of any name here.
const LONGEST_NAME: usize = 64;

/// In bytes. Two shorter names are often one letter apart and both right: `id` and `cid`.
const LEAST_FOR_AN_EDIT: usize = 5;

/// Whether `given` is `known` but for its case, its `_` and `-`, or one letter: one too many, one missing, another one, or
/// two that changed places.
pub fn is_slip(given: &str, known: &str) -> bool {
    if given.len() > LONGEST_NAME {
        return false;
    }
    let (given, known) = (Letters::of(given), Letters::of(known));
    let (given, known) = (given.as_slice(), known.as_slice());
    given == known || known.len() >= LEAST_FOR_AN_EDIT && is_one_edit(given, known)
}

/// Whether `given` is the beginning of `known`: `timeout` of `timeoutMs`.
pub fn is_beginning(given: &str, known: &str) -> bool {
    given.len() >= LEAST_FOR_AN_EDIT && Letters::of(known).as_slice().starts_with(Letters::of(given).as_slice())
}

/// The complaint about an unknown member, where `known` was meant.
pub fn did_you_mean(known: &str) -> Cow<'static, str> {
    Cow::Owned(concat(&["is not known: did you mean ", known, "?"]))
}

/// The first letters of a name in lower case, without what sets words apart. They need no memory of their own: a caller may
/// give a hundred thousand names.
struct Letters {
    bytes: [u8; LONGEST_NAME],
    len: usize,
}

impl Letters {
    fn of(name: &str) -> Self {
        let mut letters = Self { bytes: [0; LONGEST_NAME], len: 0 };
        let kept = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
        for (place, byte) in letters.bytes.iter_mut().zip(kept) {
            *place = byte.to_ascii_lowercase();
            letters.len = letters.len.saturating_add(1);
        }
        letters
    }

    fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

fn is_one_edit(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first, rest @ ..], [same, others @ ..]) = (a, b)
        && first == same
    {
        (a, b) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., same]) = (a, b)
        && last == same
    {
        (a, b) = (rest, others);
    }
    match (a, b) {
        ([] | [_], [] | [_]) => true,
        ([p, q], [r, s]) => p == s && q == r,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_separators_and_one_letter_are_a_slip() {
        for slip in
            ["invoiceID", "invoice_id", "InvoiceId", "INVOICE-ID", "invoicId", "invoiceIds", "invoiecId", "unvoiceId"]
        {
            assert!(is_slip(slip, "invoiceId"), "{slip}");
        }
    }

    #[test]
    fn other_words_are_none() {
        for other in ["invoice", "invoiceNumber", "orderId", "ivoicId", "", "i"] {
            assert!(!is_slip(other, "invoiceId"), "{other}");
        }
        assert!(!is_slip("id", "cid"));
        assert!(is_slip("CID", "cid"));
        assert!(!is_slip(&"_".repeat(100), "cid"));
    }

    #[test]
    fn a_name_cut_short_is_told_from_another() {
        assert!(is_beginning("timeout", "timeoutMs"));
        assert!(!is_beginning("time", "timeoutMs"));
        assert!(!is_beginning("timeoutSeconds", "timeoutMs"));
    }

    proptest! {
        #[test]
        fn any_names_are_compared_without_a_panic(given in any::<String>(), known in "[a-zA-Z.]{0,20}") {
            let _ = is_slip(&given, &known);
            prop_assert!(is_slip(&known, &known));
        }

        #[test]
        fn a_letter_more_or_less_is_a_slip(known in "[a-z]{6,20}", at in 0_usize..6, letter in "[a-z]") {
            let mut more = known.clone();
            more.insert_str(at, &letter);
            let mut less = known.clone();
            less.remove(at);
            prop_assert!(is_slip(&more, &known) && is_slip(&less, &known));
        }
    }
}
