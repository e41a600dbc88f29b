// What compiles where the package is required.

import edge = require("refport-edge");
import slim = require("refport-edge/slim");

const config: edge.RefportConfig = { apiKey: "rk_test" };
const clickId: string | null = edge.getClickIdFromCookie("refp_id=abc123");
void edge.track_sale(null, { customerExternalId: "user_001", amount: 4900 }, config);
const same: typeof edge.track_sale = slim.track_sale;
const client: edge.Refport = new slim.Refport(config);
const campaign: edge.RefCampaign = new edge.RefCampaign({ apiKey: "rc_test_1" });
const hash: string = slim.hashEmail("alice@example.com");
void [clickId, same, client, campaign, hash];

// @ts-expect-error a click ID may be missing
const wrong: string = clickId;
void wrong;
