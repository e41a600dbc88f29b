// The programs of RefCampaign's SDK guide. The import is changed, and the address where the service is; the visitor's session
// and the customer are parameters.

import { createHash } from "node:crypto";
import { RefCampaign, RefCampaignError } from "refport-edge";
import type { TrackParams, Transport } from "refport-edge";

export function initialise(): RefCampaign {
  const refcampaign = new RefCampaign({
    apiKey: process.env.REFCAMPAIGN_API_KEY!,
  });
  return refcampaign;
}

/** `fetch` is only there to be looked at. */
export function staging(fetch: Transport): RefCampaign {
  const refcampaign = new RefCampaign({
    apiKey: process.env.REFCAMPAIGN_API_KEY!,
    apiUrl: "https://app.test.refcampaign.com",
    fetch,
  });
  return refcampaign;
}

const refcampaign = new RefCampaign({
  apiKey: process.env.REFCAMPAIGN_API_KEY!,
  apiUrl: process.env.REFCAMPAIGN_API_URL!,
});

export async function track(trackingSessionId: string) {
  return await refcampaign.conversions.track({
    sessionId: trackingSessionId,
    amount: 49.9,
    currency: "EUR",
    metadata: { orderId: "ord_42" },
  });
}

export async function trackByHash(customer: { email: string }) {
  const customerEmailHash = createHash("sha256").update(customer.email.toLowerCase()).digest("hex");

  return await refcampaign.conversions.track({
    customerEmailHash,
    amount: 49.9,
    currency: "EUR",
  });
}

export async function identify(trackingSessionId: string, customerEmailHash: string) {
  return await refcampaign.tracking.identify({
    sessionId: trackingSessionId,
    customerEmailHash,
  });
}

interface Paid {
  sessionId: string;
  amount: number;
  currency: string;
  orderId: string;
}

/** The guide's Route Handler. What `json` gives is `unknown` to a strict compiler, in the guide's program too. */
export async function POST(req: Request) {
  const { sessionId, amount, currency, orderId } = (await req.json()) as Paid;

  await refcampaign.conversions.track({
    sessionId,
    amount,
    currency,
    metadata: { orderId },
  });

  return Response.json({ ok: true });
}

export async function errors(client: RefCampaign, params: TrackParams, log: (told: unknown) => void) {
  try {
    await client.conversions.track(params);
  } catch (err) {
    if (err instanceof RefCampaignError) {
      if (err.code === "VALIDATION_FAILED") {
        log(err.details);
      }
      if (err.code === "RATE_LIMIT_EXCEEDED") {
        log("back off");
      }
    }
    throw err;
  }
}
