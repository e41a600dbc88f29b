// Bun: bun run bun.ts

import { track_sale } from "refport-edge";

const refport = { apiKey: Bun.env.REFPORT_API_KEY!, baseUrl: Bun.env.REFPORT_BASE_URL };

Bun.serve({
  routes: {
    "/checkout": {
      async POST(request) {
        const { orderId, customerId } = await request.json();
        const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
        const { outcome, error } = await track_sale(request, sale, refport);
        if (outcome === "failed") console.error(error);
        return Response.json({ orderId });
      },
    },
  },
});
