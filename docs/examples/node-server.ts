import { createServer } from "node:http";
import { track_sale } from "refport-edge";

export const server = createServer(async (request, response) => {
  const { outcome, error } = await track_sale(
    request,
    { customerExternalId: "user_8", amount: 4900, currency: "usd", invoiceId: "in_8" },
    { apiKey: process.env["REFPORT_API_KEY"]! },
  );
  if (outcome === "failed") console.error(error);
  response.end("paid");
});

// Started as a program: node server.ts
if (import.meta.main) server.listen(3000);
