let wasm;

/** Says whose memory it is. */
export function setWasm(exports) {
  wasm = exports;
}

// When the memory grows, or its instance is given up, its buffer is detached, and a view of it has no length any more.
let bytes = new Uint8Array();

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function getStringFromWasm0(start, length) {
  if (bytes.length === 0) bytes = new Uint8Array(wasm.memory.buffer);
  return decoder.decode(bytes.subarray(start, start + length));
}
