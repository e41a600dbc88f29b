#![no_main]

use refport_edge_fuzz::delivery::run;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    run(bytes);
});
