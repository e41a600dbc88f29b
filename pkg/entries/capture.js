// `refport-edge/capture`: what users import of it; documented in capture.d.ts.

/* @ts-self-types="../capture.d.ts" */

import { captureClickWith, clickCookieWith } from "../capture/capture.js";
import { getClickIdFromRequestWith, getSessionIdFromRequestWith } from "../lookup.js";
import { lookup } from "./cores/lookup.js";

const LOOKUPS = /* @__PURE__ */ (() => ({
  getClickIdFromRequest: getClickIdFromRequestWith(lookup),
  getSessionIdFromRequest: getSessionIdFromRequestWith(lookup),
}))();

export const captureClick = /* @__PURE__ */ captureClickWith(LOOKUPS);
export const clickCookie = /* @__PURE__ */ clickCookieWith(LOOKUPS);
export { clearClick, shouldClear } from "../capture/clear.js";
