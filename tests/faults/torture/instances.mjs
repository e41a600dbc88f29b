// The package's instances of its WebAssembly module, which it shows to nobody: their constructor is wrapped. To be
// called before the package is imported.
//
// In: nothing. Out: a function that tells how many were made, how many of them are alive, and how large the last is.

export function watchInstances() {
  const made = [];
  const WasmInstance = WebAssembly.Instance;
  WebAssembly.Instance = class extends WasmInstance {
    constructor(...args) {
      super(...args);
      // Weakly: what nobody else holds is to be collected as ever.
      made.push(new WeakRef(this));
    }
  };
  return () => {
    const alive = made.map((one) => one.deref()).filter((one) => one !== undefined);
    const exports = Object.values(alive.at(-1)?.exports ?? {});
    const find = (kind) => exports.find((value) => value instanceof kind);
    return {
      instances: made.length,
      alive: alive.length,
      memory: find(WebAssembly.Memory)?.buffer.byteLength,
      table: find(WebAssembly.Table)?.length,
    };
  };
}
