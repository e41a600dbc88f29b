// Elysia: on Node.js through its adapter, on Bun by itself, and as a handler of Web requests.

import process from "node:process";
import { Elysia } from "elysia";
import { elysiaApp, elysiaHooks } from "./elysia-app.mjs";
import { answering, freePort, handled } from "./serve.mjs";

const start = (options) => async (look) => {
  const app = elysiaApp(new Elysia(options), look);
  const port = await freePort();
  app.listen({ port, hostname: "127.0.0.1" });
  await answering(port);
  return { port, stop: () => void app.stop(true) };
};

const handler = { name: "Elysia 1, app.handle", hooks: elysiaHooks, start: (look) => handled(elysiaApp(new Elysia(), look).handle) };

export default async () => {
  if (process.versions.bun) return { ...handler, name: "Elysia 1, Bun", start: start() };
  const { node } = await import("@elysiajs/node");
  return [handler, { ...handler, name: "Elysia 1, @elysiajs/node", start: start({ adapter: node() }) }];
};
