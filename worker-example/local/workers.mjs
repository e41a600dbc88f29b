// The Workers of this folder, running in one local workerd.
// In: bundles, ports. Out: the addresses, every line the Workers print, and the fake services' remote control.
// Not its job: bundling (bundle.mjs), playing a visitor (visitor.mjs).

import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const HOST = "127.0.0.1";

const COMPATIBILITY_DATE = "2026-10-01";

/** A fake service. `bundle` is that of the folder `name`, `port` where it can also be reached (0: any free one). */
export function serviceWorker(bundle, name, apiKey, port = 0) {
  return {
    config: {
      name,
      compatibilityDate: COMPATIBILITY_DATE,
      manifest: { ...bundle, modulesRoot: ROOT },
      env: {
        API_KEY: text(apiKey),
        LEDGER: { type: "durable-object", worker: name, exportName: "Ledger" },
      },
      exports: { Ledger: { type: "durable-object", storage: "sqlite" } },
    },
    dev: { unsafeDirectSockets: [{ host: HOST, port }] },
  };
}

/** A shop with its keys, `{ refport, refcampaign }`. `reach` is how it gets to the services, by binding or by address. */
export function shopWorker(bundle, name, keys, reach) {
  return {
    config: {
      name,
      compatibilityDate: COMPATIBILITY_DATE,
      manifest: { ...bundle, modulesRoot: ROOT },
      env: {
        REFPORT_API_KEY: text(keys.refport),
        REFCAMPAIGN_API_KEY: text(keys.refcampaign),
        BOOKS: { type: "durable-object", worker: name, exportName: "Books" },
        OUTBOX: { type: "queue", name: `${name}-outbox` },
        OUTBOX_DEAD: { type: "queue", name: `${name}-outbox-dead` },
        ...reach,
      },
      exports: { Books: { type: "durable-object", storage: "sqlite" } },
      // As in wrangler.jsonc.
      triggers: [
        { type: "queue", name: `${name}-outbox`, maxBatchTimeout: 0, maxRetries: 100, deadLetterQueue: `${name}-outbox-dead` },
        { type: "queue", name: `${name}-outbox-dead`, maxBatchTimeout: 0 },
      ],
    },
    dev: { unsafeDirectSockets: [{ host: HOST, port: 0 }] },
  };
}

export const byBinding = {
  REFPORT: { type: "worker", worker: "fake-refport" },
  REFCAMPAIGN: { type: "worker", worker: "fake-refcampaign" },
};
export const byAddress = ({ refport, refcampaign }) => ({
  REFPORT_BASE_URL: text(refport),
  REFCAMPAIGN_API_URL: text(refcampaign),
});

/** A key for each service that only this run knows, so that finding one anywhere means it leaked in this run. */
export function freshKeys(label) {
  const random = () => randomUUID().replaceAll("-", "");
  return { refport: `rk_${label}_${random()}`, refcampaign: `rc_test_${label}_${random()}` };
}

/** A port nobody listens on now: for an address that has to be known before its Worker starts. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, HOST, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts the Workers; the first one listens on `port` (0: any free one). `onLine` gets each line a Worker prints.
 * A port that is taken rejects with an error whose `code` is EADDRINUSE.
 */
export async function start(workers, { port = 0, onLine = () => {} } = {}) {
  const miniflare = new Miniflare({
    host: HOST,
    port,
    cf: false, // else it is fetched from the network
    logRequests: false,
    telemetry: { enabled: false },
    handleStructuredLogs: ({ level, message }) => onLine(`[${level}] ${message}`),
    workers,
  });
  try {
    const url = await miniflare.ready;
    return {
      url: url.origin,
      addressOf: async (name) => (await miniflare.unsafeGetDirectURL(name)).origin,
      stop: () => miniflare.dispose(),
    };
  } catch (error) {
    await miniflare.dispose().catch(() => {});
    throw error;
  }
}

function text(value) {
  return { type: "text", value };
}

/** A fake service's stage directions, over HTTP. One that this service does not have rejects. */
export function controlOf(serviceUrl) {
  const call = async (method, name, body) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${serviceUrl}/__control/${name}`, init);
    if (!response.ok) throw new Error(`control ${name} answered ${response.status}`);
    return response.json();
  };
  return {
    ledger: () => call("GET", "ledger"),
    reset: () => call("POST", "reset"),
    outage: (step) => call("POST", "outage", { step }),
    rateLimit: (limit) => call("POST", "rate-limit", limit),
    link: (link) => call("POST", "link", link),
    click: (click) => call("POST", "click", click),
    nextIds: (ids) => call("POST", "next-ids", ids),
    // Refport's alone.
    program: (program) => call("POST", "program", program),
    // Dub's alone.
    commission: (sale) => call("POST", "commission", sale),
    pay: (commission) => call("POST", "pay", commission),
    // RefCampaign's alone.
    approve: (conversion) => call("POST", "approve", conversion),
    repeats: (repeats) => call("POST", "repeats", repeats),
    quota: (quota) => call("POST", "quota", quota),
  };
}
