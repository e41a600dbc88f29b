// Refport: the functions that take a request, and the client that takes the place of the official SDK's.
//
// In: the caller's values. Out: results, always: nothing here rejects. Each export is a function of the core that decides; the
// files in entries/ say which core that is.

import { sender } from "./client.js";
import { EMBED_TOKEN, LEAD, REFPORT, REFPORT_VISITOR, SALE } from "./dist/services/refport.js";
import { ConversionError } from "./errors.js";
import { readRequest } from "./request.js";
import { resultOf, track } from "./track.js";

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

const byOf = (core) => ({ core, service: REFPORT, classOf: (kind) => CLASSES[kind] ?? RefportError, finish: undefined });

const readParts = (request, cookieName = REFPORT_VISITOR.cookie) => readRequest(request, cookieName);

export const trackSaleWith = (core) =>
  function track_sale(request, sale, config) {
    return track(byOf(core), readParts, SALE, request, sale, config);
  };

export const trackLeadWith = (core) =>
  function track_lead(request, lead, config) {
    return track(byOf(core), readParts, LEAD, request, lead, config);
  };

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
