// Proves the fake services: each against its golden vectors of the wire, and the few things that no vector can say. And
// the RefCampaign client against its fake service, since the demo has only one call of it.
// In: nothing. Out: one line for each case, then "N passed, M failed"; exit 1 when M is not 0.
// Not its job: the cases (services/), the shop.

import { join } from "node:path";
import { bundle } from "../local/bundle.mjs";
import { controlOf, ROOT, serviceWorker, start } from "../local/workers.mjs";
import * as client from "./services/client.mjs";
import * as refcampaign from "./services/refcampaign.mjs";
import * as refport from "./services/refport.mjs";
import * as dub from "./services/dub.mjs";
import * as tolt from "./services/tolt.mjs";
import { mustBe } from "./services/vectors.mjs";

let [passed, failed] = [0, 0];
for (const service of [refport, refcampaign, client, tolt, dub]) {
  const { folder, KEY } = service;
  const running = await start([serviceWorker(await bundle(join(ROOT, folder)), folder, KEY)]);
  await prove(service, atOf(running.url));
  await running.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function prove({ name: service, vectors = [], seed, BEFORE = {}, MORE }, at) {
  const without = Object.keys(BEFORE).filter((name) => !vectors.some((vector) => vector.name === name));
  if (without.length > 0) throw new Error(`arranged for no vector: ${without.join(", ")}`);
  const cases = { ...Object.fromEntries(vectors.map((vector) => [vector.name, () => play(vector)])), ...MORE };
  for (const [title, check] of Object.entries(cases)) {
    try {
      await seed(at);
      await check(at);
      passed += 1;
      console.log(`ok   ${service}: ${title}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${service}: ${title}: ${error.message}`);
    }
  }

  async function play({ name, request, response }) {
    await BEFORE[name]?.(at);
    await mustBe(await at.send(request), response);
  }
}

// A request without a body in its vector gets one that is not JSON, unless it is a GET.
function atOf(url) {
  const bodyOf = (method, body) => (method === "GET" ? undefined : body === undefined ? "{" : JSON.stringify(body));
  return {
    url,
    control: controlOf(url),
    send: ({ method, path, headers, body }) => fetch(url + path, { method, headers, body: bodyOf(method, body) }),
  };
}
