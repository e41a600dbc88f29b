//! Whether to send again, and when.
//!
//! In: a [`Fault`], what kind of event it befell and how far the call is. Out: wait so long, or stop. The rule, whole,
//! is `tests/golden/retry.json` and the table in docs/retries.md.

use super::{config::Policy, response::Fault, time::Millis};

/// The first retry waits up to this long, the next up to twice as long, and so on.
const BASE_BACKOFF_MS: u64 = 250;

/// A random number that is uniform over `u32`: the caller's dice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jitter(pub u32);

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Send again after this wait.
    Wait(Millis),
    /// Stop. The wait is the one that did not fit the budget, or that the service asked for.
    Stop {
        /// How long whoever sends it again should wait.
        retry_after: Option<Millis>,
    },
}

/// Decides after attempt number `attempts` (1 for the first), which ended `elapsed` after the call began.
pub fn decide(
    fault: &Fault,
    replay_safe: bool,
    policy: &Policy,
    attempts: u32,
    elapsed: Millis,
    jitter: Jitter,
) -> Decision {
    let may_send_again = fault.transient && (replay_safe || !fault.ambiguous);
    if !may_send_again || attempts >= policy.max_attempts {
        return Decision::Stop { retry_after: fault.retry_after };
    }
    let wait = backoff(attempts, jitter).max(fault.retry_after.unwrap_or_default());
    if elapsed.saturating_add(wait) < policy.budget {
        Decision::Wait(wait)
    } else {
        Decision::Stop { retry_after: Some(wait) }
    }
}

/// Full jitter: uniform between nothing and a bound that doubles with each attempt.
/// (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.)
fn backoff(attempts: u32, jitter: Jitter) -> Millis {
    let doublings = attempts.saturating_sub(1).min(20);
    let bound = BASE_BACKOFF_MS << doublings;
    Millis::saturating_from(bound.saturating_mul(u64::from(jitter.0)) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bound_of_the_backoff_doubles_from_250_ms() {
        let longest = |attempts| backoff(attempts, Jitter(u32::MAX)).0;
        assert_eq!([longest(1), longest(2), longest(3)], [249, 499, 999]);
        assert_eq!(backoff(1, Jitter(0)), Millis(0));
    }

    proptest! {
        #[test]
        fn any_attempt_number_has_a_backoff(attempts in any::<u32>(), jitter in any::<u32>()) {
            let _ = backoff(attempts, Jitter(jitter));
        }
    }
}
