//! The protocol: everything that is decided, and nothing that is done.
//!
//! Pure: time and randomness come in as arguments, requests leave as values, and no JavaScript type compiles here. Read
//! from the top down:
//!
//! - [`delivery`]: the state machine that takes one event to its service, in 1 to n attempts
//! - [`request`], [`response`], [`body`], [`retry`], [`retry_after`]: what is sent, what an answer means, whether to send again
//! - [`private`]: what is kept out of all that is told of an answer
//! - [`provider`]: the services, each a table of its own, and a list of them
//! - [`event`], [`config`]: what a caller reports and configures, checked; [`fields`] is what they came as
//! - [`service`], [`rule`], [`setting`]: the words that such a table is made of
//! - [`click_id`], [`cookie`], [`percent`]: where a click ID is found
//! - [`webhook`]: whether what claims to come from a service does; [`email`]: a customer by hash
//! - [`money`], [`time`], [`json`], [`error`], [`near`], [`secret`], [`digest`]: leaves
//!
//! A sale, from the caller's values to the request:
//!
//! ```
//! use refport_edge::proto::{
//!     config::Config,
//!     delivery::{Delivery, Step},
//!     error::Issues,
//!     event::{ConversionEvent, Fallback},
//!     fields::Fields,
//!     provider::refport,
//!     request::OutgoingRequest,
//!     time::Millis,
//! };
//!
//! let mut issues = Issues::default();
//! let config = Config::parse(&refport::SERVICE, Fields::from([("apiKey", "rk_example".into())]), &mut issues).unwrap();
//! let fields = Fields::from([
//!     ("clickId", "abc123".into()),
//!     ("customerExternalId", "user_001".into()),
//!     ("amount", 4900.0.into()),
//!     ("invoiceId", "inv_001".into()),
//! ]);
//! let sale = ConversionEvent::parse(&refport::SALE, fields, Fallback::None, Some(&config), &mut issues).unwrap();
//! let mut delivery = Delivery::new(&sale, config.policy);
//! let request = OutgoingRequest::new(&config, sale);
//!
//! assert_eq!(request.url, "https://app.refport.co/api/track/sale");
//! assert!(matches!(delivery.poll(Millis(0)), Step::Send { .. }));
//! ```

pub mod body;
pub mod click_id;
pub mod config;
pub mod cookie;
pub mod delivery;
pub mod digest;
pub mod email;
pub mod error;
pub mod event;
pub mod fields;
pub mod json;
pub mod money;
pub mod near;
pub mod percent;
pub mod private;
pub mod provider;
pub mod request;
pub mod response;
pub mod retry;
pub mod retry_after;
pub mod rule;
pub mod secret;
pub mod service;
pub mod setting;
pub mod text;
pub mod time;
pub mod webhook;
