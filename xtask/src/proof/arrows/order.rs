//! What stands above what.
//!
//! In: nothing. Out: the files of each tree, from top to bottom, and the circles that are still to be taken apart.
//! Not its job: holding the imports against it.

/// A tree of sources.
pub struct Tree {
    /// Where it is, from the repository's root.
    pub root: &'static str,
    pub language: Language,
    /// A line is a floor. A file may import those of lower floors, and none of its own floor or above.
    pub order: &'static str,
    /// All files of each circle that is left. An entry may become shorter, or go; none may be added.
    pub known_circles: &'static [&'static [&'static str]],
}

/// How the files of a tree are read.
#[derive(Clone, Copy)]
pub enum Language {
    Rust,
    JavaScript,
}

impl Tree {
    /// The files, floor by floor.
    pub fn floors(&self) -> Vec<Vec<&'static str>> {
        let floors = self.order.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        floors.filter(|floor| !floor.is_empty()).collect()
    }
}

/// Every tree whose imports are checked.
pub const TREES: &[Tree] = &[
    Tree { root: "src", language: Language::Rust, order: SRC, known_circles: &[] },
    Tree { root: "pkg", language: Language::JavaScript, order: PKG, known_circles: &[] },
    Tree { root: "xtask/src", language: Language::Rust, order: XTASK, known_circles: &[] },
];

const SRC: &str = "
    lib.rs

    client/mod.rs
    client/refcampaign.rs client/refport.rs client/tolt.rs client/dub.rs
    client/call.rs

    wasm/mod.rs
    wasm/delivery.rs wasm/lookup.rs wasm/webhook.rs
    wasm/failure.rs wasm/fetch.rs wasm/letters.rs

    boundary/mod.rs
    boundary/message.rs
    boundary/layout.rs

    proto/mod.rs
    proto/delivery.rs
    proto/request.rs proto/retry.rs
    proto/response.rs
    proto/private/mod.rs
    proto/private/form.rs
    proto/event.rs
    proto/config.rs
    proto/provider/mod.rs
    proto/provider/refcampaign.rs proto/provider/refport.rs proto/provider/tolt.rs proto/provider/dub.rs
    proto/service.rs
    proto/rule.rs proto/setting.rs
    proto/click_id.rs proto/email.rs proto/webhook.rs
    proto/body.rs proto/cookie.rs proto/fields.rs proto/retry_after.rs
    proto/digest.rs proto/error.rs proto/json.rs proto/money.rs proto/near.rs proto/percent.rs proto/secret.rs
    proto/text.rs proto/time.rs
";

const PKG: &str = "
    bin/refport-edge.js
    bin/doctor.js bin/report.js
    bin/page.js
    bin/visit.js
    bin/cookie.js bin/names.js bin/services.js
    bin/runtime.js

    testing.js
    testing/refcampaign.js testing/refport.js
    testing/service.js testing/refcampaign-ledger.js
    testing/refport-ledger.js testing/refcampaign-contract.js testing/refport-contract.js testing/script.js
    testing/answer.js testing/books.js testing/clock.js testing/webhook.js
    testing/given.js

    index.js slim.js
    entries/index.js entries/outbox.js entries/outbox-refport.js entries/outbox-refcampaign.js
    entries/refport.js entries/refcampaign.js entries/tolt.js entries/dub.js entries/capture.js entries/checkout.js
    capture/capture.js capture/clear.js
    capture/clean.js capture/cookie.js capture/domain.js capture/options.js capture/response.js capture/visit.js
    capture/services.js
    checkout/lemon-squeezy.js checkout/paddle.js checkout/polar.js checkout/shopify.js checkout/stripe.js
    checkout/carried.js checkout/money.js checkout/reading.js
    checkout/fields.js
    outbox/cloudflare-queues.js outbox/cloudflare-workflows.js outbox/durable-object.js outbox/sqs.js outbox/vercel-queues.js
    outbox/settle.js outbox/deliver.js
    outbox/disposition.js outbox/record.js
    dub.js
    base64.js given.js refport.js refcampaign.js tolt.js webhook.js
    lookup.js
    track.js
    client.js
    driver.js errors.js
    answer.js init.js payload.js request.js steps.js values.js
    background.js clock.js core.js json.js sources.js transport.js uncached.js
    message.js
    browser.js paths.js uuid.js warn.js
    read.js
";

const XTASK: &str = "
    main.rs
    cli.rs

    run/mod.rs
    run/test_run.rs
    run/counts.rs run/suites.rs
    run/bench.rs run/demo.rs run/docs.rs run/matrix.rs run/poison.rs run/prose.rs run/recipes.rs run/rust_worker.rs run/torture.rs
    run/chromium.rs run/nginx.rs

    proof/mod.rs
    proof/arrows/mod.rs
    proof/arrows/javascript.rs proof/arrows/order.rs proof/arrows/rust.rs
    proof/effort.rs proof/panics.rs proof/release.rs
    proof/checks.rs proof/reproduce.rs
    proof/stack.rs proof/workflows.rs
    proof/calls.rs proof/check.rs proof/instrument.rs proof/panic_names.rs proof/reach.rs

    size/mod.rs
    size/bundle.rs
    size/functions.rs size/last_sizes.rs

    build/mod.rs
    build/pack.rs
    build/commonjs.rs build/wasm_build.rs
    build/dist.rs build/glue.rs build/npm_readme.rs build/wasm_opt.rs
    build/cores.rs build/scrub.rs
    build/shorten.rs

    base/mod.rs
    base/npm.rs base/rust.rs
    base/lock.rs base/stamp.rs
    base/compress.rs base/paths.rs base/progress.rs base/tools.rs
";
