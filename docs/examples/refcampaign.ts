import { RefCampaign, RefCampaignError, getSessionIdFromRequest } from "refport-edge";

export async function reportOrder(request: Request, order: { id: string; total: number }, env: { REFCAMPAIGN_API_KEY: string }) {
  const sessionId = getSessionIdFromRequest(request);
  if (!sessionId) return "organic";
  const refcampaign = new RefCampaign({ apiKey: env.REFCAMPAIGN_API_KEY });
  try {
    const { outcome } = await refcampaign.conversions.track({
      sessionId,
      amount: order.total, // major units: 49.9
      currency: "EUR",
      externalId: order.id, // sent again with this, it counts once
    });
    return outcome; // "recorded", or "duplicate"
  } catch (error) {
    if (!(error instanceof RefCampaignError)) throw error;
    console.error(error.code, error.details);
    return error.retryable ? "send it again later" : "lost";
  }
}
