// A Worker in front of a shop, which hands on what the shop answers.

import { captureClick } from "refport-edge/capture";

export default {
  fetch: async (request, { SHOP }) => captureClick(request, await fetch(SHOP + new URL(request.url).pathname, { redirect: "manual" })),
};
