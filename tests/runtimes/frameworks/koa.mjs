// Koa 2 and 3.

import { createServer } from "node:http";
import { bodyParser } from "@koa/bodyparser";
import { cookies, cookiesOfRequest, url } from "./look.mjs";
import { listen } from "./serve.mjs";

export default async (version) => {
  const { default: Koa } = await import(`koa${version}`);
  const server = (...middleware) => {
    const app = new Koa();
    for (const one of middleware) app.use(one);
    app.silent = true;
    return listen(createServer(app.callback()));
  };
  return [plain, parsed].map((framework) => framework(server, version));
};

const HOOKS = ["ctx", "ctx.request", "ctx.req"];
const answering = (look) => async (ctx) => {
  await look(ctx.method === "POST" ? { ctx, "ctx.request": ctx.request, "ctx.req": ctx.req } : shapesOf(ctx));
  ctx.body = "ok";
};

const shapesOf = (ctx) => ({
  ctx, "ctx.request": ctx.request, "ctx.req": ctx.req, "ctx.headers": cookies(ctx.headers), "ctx.cookies": cookiesOfRequest(ctx.cookies),
  "ctx.URL": url(ctx.URL),
});

const plain = (server, version) => ({
  name: `Koa ${version}`,
  hooks: Object.fromEntries(HOOKS.map((name) => [name, "/hook"])),
  start: (look) => server(answering(look)),
});

const parsed = (server, version) => ({
  name: `Koa ${version}, @koa/bodyparser keeps rawBody`,
  hooks: { ctx: "/hook", "ctx.request": "/hook" },
  start: (look) => server(bodyParser(), answering(look)),
});
