// The plain JavaScript client of somebody who cares, at the jobs of this benchmark.

import { Client, getClickIdFromRequest } from "./fair-client.mjs";
import { API_KEY, SALE } from "../job.mjs";

export const lookup = getClickIdFromRequest;

export function seller(fetch, baseUrl) {
  const client = new Client({ apiKey: API_KEY, fetch, baseUrl });
  return async (request) => (await client.track.sale({ clickId: getClickIdFromRequest(request), ...SALE })).data.sale.id;
}
