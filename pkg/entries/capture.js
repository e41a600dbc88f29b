// `refport-edge/capture`, with the lookups of the package itself.

import { getClickIdFromRequest, getSessionIdFromRequest } from "../index.js";
import { captureClickWith, clickCookieWith } from "../capture/capture.js";

const LOOKUPS = { getClickIdFromRequest, getSessionIdFromRequest };

export const captureClick = /* @__PURE__ */ captureClickWith(LOOKUPS);
export const clickCookie = /* @__PURE__ */ clickCookieWith(LOOKUPS);
export { clearClick, shouldClear } from "../capture/clear.js";
