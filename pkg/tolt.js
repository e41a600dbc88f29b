// Tolt: the client of its own SDK's names, and the functions that take a request.
//
// In: the caller's values. Out: results, always: nothing here rejects. Each export is a function of the core that decides; the
// files in entries/ say which core that is.

import { sender } from "./client.js";
import { CLICK, CUSTOMER, LANDING, TOLT, TOLT_VISITOR, TRANSACTION, TRANSACTION_REFUND } from "./dist/services/tolt.js";
import { ConversionError } from "./errors.js";
import { getClickIdOf } from "./lookup.js";
import { isName, isObject, member, read } from "./read.js";
import { readRequest, readVisitor } from "./request.js";
import { resultOf, track } from "./track.js";

export class ToltError extends ConversionError {
  static name = "ToltError";
}

const byOf = (core) => ({ __proto__: null, core, service: TOLT, classOf: () => ToltError });

const readParts = (request) => readVisitor(request, TOLT_VISITOR);

export const getClickIdFromRequestWith = (core) => getClickIdOf(core, TOLT_VISITOR);

export const trackSaleWith = (core) =>
  function trackSale(request, sale, config) {
    return track(byOf(core), readParts, TRANSACTION, request, sale, config, dataOf);
  };

export const trackLeadWith = (core) =>
  function trackLead(request, lead, config) {
    return track(byOf(core), readParts, CUSTOMER, request, lead, config, dataOf);
  };

export const trackClickWith = (core) =>
  function trackClick(request, click, config) {
    const given = isObject(click) ? read(member, click, "param") : undefined;
    const param = given ?? "ref";
    // Of a click there is nothing but the parameter: a cookie is of an earlier one.
    const readLanding = (from) => ({ ...readRequest(from, param), stored: undefined, cookies: undefined });
    const readNothing = () => readRequest(undefined);
    // What cannot be copied is told as what cannot be read.
    const params = click === undefined || click === null || isObject(click) ? (read(() => ({ ...click, param })) ?? click) : click;
    return track(byOf(core), isName(param) ? readLanding : readNothing, LANDING, request, params, config, dataOf);
  };

export const ToltWith = (core) =>
  class Tolt {
    clicks;
    customers;
    transactions;

    constructor(config) {
      const deliver = sender(byOf(core), config);
      const call = (endpoint, isQuestion) => async (params, options) =>
        resultOf(await deliver(endpoint, params, options, isQuestion), dataOf);
      // Its answer, the click's ID, is what it is made for.
      this.clicks = { create: call(CLICK, true) };
      this.customers = { create: call(CUSTOMER) };
      this.transactions = { create: call(TRANSACTION), refund: call(TRANSACTION_REFUND) };
    }
  };

/** Its envelope is `{ success, message, data }`, and `data` what was made, or a list of it. */
function dataOf({ data }) {
  return Array.isArray(data) ? data[0] : data;
}
