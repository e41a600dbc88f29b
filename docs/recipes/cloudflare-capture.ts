// A Worker in front of a shop: the click of a partner's link is kept, whatever serves the pages.

import { captureClick } from "refport-edge/capture";

export default {
  async fetch(request: Request): Promise<Response> {
    return captureClick(request, await fetch(request));
  },
};
