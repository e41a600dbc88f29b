// The fake services that the programs of the pages report to.
//
// In: nothing. Out: all four, started, and the environment of a program that uses them.
// Not its job: what they answer (worker-example/fake-*).

import { serve, startServices } from "../../tests/runtimes/parity/services.mjs";
import * as dub from "../../worker-example/test/services/dub.mjs";
import * as tolt from "../../worker-example/test/services/tolt.mjs";

export async function startAll() {
  const services = { ...(await startServices()), dub: await serve(dub), tolt: await serve(tolt) };
  Object.assign(process.env, {
    DUB_API_KEY: dub.KEY,
    DUB_SERVER_URL: services.dub.url,
    TOLT_API_KEY: tolt.KEY,
    TOLT_BASE_URL: services.tolt.url,
  });
  return services;
}
