// The service as a Worker, for calls through a service binding. In: an event. Out: the sale that it is; the first
// request for an invoice that says `reset` loses its connection.

const HANDED_OVER = new Set();
/** How long an answer takes: different for each call, so that they overtake each other. */
const LEAST_MS = 20;
const SPREAD_MS = 60;

export default {
  async fetch(request) {
    const { invoiceId, amount } = await request.json();
    await scheduler.wait(LEAST_MS + ((Number(/\d+/.exec(invoiceId)) * 31) % SPREAD_MS));
    if (invoiceId.includes("reset") && !HANDED_OVER.has(invoiceId)) {
      HANDED_OVER.add(invoiceId);
      throw new Error("reset on purpose");
    }
    const sale = { id: "sale_xyz", amount, currency: "usd", commissionAmount: 490, status: "pending", invoiceId };
    return Response.json({ eventName: "Purchase", customer: { externalId: "known" }, sale });
  },
};
