import { track_sale } from "refport-edge";
import { clearClick, shouldClear } from "refport-edge/capture";

export async function checkout(request: Request, env: { REFPORT_API_KEY: string }): Promise<Response> {
  const sale = { customerExternalId: "user_10", amount: 4900, currency: "usd", invoiceId: "in_10" };
  const result = await track_sale(request, sale, { apiKey: env.REFPORT_API_KEY });
  const response = Response.json({ paid: true });
  return shouldClear(result) ? clearClick(response) : response;
}
