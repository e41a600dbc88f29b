// The services as a Worker, for calls through a service binding. In: an event. Out: the sale, the conversion or the refund
// that it is; the first request for an ID that says `reset` loses its connection.

const HANDED_OVER = new Set();
/** How long an answer takes: different for each call, so that they overtake each other. */
const LEAST_MS = 20;
const SPREAD_MS = 60;

export default {
  async fetch(request) {
    const { invoiceId, externalId, amount } = await request.json();
    const id = invoiceId ?? externalId;
    await scheduler.wait(LEAST_MS + ((Number(/\d+/.exec(id)) * 31) % SPREAD_MS));
    if (id.includes("reset") && !HANDED_OVER.has(id)) {
      HANDED_OVER.add(id);
      throw new Error("reset on purpose");
    }
    if (externalId) return Response.json({ success: true, data: { success: true, conversionId: `cnv_${id}` } });
    const sale = { id: "sale_xyz", amount, currency: "usd", commissionAmount: 490, status: "pending", invoiceId };
    return Response.json({ eventName: "Purchase", customer: { externalId: "known" }, sale });
  },
};
