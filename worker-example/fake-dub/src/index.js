// The fake Dub service: a model of the documented API for the tests, in a Worker of its own.
// In: a request to the API, or to the control endpoints. Out: the answer of its one ledger.

import { serviceOf } from "../../fake-common/rules-worker.js";
import { dubRules } from "./rules.js";

const { Ledger, handler } = serviceOf(dubRules);

export { Ledger };
export default handler;
