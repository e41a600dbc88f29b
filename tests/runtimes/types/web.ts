// What compiles where the Web's own types are known.

import {
  RefCampaign,
  getClickIdFromCookie,
  getClickIdFromRequest,
  getSessionIdFromRequest,
  track_sale,
  verifyRefCampaignWebhook,
} from "refport-edge";
import type { RefportConfig, Transport } from "refport-edge";

const request = new Request("https://shop.test/?refp_id=abc123");
void getClickIdFromRequest(request);
void getClickIdFromRequest(request.headers);
void getClickIdFromCookie(request.headers.get("cookie"));

// The runtime's own fetch, one of the caller's, and one with only what it needs.
const transports: Transport[] = [
  fetch,
  (url, init) => fetch(url, init),
  async (url: string, init: RequestInit) => fetch(new Request(url, init)),
  { fetch: (url: string) => fetch(url) },
];
const config: RefportConfig = { apiKey: "rk_test", signal: AbortSignal.timeout(1000), fetch };
void transports.map((fetch) => track_sale(request, { customerExternalId: "user_001", amount: 4900 }, { ...config, fetch }));

// @ts-expect-error a controller is no signal
export const wrong: RefportConfig = { apiKey: "rk_test", signal: new AbortController() };

async function webhook(request: Request): Promise<Response> {
  const sessionId: string | null = getSessionIdFromRequest(request);
  const verdict = await verifyRefCampaignWebhook(request, "whsec_1");
  return Response.json({ sessionId, ok: verdict.valid }, { status: verdict.valid ? 200 : 400 });
}
const client = new RefCampaign({ apiKey: "rc_test_1", fetch: (url, init) => fetch(url, init), signal: AbortSignal.timeout(1000) });
void [webhook, client];
