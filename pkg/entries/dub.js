// Dub: what users import of it.

/* @ts-self-types="../dub.d.ts" */

import { DubWith, getClickIdFromRequestWith, trackLeadWith, trackSaleWith, verifyDubWebhookWith } from "../dub.js";
import { dub } from "./cores/dub.js";
import { lookup } from "./cores/lookup.js";

export { DubError } from "../dub.js";
export { ConversionError } from "../errors.js";
export const getClickIdFromRequest = /* @__PURE__ */ getClickIdFromRequestWith(lookup);
export const trackSale = /* @__PURE__ */ trackSaleWith(dub);
export const trackLead = /* @__PURE__ */ trackLeadWith(dub);
export const verifyDubWebhook = /* @__PURE__ */ verifyDubWebhookWith(dub);
export const Dub = /* @__PURE__ */ DubWith(dub);
