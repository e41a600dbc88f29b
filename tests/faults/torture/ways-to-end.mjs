// The bad ends that a call can be brought to (see storm-worker.mjs), what the service plays for each, and how to tell
// that a call has come to it.

const SILENT = [{ connection: "silent" }];
/** The code is how the hook knows its call; only the first attempt is answered so. */
const coded = (id) => [{ status: 500, code: id }, "good"];
const good = () => ["good"];

const wasKilled = ({ how }) => how === "ended";
const hasLeft = ({ how }) => how === "left";
const isInternal = ({ how, result }) => how === "answered" && result.outcome === "failed" && result.kind === "internal";

/** Told of its own event, and of no other. */
export const isRecorded = ({ how, result }, id) =>
  how === "answered" && result.outcome === "recorded" && result.eventId === id;

/** A call through a binding meets neither the global `fetch` nor the scripts of the fault service. */
const NOT_BOUND = ["plain", "object", "waitUntil"];
const ALL = [...NOT_BOUND, "binding"];
/** Without those whose answer is out before the end. */
const AWAITED = ["plain", "object", "binding"];

/** `ways` of making the call in which it can be met; `isLost` says that a call cannot tell of itself any more. */
export const WAYS_TO_END = {
  "kill in flight": { ways: NOT_BOUND, script: () => SILENT, isMet: wasKilled, isLost: true },
  "kill in onAttempt": { ways: ALL, script: good, isMet: wasKilled, isLost: true },
  "kill in a step": { ways: NOT_BOUND, script: coded, isMet: wasKilled, isLost: true },
  "kill in fetch": { ways: NOT_BOUND, script: good, isMet: wasKilled, isLost: true },
  "kill after": { ways: AWAITED, script: good, isMet: wasKilled },
  "exit in flight": { ways: NOT_BOUND, script: () => SILENT, isMet: wasKilled, isLost: true },
  "exit in a step": { ways: NOT_BOUND, script: coded, isMet: wasKilled, isLost: true },
  "exit in fetch": { ways: NOT_BOUND, script: good, isMet: wasKilled, isLost: true },
  "throw in a step": { ways: NOT_BOUND, script: coded, isMet: isInternal },
  "throw in fetch": { ways: NOT_BOUND, script: good, isMet: isRecorded },
  trap: { ways: ALL, script: good, isMet: isInternal },
  "the client leaves": { ways: AWAITED, script: () => SILENT, isMet: hasLeft, leaveMs: 15 },
};
