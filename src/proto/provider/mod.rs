//! The services there are.
//!
//! In: nothing. Out: the table of each. A new service is one new file, and one line in the list here; CONTRIBUTING.md has
//! the steps.

use super::service::{Endpoint, Service};

#[cfg(feature = "dub")]
pub mod dub;
#[cfg(feature = "refcampaign")]
pub mod refcampaign;
#[cfg(feature = "refport")]
pub mod refport;
#[cfg(feature = "tolt")]
pub mod tolt;

/// Every service of this build: the features of the crate say which.
pub const SERVICES: &[&Service] = &[
    #[cfg(feature = "refport")]
    &refport::SERVICE,
    #[cfg(feature = "refcampaign")]
    &refcampaign::SERVICE,
    #[cfg(feature = "tolt")]
    &tolt::SERVICE,
    #[cfg(feature = "dub")]
    &dub::SERVICE,
];

/// The service with this number.
pub fn service(number: u32) -> Option<&'static Service> {
    SERVICES.iter().copied().find(|service| service.number == number)
}

/// Every endpoint of this build.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    SERVICES.iter().flat_map(|service| service.endpoints).copied()
}

/// The endpoint with this number.
pub fn endpoint(number: u32) -> Option<&'static Endpoint> {
    endpoints().find(|endpoint| endpoint.number == number)
}

/// What the services of this build have. What none of them has, the compiler leaves out of its core.
pub mod has {
    use super::SERVICES;
    use crate::proto::{
        rule::Kind,
        service::{Says, Success, WaitRule},
        setting::Sets,
    };

    /// Looks through a list of lists; in a `const fn` there are no iterators.
    macro_rules! any {
        ($item:ident in $list:expr => $found:expr) => {{
            let list = $list;
            let mut index = 0;
            let mut found = false;
            while index < list.len() {
                let $item = &list[index];
                found = found || $found;
                index += 1;
            }
            found
        }};
    }

    /// A field that takes this.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn field_of(kind: Kind) -> bool {
        any!(service in SERVICES => any!(endpoint in service.endpoints =>
            any!(field in endpoint.fields.rules => field.1.kind as u8 == kind as u8)))
    }

    /// An option that sets this.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn setting_of(sets: Sets) -> bool {
        any!(service in SERVICES => any!(setting in service.settings => setting.sets as u8 == sets as u8))
    }

    /// A field that has this of its own.
    macro_rules! rules_have {
        ($($(#[$doc:meta])* $name:ident: $rule:ident => $found:expr;)+) => {
            $($(#[$doc])*
            #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
            pub const fn $name() -> bool {
                any!(service in SERVICES => any!(endpoint in service.endpoints => any!(field in endpoint.fields.rules => {
                    let $rule = &field.1;
                    $found
                })))
            })+
        };
    }

    rules_have! {
        /// A field that stands in the path.
        in_path: rule => rule.in_path;
        /// A field that may be empty.
        or_empty: rule => rule.or_empty;
        /// A click that need not be there.
        optional_click: rule => rule.kind as u8 == Kind::ClickId as u8 && !rule.required;
        /// An amount that must not be 0, or a currency in upper case.
        strict: rule => rule.strict;
        /// A limit of its length.
        limits: rule => rule.max_len != 0;
        /// An object that must not be longer.
        limited_object: rule => rule.kind as u8 == Kind::Object as u8 && rule.max_len != 0;
        /// A list of the texts that there are.
        one_of: rule => !rule.one_of.is_empty();
    }

    /// A field with this limit.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn limit(max_len: u16) -> bool {
        any!(service in SERVICES => any!(endpoint in service.endpoints =>
            any!(field in endpoint.fields.rules => field.1.max_len == max_len)))
    }

    /// A service that means this by a `Retry-After`.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn wait(rule: WaitRule) -> bool {
        any!(service in SERVICES => service.retry_after as u8 == rule as u8)
    }

    /// An answer that is known by more than what is on the books.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn signs() -> bool {
        any!(service in SERVICES => any!(endpoint in service.endpoints => !endpoint.success.signs.is_empty()))
    }

    /// An answer that says that an event was seen before.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn seen_before() -> bool {
        any!(service in SERVICES => any!(endpoint in service.endpoints =>
            matches!(endpoint.success.bare, Success::SeenBefore)))
    }

    /// A refusal with a word in it.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn words() -> bool {
        any!(service in SERVICES => any!(endpoint in service.endpoints =>
            any!(refusal in endpoint.refusals => matches!(refusal.code, Says::Word(_)))))
    }

    /// A refusal whose words are read.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when compiled, a panic is an error")]
    pub const fn worded_refusals() -> bool {
        any!(service in SERVICES => any!(endpoint in service.endpoints =>
            any!(refusal in endpoint.refusals => matches!(refusal.code, Says::AlreadyThere))))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_endpoint_is_found_by_its_number_and_is_its_services() {
        for service in SERVICES {
            for one in service.endpoints {
                assert_eq!(endpoint(one.number), Some(*one));
                assert!(std::ptr::eq(one.service, *service), "{one:?}");
            }
        }
        let numbers: BTreeSet<_> = endpoints().map(|one| one.number).collect();
        let names: BTreeSet<_> = endpoints().map(|one| one.constant).collect();
        assert_eq!((numbers.len(), names.len()), (endpoints().count(), endpoints().count()));
    }
}
