// Refport: the functions that take a request, and the client that takes the place of the official SDK's.
//
// In: the caller's values. Out: results, always: nothing here rejects. Each export is a function of the core that decides; the
// files in entries/ say which core that is.

import { send, sender } from "./client.js";
import { EMBED_TOKEN, LEAD, REFPORT, REFPORT_VISITOR, SALE } from "./dist/services/refport.js";
import { ConversionError } from "./errors.js";
import { isObject, member, read } from "./read.js";
import { isAwaited, readRequest, settledRequest } from "./request.js";

export class RefportError extends ConversionError {
  static name = "RefportError";
}

export class RefportValidationError extends RefportError {
  static name = "RefportValidationError";
}

export class RefportInvalidClickIdError extends RefportValidationError {
  static name = "RefportInvalidClickIdError";
}

export class RefportAuthError extends RefportError {
  static name = "RefportAuthError";
}

export class RefportNotFoundError extends RefportError {
  static name = "RefportNotFoundError";
}

export class RefportRateLimitError extends RefportError {
  static name = "RefportRateLimitError";
}

export class RefportConnectionError extends RefportError {
  static name = "RefportConnectionError";
}

/** The class of each kind of Refport's errors; those that are not here are plain RefportErrors. */
const CLASSES = {
  __proto__: null,
  validation: RefportValidationError,
  invalid_click_id: RefportInvalidClickIdError,
  auth: RefportAuthError,
  not_found: RefportNotFoundError,
  rate_limit: RefportRateLimitError,
  connection: RefportConnectionError,
  timeout: RefportConnectionError,
  aborted: RefportConnectionError,
};

const byOf = (core) => ({ core, service: REFPORT, classOf: (kind) => CLASSES[kind] ?? RefportError });

export const trackSaleWith = (core) =>
  function track_sale(request, sale, config) {
    return track(core, SALE, request, sale, config);
  };

export const trackLeadWith = (core) =>
  function track_lead(request, lead, config) {
    return track(core, LEAD, request, lead, config);
  };

async function track(core, endpoint, request, params, options) {
  const by = byOf(core);
  if (isForgotten(params, options)) return resultOf(await send({ __proto__: null, by, endpoint, refused: FORGOTTEN }));
  const partsOf = ({ cookieName = REFPORT_VISITOR.cookie, budgetMs }) => {
    const parts = readRequest(request, cookieName);
    return isAwaited(request, parts) ? settledRequest(request, cookieName, budgetMs) : parts;
  };
  return resultOf(await send({ __proto__: null, by, endpoint, params, options, readRequest: partsOf }));
}

/** `track_sale(sale, config)`: what are taken for the parameters are the options. */
const isForgotten = (params, options) =>
  !isObject(options) && isObject(params) && read(member, params, "apiKey") !== undefined;

const FORGOTTEN = [{ field: "request", message: "is missing: the first argument is the request that the handler got (or null), the second what is reported, the third the options" }];

export const RefportWith = (core) =>
  class Refport {
    track;
    embedTokens;

    constructor(config) {
      const deliver = sender(byOf(core), config);
      const call = (endpoint, toData) => async (params, options) => resultOf(await deliver(endpoint, params, options, Boolean(toData)), toData);
      this.track = { sale: call(SALE), lead: call(LEAD) };
      this.embedTokens = { create: call(EMBED_TOKEN, withDate) };
    }
  };

const withDate = (body) => ({ ...body, expires: new Date(body.expires) });

/** What a call resolves; `toData` makes of a good answer what the caller gets. */
function resultOf({ outcome, body, error, attempts, requestId }, toData = (body) => body) {
  return { outcome, data: outcome === "recorded" ? toData(body) : null, error, attempts, requestId };
}
