// Astro: src/middleware.ts. The click of a partner's link is kept.

import { defineMiddleware } from "astro:middleware";
import { captureClick } from "refport-edge/capture";

export const onRequest = defineMiddleware(async (context, next) => captureClick(context, await next()));
