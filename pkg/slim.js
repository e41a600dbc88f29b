// Bring your own module: what `refport-edge` itself, capture and checkout export, without the bytes of the cores.
//
// In: a compiled `WebAssembly.Module` of refport-edge/core.wasm, by `init`. Out: the same API. Whoever calls it too early
// gets an error: elsewhere a core that is missing would look like a visitor without a click ID.

/* @ts-self-types="./slim.d.ts" */

import * as capture from "./dist/slim/capture.js";
import * as checkout from "./dist/slim/checkout.js";
import * as api from "./dist/slim/index.js";
import { give, isGiven } from "./given.js";

export const init = (module) => give(module);

// What needs no core, as the classes of errors, is the very same; the names below take precedence.
export * from "./dist/slim/capture.js";
export * from "./dist/slim/checkout.js";
export * from "./dist/slim/index.js";

export const track_sale = /* @__PURE__ */ afterInit(api.track_sale);
export const track_lead = /* @__PURE__ */ afterInit(api.track_lead);
export { track_lead as trackLead, track_sale as trackSale };
export const getClickIdFromRequest = /* @__PURE__ */ afterInit(api.getClickIdFromRequest);
export const getClickIdFromCookie = /* @__PURE__ */ afterInit(api.getClickIdFromCookie);
export const Refport = /* @__PURE__ */ afterInit(api.Refport);
export const RefCampaign = /* @__PURE__ */ afterInit(api.RefCampaign);
export const getSessionIdFromRequest = /* @__PURE__ */ afterInit(api.getSessionIdFromRequest);
export const hashEmail = /* @__PURE__ */ afterInit(api.hashEmail);
export const verifyRefCampaignWebhook = /* @__PURE__ */ afterInit(api.verifyRefCampaignWebhook);
export const captureClick = /* @__PURE__ */ afterInit(capture.captureClick);
export const clickCookie = /* @__PURE__ */ afterInit(capture.clickCookie);
export const toLemonSqueezy = /* @__PURE__ */ afterInit(checkout.toLemonSqueezy);
export const toPaddle = /* @__PURE__ */ afterInit(checkout.toPaddle);
export const toPolar = /* @__PURE__ */ afterInit(checkout.toPolar);
export const toShopify = /* @__PURE__ */ afterInit(checkout.toShopify);
export const toStripe = /* @__PURE__ */ afterInit(checkout.toStripe);

/** A Proxy, so that a class stays the class that `instanceof` knows. */
function afterInit(callable) {
  const after = (does) => (...args) => {
    if (!isGiven()) throw new Error("refport-edge/slim has no core yet: call init(module) before anything else");
    return does(...args);
  };
  return new Proxy(callable, { apply: after(Reflect.apply), construct: after(Reflect.construct) });
}
