// A fake service in a Worker of its own, made of its rules: the API, and the stage directions under /__control/.
//
// In: `rulesOf({ apiKey, now })`, which answers `{ decide(asked), directions, view(), reset() }`: what a request is answered, what
// only this service can be told to do, its books. Out: the Durable Object that holds them, in memory, and the Worker's handler.
// Not its job: any rule of the service's.

import { DurableObject } from "cloudflare:workers";

const CONTROL = "/__control/";
const REQUESTS_KEPT = 1_000;

export function serviceOf(rulesOf) {
  class Ledger extends DurableObject {
    #rules = rulesOf({ apiKey: this.env.API_KEY, now: () => new Date().toISOString() });
    #requests = [];
    #limit = { refuseNext: 0, retryAfter: null };

    async fetch(request) {
      const { pathname: path, searchParams } = new URL(request.url);
      const text = await request.text();
      if (path.startsWith(CONTROL)) return this.#direct(`${request.method} ${path.slice(CONTROL.length)}`, text);
      const isRefused = this.#limit.refuseNext > 0;
      if (isRefused) this.#limit.refuseNext -= 1;
      const asked = { method: request.method, path, searchParams, headers: request.headers, text };
      const { status, body, headers = {} } = this.#rules.decide(asked, isRefused ? this.#limit : null);
      this.#requests = [...this.#requests, { method: request.method, path, status, body: text }].slice(-REQUESTS_KEPT);
      return Response.json(body, { status, headers });
    }

    #direct(name, text) {
      const rules = this.#rules;
      const directions = {
        "GET ledger": () => ({ ...rules.view(), requests: this.#requests }),
        "POST reset": () => {
          this.#requests = [];
          this.#limit.refuseNext = 0;
          rules.reset();
        },
        /** `{ "refuseNext": 2, "retryAfter": "1" }`: the next two requests get 429. */
        "POST rate-limit": ({ refuseNext = 0, retryAfter = null }) => void (this.#limit = { refuseNext, retryAfter }),
        ...rules.directions,
      };
      const direction = directions[name];
      if (!direction) return Response.json({ directions: Object.keys(directions) }, { status: 404 });
      return Response.json(direction(text === "" ? {} : JSON.parse(text)) ?? { done: true });
    }
  }
  return { Ledger, handler: { fetch: (request, env) => env.LEDGER.getByName("ledger").fetch(request) } };
}

/** The value of a text that is JSON. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
