import { track_sale } from "refport-edge";

/** app/api/checkout/route.ts */
export async function POST(request: Request): Promise<Response> {
  const order = (await request.json()) as { id: string; userId: string; cents: number };
  const { outcome, error } = await track_sale(
    request,
    { customerExternalId: order.userId, amount: order.cents, currency: "usd", invoiceId: order.id },
    { apiKey: process.env["REFPORT_API_KEY"]! },
  );
  if (outcome === "failed") console.error(error);
  return Response.json({ paid: true });
}
