// What must not compile, of the clients and what is around them.

import { RefCampaign, RefCampaignError, Refport, RefportError, getSessionIdFromRequest, hashEmail, verifyRefCampaignWebhook } from "refport-edge";
import type { ConversionResult, RefCampaignConfig } from "refport-edge";

const client = new Refport({ apiKey: "rk_test" });
const sale = { clickId: "abc123", customerExternalId: "user_001", amount: 4900 };

// @ts-expect-error a configuration is needed
new Refport();
// @ts-expect-error a key is needed
new Refport({});
// @ts-expect-error a key is no argument of its own
new Refport("rk_test");
// @ts-expect-error the address is called baseUrl
new Refport({ apiKey: "rk_test", apiUrl: "https://app.refport.co" });
// @ts-expect-error a client has no request to read the click ID from
void client.track.sale({ customerExternalId: "user_001", amount: 4900 });
// @ts-expect-error a click ID may be missing: look before you report
void client.track.sale({ ...sale, clickId: Math.random() > 0.5 ? "abc123" : null });
// @ts-expect-error a lead needs an event name
void client.track.lead({ clickId: "abc123", customerExternalId: "user_001" });
// @ts-expect-error a refund is no event of Refport's
void client.track.refund;
// @ts-expect-error a client does not change
client.track = { sale: client.track.sale, lead: client.track.lead };
// @ts-expect-error the key is not told
void client.apiKey;
// @ts-expect-error a partner has an e-mail address
void client.embedTokens.create({ partner: { name: "Alice" } });
// @ts-expect-error a slip of the pen
void client.embedTokens.create({ tenantID: "org_001" });
// @ts-expect-error a parameter that the official SDK has given up
void client.embedTokens.create({ programId: "prog_001" });
// @ts-expect-error parameters are needed
void client.embedTokens.create();

async function token(): Promise<void> {
  const token = await client.embedTokens.create({ tenantId: "org_001" });
  // @ts-expect-error as it was before 0.4: the token is in `data`
  void token.publicToken;
  // @ts-expect-error data may be null
  void token.data.publicToken;
  // @ts-expect-error it is a Date
  void token.data?.expires.toLowerCase();
}

async function official(): Promise<void> {
  const { data, error } = await client.track.sale(sale);
  if (error) return;
  // @ts-expect-error a duplicate and an unattributed sale have no data, and no error either
  void data.sale.id;
  if (!data) return;
  void data.sale.id;
}

const campaign = new RefCampaign({ apiKey: "rc_test_1" });
const conversion = { sessionId: "rcs_7fKj2", currency: "EUR" };

// @ts-expect-error a key is needed
new RefCampaign({});
// @ts-expect-error the address is called apiUrl
new RefCampaign({ apiKey: "rc_test_1", baseUrl: "https://app.refcampaign.com" });
// @ts-expect-error there is no such option
export const wrong: RefCampaignConfig = { apiKey: "rc_test_1", verbose: true };
// @ts-expect-error a currency is needed
void campaign.conversions.track({ sessionId: "rcs_7fKj2", amount: 49.9 });
// @ts-expect-error an amount is needed
void campaign.conversions.track(conversion);
// @ts-expect-error an amount is no BigInt
void campaign.conversions.track({ ...conversion, amount: BigInt(49) });
// @ts-expect-error there is no such kind of conversion
void campaign.conversions.track({ ...conversion, amount: 49.9, conversionType: "sale" });
// @ts-expect-error an order's ID is called externalId
void campaign.conversions.track({ ...conversion, amount: 49.9, orderId: "ord_42" });
// @ts-expect-error minor units are a number
void campaign.conversions.postback({ ...conversion, amount: "4990", externalId: "ord_42" });
// @ts-expect-error an external ID is needed
void campaign.conversions.postback({ ...conversion, amount: 4990 });
// @ts-expect-error an external ID is needed
void campaign.conversions.refund({});
// @ts-expect-error a session is needed
void campaign.tracking.identify({ customerEmailHash: "0".repeat(64) });
// @ts-expect-error a hash is needed
void campaign.tracking.identify({ sessionId: "rcs_7fKj2" });
// @ts-expect-error a client does not change
campaign.tracking = { identify: campaign.tracking.identify };

async function settled(result: ConversionResult, error: unknown): Promise<void> {
  // @ts-expect-error a conversion is never skipped
  void (result.outcome === "skipped");
  // @ts-expect-error an ID may be missing
  void result.conversionId.length;
  if (error instanceof RefCampaignError) {
    // @ts-expect-error it is none of Refport's
    const wrong: typeof RefportError.prototype & { details: never } = error;
    void wrong;
    // @ts-expect-error nobody knows what the details are
    void error.details.length;
  }
}

// @ts-expect-error a promise of a request has to be awaited
getSessionIdFromRequest(Promise.resolve({ headers: {} }));
// @ts-expect-error an address is a text
hashEmail(null);
// @ts-expect-error a secret is needed
void verifyRefCampaignWebhook({ payload: "{}", header: "" });
// @ts-expect-error a time is a number
void verifyRefCampaignWebhook({}, "whsec_1", { nowMs: new Date() });

async function webhook(): Promise<void> {
  const verdict = await verifyRefCampaignWebhook({}, "whsec_1");
  // @ts-expect-error look whether it is valid first
  void verdict.event;
  // @ts-expect-error there is no such reason
  if (!verdict.valid) void (verdict.reason === "expired");
}

void [token, official, settled, webhook];
