// What compiles on Node.js: its own server's request, and a key from the environment.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { getClickIdFromRequest, getSessionIdFromRequest, hashEmail, track_sale, verifyRefCampaignWebhook } from "refport-edge";

createServer(async (request, response) => {
  const clickId: string | null = getClickIdFromRequest(request);
  const apiKey = process.env["REFPORT_API_KEY"] ?? "";
  const result = await track_sale(request, { clickId, customerExternalId: "user_001", amount: 4900 }, { apiKey });
  const sessionId: string | null = getSessionIdFromRequest(request);
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const header = request.headers["x-refcampaign-signature"];
  const payload = Buffer.concat(pieces);
  const verdict = await verifyRefCampaignWebhook({ payload, header: String(header) }, process.env["SECRET"] ?? "");
  response.end(verdict.valid ? result.outcome : sessionId);
});

// @ts-expect-error the key may be missing from the environment
void track_sale(null, { customerExternalId: "user_001", amount: 4900 }, { apiKey: process.env["REFPORT_API_KEY"] });

const same: boolean = createHash("sha256").update("alice@example.com").digest("hex") === hashEmail("alice@example.com");
void same;
