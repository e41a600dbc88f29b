// What users import; documented in index.d.ts.

export {
  ConversionError,
  RefCampaignError,
  RefportAuthError,
  RefportConnectionError,
  RefportError,
  RefportInvalidClickIdError,
  RefportNotFoundError,
  RefportRateLimitError,
  RefportValidationError,
} from "./errors.js";
export { RefCampaign, getSessionIdFromRequest, hashEmail } from "./refcampaign.js";
export {
  Refport,
  getClickIdFromCookie,
  getClickIdFromRequest,
  trackLead,
  trackSale,
  track_lead,
  track_sale,
} from "./refport.js";
export { verifyRefCampaignWebhook } from "./webhook.js";
