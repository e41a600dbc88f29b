// How the shop reaches Refport. In production this is one line, the key.
// In: the Worker's environment. Out: the configuration of refport-edge.
// Not its job: what is reported (shop.ts), the fake service's own features (play.ts).

import type { RefportConfig } from "refport-edge";

export type RefportEnv = {
  REFPORT_API_KEY: string;
  /** The fake service as a service binding. */
  REFPORT?: Fetcher;
  /** Or by its address: https, or http on a loopback address. */
  REFPORT_BASE_URL?: string;
};

/**
 * With the binding the shop sends what it would send to the real service, to the same https address, and the binding
 * catches it: only the key differs from production. With an address the runtime's own `fetch` is used.
 */
export function refport(env: RefportEnv): RefportConfig {
  const apiKey = env.REFPORT_API_KEY;
  if (env.REFPORT) return { apiKey, fetch: env.REFPORT };
  return env.REFPORT_BASE_URL ? { apiKey, baseUrl: env.REFPORT_BASE_URL } : { apiKey };
}
