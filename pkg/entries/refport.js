// Refport: what users import of it.

import { getClickIdFromCookieWith, getClickIdFromRequestWith } from "../lookup.js";
import { RefportWith, trackLeadWith, trackSaleWith } from "../refport.js";
import { lookup } from "./cores/lookup.js";
import { refport } from "./cores/refport.js";

export {
  RefportAuthError,
  RefportConnectionError,
  RefportError,
  RefportInvalidClickIdError,
  RefportNotFoundError,
  RefportRateLimitError,
  RefportValidationError,
} from "../refport.js";
export const getClickIdFromRequest = /* @__PURE__ */ getClickIdFromRequestWith(lookup);
export const getClickIdFromCookie = /* @__PURE__ */ getClickIdFromCookieWith(lookup);
export const track_sale = /* @__PURE__ */ trackSaleWith(refport);
export const track_lead = /* @__PURE__ */ trackLeadWith(refport);
export const Refport = /* @__PURE__ */ RefportWith(refport);
export { track_lead as trackLead, track_sale as trackSale };
