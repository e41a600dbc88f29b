// The fake services, on workerd, with the clicks that the documentation's examples speak of.
//
// In: nothing. Out: `{ refport, refcampaign }`, each with `url`, `books()` and `seed()`, and the environment of a program
// that uses them.
// Not its job: what they answer (pkg/testing).

import { join } from "node:path";
import { bundle } from "../../../worker-example/local/bundle.mjs";
import { ROOT, controlOf, serviceWorker, start } from "../../../worker-example/local/workers.mjs";
import * as refcampaign from "../../../worker-example/test/services/refcampaign.mjs";
import * as refport from "../../../worker-example/test/services/refport.mjs";

export async function startServices() {
  const services = { refport: await serve(refport), refcampaign: await serve(refcampaign) };
  Object.assign(process.env, {
    REFPORT_API_KEY: refport.KEY,
    REFPORT_BASE_URL: services.refport.url,
    REFCAMPAIGN_API_KEY: refcampaign.KEY,
    REFCAMPAIGN_API_URL: services.refcampaign.url,
  });
  return services;
}

/** One of them, with its books. */
export async function serve({ folder, KEY, seed }) {
  const { url, stop } = await start([serviceWorker(await bundle(join(ROOT, folder)), folder, KEY)]);
  const control = controlOf(url);
  return { url, stop, control, books: control.ledger, seed: () => seed({ url, control }) };
}
