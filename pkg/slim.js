// Bring your own module: everything that the other entries export, without the bytes of the cores.
//
// In: a compiled `WebAssembly.Module` of refport-edge/core.wasm, by `init`. Out: the same API. Whoever calls it too early
// gets an error: elsewhere a core that is missing would look like a visitor without a click ID.

/* @ts-self-types="./slim.d.ts" */

import * as api from "./dist/slim/index.js";
import { give, isGiven } from "./given.js";

export const init = (module) => give(module);

// What needs no core, the classes of errors, is the very same; the names below take precedence.
export * from "./dist/slim/index.js";

export const track_sale = afterInit(api.track_sale);
export const track_lead = afterInit(api.track_lead);
export { track_lead as trackLead, track_sale as trackSale };
export const getClickIdFromRequest = afterInit(api.getClickIdFromRequest);
export const getClickIdFromCookie = afterInit(api.getClickIdFromCookie);
export const Refport = afterInit(api.Refport);
export const RefCampaign = afterInit(api.RefCampaign);
export const getSessionIdFromRequest = afterInit(api.getSessionIdFromRequest);
export const hashEmail = afterInit(api.hashEmail);
export const verifyRefCampaignWebhook = afterInit(api.verifyRefCampaignWebhook);

/** A Proxy, so that a class stays the class that `instanceof` knows. */
function afterInit(callable) {
  const after = (does) => (...args) => {
    if (!isGiven()) throw new Error("refport-edge/slim has no core yet: call init(module) before anything else");
    return does(...args);
  };
  return new Proxy(callable, { apply: after(Reflect.apply), construct: after(Reflect.construct) });
}
