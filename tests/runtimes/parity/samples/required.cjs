// The quick start where the package is required.

const { Refport, RefportError, getClickIdFromCookie } = require("refport-edge");

exports.quickStart = async function quickStart(cookieHeader) {
  const refport = new Refport({ apiKey: process.env.REFPORT_API_KEY, baseUrl: process.env.REFPORT_BASE_URL });
  const clickId = getClickIdFromCookie(cookieHeader);
  const { data, error } = await refport.track.sale({ clickId, customerExternalId: "cus_123", amount: 4999, currency: "usd" });
  if (error instanceof RefportError) throw error;
  return data;
};
