// What a runtime can be asked to do. In: the package, a job `{ task, … }`, and what only some hosts have. Out: plain data.

import { runHostileCases } from "./hostile-cases.mjs";
import { runPollution } from "./pollution.mjs";
import { runRandomCases } from "./random-cases.mjs";
import { runRows } from "./rows.mjs";
import { runCanary } from "./canary-look.mjs";
import { adaptersOf } from "./outbox/adapters.mjs";
import { aloneOf } from "./outbox/alone.mjs";
import { goldenOf } from "./outbox/golden.mjs";
import { oddOf } from "./outbox/odd.mjs";
import * as outbox from "refport-edge/outbox";
import * as refcampaign from "refport-edge/outbox-refcampaign";
import * as refport from "refport-edge/outbox-refport";

const TASKS = {
  rows: (api, job) => runRows(api, job),
  hostile: runHostileCases,
  canary: runCanary,
  random: runRandomCases,
  pollution: runPollution,
  outbox: async (_, { golden }) => [
    await goldenOf(outbox, golden),
    await adaptersOf(outbox),
    await oddOf(outbox),
    ...(await aloneOf({ refport, refcampaign }, golden)),
  ],
};

export function run(api, job, host) {
  return TASKS[job.task](api, job, host);
}
