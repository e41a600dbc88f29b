// The Worker of workerd.mjs.

import { Hono } from "hono";
import { honoApp } from "./hono-app.mjs";
import { cookies, lookAt } from "./look.mjs";

const hookOf = (request) => request.headers.get("x-hook") || undefined;

const hono = honoApp(
  new Hono(),
  // Two Cookie lines arrive here as one, joined by a comma, and Hono's parser takes them for one cookie.
  ({ "getCookie(c)": _, ...shapes }, c) => lookAt(shapes, hookOf(c.req.raw)),
  (c, seen) => c.json(seen),
);

export default {
  async fetch(request, env, ctx) {
    if (!new URL(request.url).pathname.startsWith("/worker")) return hono.fetch(request, env, ctx);
    const context = { request, env, params: {}, data: {}, functionPath: "/pricing", waitUntil: ctx.waitUntil.bind(ctx), next: fetch };
    const shapes = { request, "Pages' context": context, "request.headers": cookies(request.headers) };
    return Response.json(await lookAt(shapes, hookOf(request)));
  },
};
