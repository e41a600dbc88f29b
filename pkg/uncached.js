// No answer but the service's: what keeps an attempt out of every cache of the runtime or the framework.
//
// In: an attempt's `init`; the globals are asked at each attempt. Out: the same, with members more.
// Not its job: a cache that the caller puts around a whole call, such as Next.js's "use cache".

import { read } from "./read.js";

/** Sets `cache` and `next`, where they are known. Nothing here throws, whatever the globals are. */
export function keepUncached(init) {
  // workerd throws at the member before the compatibility date 2024-11-11.
  if (read(isCacheKnown)) init.cache = "no-store";
  if (read(isLeftAlone)) init.next = { internal: true };
}

const isCacheKnown = () => "cache" in Request.prototype;

/**
 * Whether Next.js (14 to 16) is to leave the request alone, as it does its own. `no-store` is not enough for it. On a page
 * with `fetchCache = "force-cache"` it answers from its cache all the same, and on one with "only-cache" it throws. Of a page
 * that it generates on demand and keeps, it makes a 500. With Cache Components, `no-store` is right: it has the request
 * wait for a visitor.
 */
function isLeftAlone() {
  const { fetch } = globalThis;
  // Not by a throw where there is none: that would be the dearest line of a sale.
  const page = fetch.__nextGetStaticStore?.().getStore();
  if (!page || (page.cacheComponentsEnabled ?? page.dynamicIOEnabled)) return false;
  // While it is built. Next.js is told by a request to nowhere that the page is to be rendered for each visitor; to throw at
  // that request is its way of noting it.
  if (page.isBuildTimePrerendering ?? page.isPrerendering) fetch("data:,", { cache: "no-store" }).catch(() => {});
  return true;
}
