// Fastify 5.

import fastifyCookie from "@fastify/cookie";
import fastify from "fastify";
import rawBody from "fastify-raw-body";
import { cookies, jar } from "./look.mjs";

export default [
  {
    name: "Fastify 5",
    hooks: { "request, parseAs: \"buffer\"": "/buffer" },
    start: (look) => serve(look, (app) => {
      app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) => done(null, body));
      app.post("/buffer", async (request) => (await look({ "request, parseAs: \"buffer\"": request }), "ok"));
    }, (request) => ({ request, "request.raw": request.raw, "request.headers": cookies(request.headers) })),
  },
  {
    name: "Fastify 5, @fastify/cookie",
    start: (look) => serve(look, (app) => app.register(fastifyCookie), (request) => ({ request, "request.cookies": jar(request.cookies) })),
  },
  {
    name: "Fastify 5, fastify-raw-body",
    hooks: { "request, rawBody: true": "/raw" },
    start: (look) => serve(look, async (app) => {
      await app.register(rawBody, { encoding: false });
      app.post("/raw", { config: { rawBody: true } }, async (request) => (await look({ "request, rawBody: true": request }), "ok"));
    }, (request) => ({ request })),
  },
];

async function serve(look, prepare, shapesOf) {
  const app = fastify();
  await prepare(app);
  app.get("/pricing", async (request) => (await look(shapesOf(request)), "ok"));
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: app.server.address().port, stop: () => app.close() };
}
