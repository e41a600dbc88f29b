// Express 5.

import express from "express";
import { track_sale } from "refport-edge";

const app = express();
const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };

app.post("/checkout", express.json(), async (req, res) => {
  const { orderId, customerId } = req.body;
  const sale = { customerExternalId: customerId, amount: 4900, currency: "usd", invoiceId: orderId };
  const { outcome, error } = await track_sale(req, sale, refport);
  if (outcome === "failed") console.error(error);
  res.json({ orderId });
});

app.listen(process.env.PORT ?? 3000);
