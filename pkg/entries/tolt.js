// Tolt: what users import of it.

/* @ts-self-types="../tolt.d.ts" */

import { ToltWith, getClickIdFromRequestWith, trackClickWith, trackLeadWith, trackSaleWith } from "../tolt.js";
import { lookup } from "./cores/lookup.js";
import { tolt } from "./cores/tolt.js";

export { ConversionError } from "../errors.js";
export { ToltError } from "../tolt.js";
export const getClickIdFromRequest = /* @__PURE__ */ getClickIdFromRequestWith(lookup);
export const trackSale = /* @__PURE__ */ trackSaleWith(tolt);
export const trackLead = /* @__PURE__ */ trackLeadWith(tolt);
export const trackClick = /* @__PURE__ */ trackClickWith(tolt);
export const Tolt = /* @__PURE__ */ ToltWith(tolt);
