// A shop's Worker that makes its calls in every way a Worker can, and can be told to come to a bad end in each.
//
// In: a job `{ id, call, way, baseUrl, ending, room }`. Out: `{ id, result }`, at once or (way "waitUntil") to env.REPORTS.

import { inBegin, inFetch, inStep, stats } from "./hooks.mjs";
import { DurableObject } from "cloudflare:workers";
import * as api from "refport-edge";
import { convert } from "./conversion-call.mjs";

/** Long enough for everyone to outlive the others' ends. */
const OPTIONS = { apiKey: "rk_torture", timeoutMs: 15_000, budgetMs: 25_000 };
const IN_FLIGHT_MS = 10;

const boom = () => {
  throw new Error("the hook has thrown");
};

/** Leaves the stack as a trap leaves it: without any of the frames on it coming to its end. */
const overflow = () => 1 + overflow();

/** What each ending adds to a call. `kill` ends everything of this request, or of this object. */
const ENDINGS = {
  "kill in flight": (_, kill) => void setTimeout(kill, IN_FLIGHT_MS),
  "kill in onAttempt": (_, kill) => ({ config: { onAttempt: kill } }),
  "kill in a step": (id, kill) => inStep(id, kill),
  "kill in fetch": (id, kill) => inFetch(id, kill),
  "exit in flight": () => void setTimeout(() => process.exit(1), IN_FLIGHT_MS),
  "exit in a step": (id) => inStep(id, () => process.exit(1)),
  "exit in fetch": (id) => inFetch(id, () => process.exit(1)),
  "throw in a step": (id) => inStep(id, boom),
  "throw in fetch": (id) => inFetch(id, boom),
  trap: (id) => inBegin(id, overflow),
};

export default {
  async fetch(request, env, ctx) {
    const job = await request.json();
    if (job.way === "stats") return Response.json(stats());
    if (job.way !== "object") return serve(job, env, ctx);
    const room = env.ROOM.get(env.ROOM.idFromName(job.room));
    return room.fetch("https://room.test/", { method: "POST", body: JSON.stringify(job) });
  },
};

export class Room extends DurableObject {
  async fetch(request) {
    return serve(await request.json(), this.env, this.ctx);
  }
}

async function serve(job, env, ctx) {
  const { id, way, ending } = job;
  const pending = call(job, env, () => ctx.abort("a kill on purpose"));
  if (way !== "waitUntil") {
    const result = await pending;
    if (ending === "kill after") ctx.abort("a kill on purpose");
    return Response.json({ id, result });
  }
  const report = (result) => fetch(env.REPORTS, { method: "POST", body: JSON.stringify({ id, result }) });
  ctx.waitUntil(pending.then(report));
  return Response.json({ id, later: true });
}

/** Each makes its call, and answers it with the ID by which the service knows the event. */
const CALLS = {
  async sale(id, params, config) {
    const shopper = new Request("https://shop.test/checkout", { headers: { cookie: `refp_id=click_${id}` } });
    const sale = { customerExternalId: `user_${id}`, amount: 4900, invoiceId: id, ...params };
    const result = await api.track_sale(shopper, sale, config);
    return { ...result, eventId: result.data?.sale.invoiceId };
  },
  track: conversion("track", (id) => ({ sessionId: `rcs_${id}`, amount: 49.9, currency: "EUR", metadata: { orderId: id } })),
  postback: conversion("postback", (id) => ({ sessionId: `rcs_${id}`, amount: 4990, currency: "EUR", externalId: id })),
  refund: conversion("refund", (id) => ({ externalId: id })),
};

function conversion(method, event) {
  return async (id, params, config) => {
    const result = await convert(api, method, { ...event(id), ...params }, config);
    return { ...result, eventId: result.conversionId?.replace("cnv_", "") };
  };
}

async function call({ id, call: name, way, baseUrl, ending }, env, kill) {
  const { params, config } = ENDINGS[ending]?.(id, kill) ?? {};
  const transport = way === "binding" ? { fetch: env.SERVICE } : {};
  const options = { ...OPTIONS, ...transport, ...config, baseUrl };
  const { outcome, eventId, error } = await CALLS[name](id, params, options);
  return { outcome, eventId, kind: error?.kind };
}
