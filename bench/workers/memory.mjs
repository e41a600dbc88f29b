// Many calls in a process of its own, throwing ones among them, and what they leave in the module's linear memory.
//
// In: how many calls. Out: `{ atStart, after, growth, instances }`, in pages and bytes, as JSON on stdout.

import { ANSWER, ANSWER_INIT, SALE, buyer, cookieHeader, requestWith } from "../job.mjs";

const PAGE = 65_536;
const AT_A_TIME = 500;

const throws = (what) => () => {
  throw new TypeError(what);
};
const good = async () => new Response(ANSWER, ANSWER_INIT);

/** How the calls end: `{ fetch?, sale?, request? }`; every third one throws somewhere. */
const KINDS = [
  { fetch: good },
  { fetch: async () => new Response('{"error":{"code":"INVALID_CLICK_ID"}}', { status: 400 }) },
  { fetch: throws("the transport") },
  { fetch: async () => new Response(null, { status: 204 }) },
  { fetch: good, sale: { ...SALE, amount: 4.5 } },
  { fetch: good, sale: Object.defineProperty({ ...SALE }, "currency", { get: throws("a getter"), enumerable: true }) },
  { fetch: good, sale: { ...SALE, metadata: { note: "Zürich 😀".repeat(200) } } },
  { fetch: good, request: requestWith(cookieHeader(16_384, "last")) },
  { fetch: good, request: { headers: { get: throws("a header") } } },
];

async function measure() {
  const instances = watchInstances();
  const { getClickIdFromRequest, track_sale } = await import("refport-edge");
  // Of all cores that the calls use: one for the lookup, one for the sale.
  const size = () => instances.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const from = buyer();
  const call = (index) => {
    const { fetch, sale = SALE, request = from } = KINDS[index % KINDS.length];
    getClickIdFromRequest(request);
    return track_sale(request, sale, { apiKey: "rk_bench", fetch, maxAttempts: 1 });
  };
  await call(0);
  const atStart = size();
  await inBatches(2000, call);
  const warm = size();
  await inBatches(calls, call);
  return { atStart: atStart / PAGE, after: size() / PAGE, growth: size() - warm, instances: instances.length };
}

async function inBatches(count, call) {
  for (let done = 0; done < count; done += AT_A_TIME) {
    await Promise.all(Array.from({ length: Math.min(AT_A_TIME, count - done) }, (_, index) => call(done + index)));
  }
}

/** The memories of the package's instances, which it shows to nobody: their constructor is wrapped. */
function watchInstances() {
  const memories = [];
  const WasmInstance = WebAssembly.Instance;
  WebAssembly.Instance = class extends WasmInstance {
    constructor(...args) {
      super(...args);
      memories.push(Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory));
    }
  };
  return memories;
}

const calls = Number(process.argv[2]);
console.log(JSON.stringify(await measure()));
