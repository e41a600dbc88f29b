// What compiles on Node.js: its own server's request, and a key from the environment.

import { createServer } from "node:http";
import { getClickIdFromRequest, track_sale } from "refport-edge";

createServer(async (request, response) => {
  const clickId: string | null = getClickIdFromRequest(request);
  const apiKey = process.env["REFPORT_API_KEY"] ?? "";
  const result = await track_sale(request, { clickId, customerExternalId: "user_001", amount: 4900 }, { apiKey });
  response.end(result.outcome);
});

// @ts-expect-error the key may be missing from the environment
void track_sale(null, { customerExternalId: "user_001", amount: 4900 }, { apiKey: process.env["REFPORT_API_KEY"] });
