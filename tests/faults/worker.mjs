// One job in a Worker. In: the job as a JSON POST. Out: its answer as JSON.

import "./watch.mjs"; // before the package
import { api } from "./package.mjs";
import { run } from "./tasks.mjs";

// Before the date of `unhandled_rejection_after_microtask_checkpoint`, workerd tells of a rejection while the microtask
// that will handle it is still in the queue, and takes it back afterwards.
const stray = new Map();
addEventListener("unhandledrejection", ({ promise, reason }) => stray.set(promise, reason));
addEventListener("rejectionhandled", ({ promise }) => stray.delete(promise));

export default {
  async fetch(request) {
    const answer = await run(api, await request.json());
    const messages = [...stray.values()].map((reason) => `unhandled rejection: ${reason?.stack ?? reason}`);
    return Response.json({ answer, stray: messages });
  },
};
