// How an attempt ended, as the core's `handle` numbers it (src/wasm/exports.rs).

export const ANSWERED = 0;
export const CONNECTION_LOST = 1;
export const TIMED_OUT = 2;
export const ABORTED = 3;
export const NOT_CONNECTED = 4;
export const REDIRECTED = 5;
