import { track_sale } from "refport-edge";

/** API Gateway v2, or a function URL. The click ID is read from the event's query and cookies. */
export async function handler(event: { body?: string; cookies?: string[]; rawQueryString?: string }) {
  const order = JSON.parse(event.body ?? "{}") as { id: string; userId: string; cents: number };
  const { outcome, error } = await track_sale(
    event,
    { customerExternalId: order.userId, amount: order.cents, currency: "usd", invoiceId: order.id },
    { apiKey: process.env["REFPORT_API_KEY"]! },
  );
  if (outcome === "failed") console.error(error);
  return { statusCode: 200, body: JSON.stringify({ paid: true }) };
}
