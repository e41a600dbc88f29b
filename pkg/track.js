// An event, with the request that it came with.
//
// In: the request that a handler got, what is reported, and options. Out: a result, always: nothing here rejects. Which service it
// goes to, and where that has its visitors' IDs, is the caller's.

import { refuse, send } from "./client.js";
import { isObject, member, read } from "./read.js";
import { isAwaited, settledRequest } from "./request.js";

/** Reports to an endpoint. `by` is as `sender` in client.js wants it; `readParts` reads the parts of a request, by the option `cookieName`. */
export async function track(by, readParts, endpoint, request, params, options, toData) {
  if (isForgotten(by.service.key, params, options)) return resultOf(refuse(by, endpoint, FORGOTTEN));
  const readRequest = ({ cookieName, budgetMs }) => {
    const parts = readParts(request, cookieName);
    return isAwaited(request, parts) ? settledRequest(request, (settled) => readParts(settled, cookieName), budgetMs) : parts;
  };
  return resultOf(await send(by, endpoint, { params, options, defaults: undefined, readRequest, isQuestion: false }), toData);
}

/** `track_sale(sale, config)`: what are taken for the parameters are the options. */
const isForgotten = (key, params, options) =>
  !isObject(options) && isObject(params) && read(member, params, key) !== undefined;

const FORGOTTEN = [{ field: "request", message: "is missing: the first argument is the request that the handler got (or null), the second what is reported, the third the options" }];

/** What a call resolves; `toData` makes of a good answer what the caller gets. */
export function resultOf({ outcome, body, error, attempts, requestId }, toData = (body) => body) {
  return { outcome, data: outcome === "recorded" ? toData(body) : null, error, attempts, requestId };
}
