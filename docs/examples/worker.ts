// #region page
import { track_sale } from "refport-edge";

export default {
  async fetch(request: Request, env: { REFPORT_API_KEY: string }): Promise<Response> {
    const order = await takePayment(request);
    const sale = await track_sale(
      request, // the click ID is read from it
      { customerExternalId: order.userId, amount: order.cents, currency: "usd", invoiceId: order.id },
      { apiKey: env.REFPORT_API_KEY },
    );
    if (sale.outcome === "failed") console.error(sale.error);
    return Response.json({ paid: true });
  },
};
// #endregion page

/** Your own code. */
async function takePayment(request: Request) {
  return (await request.json()) as { id: string; userId: string; cents: number };
}
