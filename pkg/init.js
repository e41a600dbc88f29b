// The second argument of an attempt's `fetch`.
//
// In: what every attempt of a call sends, and a signal. Out: a plain `init`: a `Request` of one realm is refused by the fetch of
// another, and test doubles read `init.body`.

import { keepUncached } from "./uncached.js";

/** `authorization` and `body` are empty where there is none. */
export function initOf(method, { authorization, body }, signal) {
  // Nothing is inherited: `fetch` would take every member that is there.
  const headers = { __proto__: null, accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  if (authorization) headers.authorization = authorization;
  // A redirect that is followed takes the key to wherever it points, and turns the POST into a GET.
  const init = { __proto__: null, method, headers, redirect: "manual", signal };
  if (body) init.body = body;
  keepUncached(init);
  return init;
}
