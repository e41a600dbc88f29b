let wasm;

/** Says whose memory it is. */
export function setWasm(exports) {
  wasm = exports;
}

// When the memory grows, or its instance is given up, its buffer is detached, and views of it have no length any more.
let bytes = new Uint8Array();
let words;

function memory() {
  if (bytes.length === 0) {
    bytes = new Uint8Array(wasm.memory.buffer);
    words = new Uint32Array(wasm.memory.buffer);
  }
  return bytes;
}

/** Texts of fewer characters, of ASCII's, are copied here: to call the encoder or the decoder would cost more. */
const SHORT = 48;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

function getStringFromWasm0(start, length) {
  const view = memory();
  const stop = start + length;
  if (length < SHORT) {
    let text = "";
    for (let at = start; at < stop && view[at] < 128; at += 1) text += String.fromCharCode(view[at]);
    if (text.length === length) return text;
  }
  return decoder.decode(view.subarray(start, stop));
}

/** Answers a text to the core, as UTF-8. */
function answerText(to, text) {
  // Most fields are absent: an empty text needs no memory.
  if (text === "") return answer(to, 1, 0);
  if (text.length < SHORT) {
    const start = wasm.__wbindgen_malloc(text.length, 1);
    const view = memory();
    let seen = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      view[start + at] = character;
      seen |= character;
    }
    if (seen < 128) return answer(to, start, text.length);
  }
  return answerBytes(to, encoder.encode(text));
}

/** Answers bytes to the core. */
function answerBytes(to, given) {
  const start = wasm.__wbindgen_malloc(given.length, 1);
  memory().set(given, start);
  answer(to, start, given.length);
}

function answer(to, start, length) {
  memory();
  words[to / 4] = start;
  words[to / 4 + 1] = length;
}
