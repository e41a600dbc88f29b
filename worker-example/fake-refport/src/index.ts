// The fake Refport service: a model of the documented API for the demo and the tests, in a Worker of its own.
// In: a request to the API, to a partner's link, or to the control endpoints. Out: the answer of its one ledger.

import type { Env } from "./ledger.ts";

export { Ledger } from "./ledger.ts";

export default {
  fetch: (request, env) => env.LEDGER.getByName("ledger").fetch(request),
} satisfies ExportedHandler<Env>;
