// This package, as packed, at the jobs of this benchmark.

import { getClickIdFromRequest, track_sale } from "refport-edge";
import { API_KEY, SALE } from "../job.mjs";

export const lookup = (request) => getClickIdFromRequest(request);

export function seller(fetch, baseUrl) {
  const config = { apiKey: API_KEY, fetch, baseUrl };
  return async (request) => (await track_sale(request, SALE, config)).data.sale.id;
}
