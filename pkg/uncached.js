// No answer but the service's: what keeps an attempt out of every cache of the runtime or the framework.
//
// In: nothing; the globals are asked at each attempt. Out: members for the attempt's `init`.
// Not its job: a cache that the caller puts around a whole call, such as Next.js's "use cache".

import { read } from "./read.js";

/** `{ cache?, next? }`. Nothing here throws, whatever the globals are. */
export function uncached() {
  const init = {};
  // workerd throws at the member before the compatibility date 2024-11-11.
  if (read(() => "cache" in Request.prototype)) init.cache = "no-store";
  if (read(isBypassed)) init.next = { internal: true };
  return init;
}

/**
 * Whether Next.js is to leave the request alone, as it does its own. `no-store` is not enough for it: on a page with
 * `fetchCache = "force-cache"`, Next.js answers from its cache all the same; on one with "only-cache" it throws; and of a page
 * that it generates on demand and keeps, it makes a 500. In two cases `no-store` is what is wanted: while a page is built,
 * where it has Next.js render the page for each visitor, and with Cache Components, where it makes the request wait for one.
 */
function isBypassed() {
  const page = globalThis.fetch.__nextGetStaticStore().getStore();
  if (page.cacheComponentsEnabled ?? page.dynamicIOEnabled) return false;
  const isBuilt = page.isBuildTimePrerendering ?? page.isPrerendering;
  return !isBuilt || page.fetchCache === "force-cache" || page.fetchCache === "only-cache";
}
