// Words to whoever runs the program, where a function has no error to answer with.
//
// In: what is wrong. Out: a line on `console.error`, once for each in the life of the program.

const said = new Set();

/** Texts are few: each is one of this package's own. */
const MOST = 64;

export function warnOnce(text) {
  if (said.has(text) || said.size >= MOST) return;
  said.add(text);
  globalThis.console?.error?.(`refport-edge: ${text}`);
}
