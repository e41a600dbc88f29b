// This package's own client for Dub, as packed, at the jobs of this benchmark.

import { getClickIdFromRequest, trackSale } from "refport-edge/dub";
import { API_KEY, SALE } from "../job.mjs";

export const lookup = (request) => getClickIdFromRequest(request);

/** See ours.mjs. */
export function seller(fetch, baseUrl) {
  if (fetch) globalThis.fetch = async (url, init) => Object.defineProperty(await fetch(url, init), "url", { value: url });
  const config = { token: API_KEY, serverURL: baseUrl };
  return async (request) => (await trackSale(request, SALE, config)).data.sale.id;
}
