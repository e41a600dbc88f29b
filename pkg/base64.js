// A module that travels as text.
//
// In: its bytes in base64. Out: the compiled module.

export const fromBase64 = (base64) =>
  new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
