#![no_main]

use refport_edge_fuzz::event::run;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    run(bytes);
});
