// SvelteKit: src/hooks.server.ts. The click of a partner's link is kept.

import { captureClick } from "refport-edge/capture";

export async function handle({ event, resolve }) {
  return captureClick(event, await resolve(event));
}
