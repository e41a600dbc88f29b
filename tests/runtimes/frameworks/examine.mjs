// One framework: it is started, sent every request, and what its handlers saw is judged.
//
// In: the file of the framework, and what tells two versions of it apart. Out: for each shape a line `SHAPE {json}` with
// its complaints. It runs on Node.js, Bun and Deno, in a process of its own. Not its job: what a framework hands over.

import process from "node:process";
import { lookAt } from "./look.mjs";
import { REQUESTS, complaintAbout, webhooks } from "./requests.mjs";
import { sendTo } from "./serve.mjs";

const [, , file, which] = process.argv;
const { default: frameworks } = await import(`./${file}`);
const all = await (typeof frameworks === "function" ? frameworks(which) : frameworks);
for (const framework of [all].flat()) await examine(framework);
process.exit(0);

/** `lacks` names the requests that cannot reach the handler whole. */
async function examine({ name, hooks = {}, lacks = [], start }) {
  const turn = {};
  const look = async (shapes) => Object.assign(turn.answers, await lookAt(shapes, turn.hook));
  const server = await start(look);
  const send = server.send ?? (async (request) => void (await sendTo(server.port, request)));
  const shapes = new Map();
  const judge = (shape, request, answer, broken) => {
    const rows = shapes.get(shape) ?? shapes.set(shape, []).get(shape);
    const complaint = broken ?? complaintAbout(request, answer);
    rows.push({ request: request.name, ...(complaint && { complaint }) });
  };
  const ask = async (request, hook) => {
    Object.assign(turn, { hook, answers: {} });
    try {
      Object.assign(turn.answers, await send(request, hook));
      return { answers: turn.answers };
    } catch (error) {
      return { answers: turn.answers, broken: String(error) };
    }
  };
  const asked = [];
  for (const request of REQUESTS.filter((one) => !lacks.includes(one.name))) asked.push({ request, ...(await ask(request)) });
  const names = new Set(asked.flatMap(({ answers }) => Object.keys(answers)));
  if (names.size === 0) names.add("(none)");
  for (const { request, answers, broken } of asked) for (const shape of names) judge(shape, request, answers[shape], broken);
  for (const [hook, path] of Object.entries(hooks)) {
    for (const request of await webhooks(path)) {
      const { answers, broken } = await ask(request, hook);
      judge(`webhook: ${hook}`, request, answers[hook], broken);
    }
  }
  await server.stop?.();
  for (const [shape, rows] of shapes) console.log(`SHAPE ${JSON.stringify({ framework: name, shape, rows })}`);
}
