// The memory of the package's WebAssembly, which the package shows to nobody: the constructor of instances is wrapped. To
// be imported before the package.
//
// In: nothing. Out: what is in the memory of the latest instances, at any time, also in the middle of a step.

/** As many as a test may have made before it looks; more would hold on to address space. */
const LATEST = 8;

const memories = [];
let onImport;

const WasmInstance = WebAssembly.Instance;
WebAssembly.Instance = class extends WasmInstance {
  constructor(module, imports = {}) {
    // Node.js has one of its own, which reads HTTP.
    const own = imports["./glue.js"];
    super(module, own ? { "./glue.js": watched(own) } : imports);
    if (!own) return;
    memories.push(this.exports.memory);
    if (memories.length > LATEST) memories.shift();
  }
};

function watched(functions) {
  const watch = (does) => (...args) => {
    const answer = does(...args);
    onImport?.();
    return answer;
  };
  return Object.fromEntries(Object.entries(functions).map(([name, does]) => [name, watch(does)]));
}

/** All bytes of all memories, one character each. */
export function inMemory() {
  const decoder = new TextDecoder("latin1");
  return memories.map(({ buffer }) => decoder.decode(buffer)).join("\n");
}

/** Runs `does` with `look` called whenever a step of the core calls JavaScript. What `look` throws, that step throws. */
export async function whileStepsRun(look, does) {
  onImport = look;
  try {
    return await does();
  } finally {
    onImport = undefined;
  }
}
