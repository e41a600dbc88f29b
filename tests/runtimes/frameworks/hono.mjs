// Hono on Node.js, behind its own server.

import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { honoApp, honoHooks } from "./hono-app.mjs";
import { listen } from "./serve.mjs";

export default {
  name: "Hono 4, @hono/node-server",
  hooks: honoHooks,
  start: (look) => listen(createAdaptorServer(honoApp(new Hono(), look))),
};
