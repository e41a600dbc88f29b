//! The services there are.
//!
//! In: nothing. Out: the table of each. A new service is one new file, and one line in the list here; CONTRIBUTING.md has
//! the steps.

use super::service::{Endpoint, Service};

#[cfg(feature = "refcampaign")]
pub mod refcampaign;
#[cfg(feature = "refport")]
pub mod refport;

/// Every service of this build: the features of the crate say which.
pub const SERVICES: &[&Service] = &[
    #[cfg(feature = "refport")]
    &refport::SERVICE,
    #[cfg(feature = "refcampaign")]
    &refcampaign::SERVICE,
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
