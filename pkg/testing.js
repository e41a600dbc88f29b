// refport-edge/testing: the two services in memory, for tests of your own code.
//
// In: what the service knows beforehand, and what it is to do. Out: a `fetch` that answers as the documented service does, and its
// books. It needs no network and no WebAssembly. The demo's fake services are these very objects, each in a Worker.

/* @ts-self-types="./testing.d.ts" */

export { fakeRefCampaign } from "./testing/refcampaign.js";
export { fakeRefport } from "./testing/refport.js";
export { signRefCampaignWebhook } from "./testing/webhook.js";
