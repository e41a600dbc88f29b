// What compiles where the package is required.

import edge = require("refport-edge");
import slim = require("refport-edge/slim");

const config: edge.RefportConfig = { apiKey: "rk_test" };
const clickId: string | null = edge.getClickIdFromCookie("refp_id=abc123");
void edge.track_sale(null, { customerExternalId: "user_001", amount: 4900 }, config);
const same: typeof edge.track_sale = slim.track_sale;
void [clickId, same];

// @ts-expect-error a click ID may be missing
const wrong: string = clickId;
void wrong;
