/**
 * RefCampaign alone: for an app that reports to no other service. The exports are the same as those of `refport-edge`, and so
 * are the classes: an error of one entry is an `instanceof` of the other's.
 *
 * ```ts
 * import { RefCampaign } from "refport-edge/refcampaign";
 *
 * const refcampaign = new RefCampaign({ apiKey: process.env.REFCAMPAIGN_API_KEY });
 * ```
 */

export {
  ConversionError,
  RefCampaign,
  RefCampaignError,
  getSessionIdFromRequest,
  hashEmail,
  verifyRefCampaignWebhook,
} from "./index.js";
export type * from "./index.js";
