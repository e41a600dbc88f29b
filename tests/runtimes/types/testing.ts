// refport-edge/testing, as a test writes it; and what must not compile.

import { RefCampaign, track_sale, verifyRefCampaignWebhook } from "refport-edge";
import {
  type FakeOptions, type FakeStore, fakeRefCampaign, fakeRefport, type LastingStep, type NotedRequest, signRefCampaignWebhook, type Step,
} from "refport-edge/testing";

const steps: Step[] = [
  429, "recorded", "duplicate", "unattributed", "drop the connection", "never answer", "stall in the body", "record, then drop the connection",
  "record, then 502", { status: 503, headers: { "retry-after": "1" } }, { record: true, status: 500, body: "<h1>", delayMs: 5 },
];
const store: FakeStore = { load: () => [["sales", "a", {}]], save: () => {} };
const options: FakeOptions = { script: steps, apiKey: "rk_test", store };

const fake = fakeRefport({ ...options, clicks: ["abc123", { id: "x", link: null }] });
fake.script(429, ["recorded", 503], ({ json, path }) => json ?? path);
const lasting: LastingStep = 503;
fake.outage(lasting);
fake.outage(null);
fake.clock.set(new Date());
fake.clock.advance(1);
const noted: NotedRequest[] = fake.requests;
const amount: number = fake.ledger.totals.money[0]?.amount ?? 0;
const { id }: { id: string } = fake.addClick({ link: "alice" });

export const sold = track_sale(null, { clickId: id, customerExternalId: "u", amount }, { apiKey: "k", fetch: fake.fetch });
export const alsoSold = track_sale(null, { clickId: id, customerExternalId: "u", amount }, { apiKey: "k", fetch: fake });

const campaign = fakeRefCampaign({ sessions: ["rcs_1"], webhookSecret: "whsec_1" });
export const client = new RefCampaign({ apiKey: "k", fetch: campaign.fetch });
export const verdict = campaign.webhook("conversion.created").then(({ request }) => verifyRefCampaignWebhook(request(), campaign.webhookSecret));
export const signed = signRefCampaignWebhook({ event: "webhook.test" }, "whsec_1", { nowMs: 0 });
export { noted };

// @ts-expect-error no such step
fake.script("record");
// @ts-expect-error a function cannot be an outage: it could not be kept
fake.outage(() => 1);
// @ts-expect-error the books are the service's
fake.ledger.sales = [];
