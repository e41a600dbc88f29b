// RefCampaign: what users import of it.

/* @ts-self-types="../refcampaign.d.ts" */

import { getSessionIdFromRequestWith } from "../lookup.js";
import { RefCampaignWith, hashEmailWith } from "../refcampaign.js";
import { verifyRefCampaignWebhookWith } from "../webhook.js";
import { lookup } from "./cores/lookup.js";
import { refcampaign } from "./cores/refcampaign.js";

export { ConversionError } from "../errors.js";
export { RefCampaignError } from "../refcampaign.js";
export const getSessionIdFromRequest = /* @__PURE__ */ getSessionIdFromRequestWith(lookup);
export const hashEmail = /* @__PURE__ */ hashEmailWith(refcampaign);
export const verifyRefCampaignWebhook = /* @__PURE__ */ verifyRefCampaignWebhookWith(refcampaign);
export const RefCampaign = /* @__PURE__ */ RefCampaignWith(refcampaign);
