// SvelteKit: src/hooks.server.ts. The click of a partner's link is kept.

import type { Handle } from "@sveltejs/kit";
import { captureClick } from "refport-edge/capture";

export const handle: Handle = async ({ event, resolve }) => captureClick(event, await resolve(event));
