// How the shop reaches RefCampaign. As with Refport, in production this is one line, the key.
// In: the Worker's environment. Out: the configuration of refport-edge, or null for a shop that has no account there.
// Not its job: what is reported (shop.ts), the fake service's own features (play.ts).

import type { RefCampaignConfig } from "refport-edge";

export type RefCampaignEnv = {
  REFCAMPAIGN_API_KEY?: string;
  /** The fake service as a service binding. */
  REFCAMPAIGN?: Fetcher;
  /** Or by its address: https, or http on a loopback address. */
  REFCAMPAIGN_API_URL?: string;
};

export function refcampaign(env: RefCampaignEnv): RefCampaignConfig | null {
  const apiKey = env.REFCAMPAIGN_API_KEY;
  if (!apiKey) return null;
  if (env.REFCAMPAIGN) return { apiKey, fetch: env.REFCAMPAIGN };
  return env.REFCAMPAIGN_API_URL ? { apiKey, apiUrl: env.REFCAMPAIGN_API_URL } : { apiKey };
}
