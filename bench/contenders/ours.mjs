// This package, as packed, at the jobs of this benchmark.

import { getClickIdFromRequest, track_sale } from "refport-edge";
import { API_KEY, SALE } from "../job.mjs";

export const lookup = (request) => getClickIdFromRequest(request);

/**
 * As most shops have it: no transport of one's own. A stub for the network so takes the place of the runtime's `fetch`, and its
 * answers have a URL, as those of a network have: a transport of the caller's is read more carefully, and more slowly.
 */
export function seller(fetch, baseUrl) {
  if (fetch) globalThis.fetch = async (url, init) => Object.defineProperty(await fetch(url, init), "url", { value: url });
  const config = { apiKey: API_KEY, baseUrl };
  return async (request) => (await track_sale(request, SALE, config)).data.sale.id;
}
