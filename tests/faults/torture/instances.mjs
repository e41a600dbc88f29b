// The package's instances of its WebAssembly module, which it shows to nobody: their constructor is wrapped. To be
// called before the package is imported.
//
// In: nothing. Out: a function that tells how many were made, how many of them are alive, and how large the largest is.

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
    const exports = alive.flatMap((instance) => Object.values(instance.exports));
    const largest = (kind, sizeOf) =>
      exports.filter((value) => value instanceof kind).reduce((most, value) => Math.max(most, sizeOf(value)), 0);
    return {
      instances: made.length,
      alive: alive.length,
      memory: largest(WebAssembly.Memory, ({ buffer }) => buffer.byteLength),
      table: largest(WebAssembly.Table, ({ length }) => length),
    };
  };
}
