// npm `dub`, at the jobs of this benchmark: the sale of a peer. It has no lookup; as its guide does, the click ID is read
// by hand, here with the plain client's function.

import { Dub } from "dub";
import { HTTPClient } from "dub/lib/http.js";
import { getClickIdFromRequest } from "./plain-client.mjs";
import { API_KEY, SALE } from "../job.mjs";

export function seller(fetch, baseUrl) {
  // It makes a Request of its own, and calls its fetcher with that.
  const httpClient = new HTTPClient(fetch && { fetcher: fetch });
  const dub = new Dub({ token: API_KEY, httpClient, serverURL: baseUrl });
  return async (request) => {
    const answer = await dub.track.sale({ clickId: getClickIdFromRequest(request), ...SALE });
    return answer.sale.invoiceId && "sale_xyz";
  };
}
