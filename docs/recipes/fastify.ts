// Fastify 5.

import fastify from "fastify";
import { track_sale } from "refport-edge";

const app = fastify();
const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };

app.post<{ Body: { orderId: string; customerId: string } }>("/checkout", async (request) => {
  const { orderId, customerId } = request.body;
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const { outcome, error } = await track_sale(request, sale, refport);
  if (outcome === "failed") request.log.error(error);
  return { orderId };
});

await app.listen({ port: Number(process.env.PORT ?? 3000) });
