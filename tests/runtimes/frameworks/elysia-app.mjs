// What Elysia's users pass, in every runtime.

import { cookies, jar } from "./look.mjs";

export const elysiaHooks = {
  "context, parse: \"none\"": "/hook", "context.request, parse: \"none\"": "/hook", "context, parse: \"text\"": "/text",
};

export const elysiaApp = (app, look) =>
  app
    .post("/hook", async (context) => {
      await look({ "context, parse: \"none\"": context, "context.request, parse: \"none\"": context.request });
      return "ok";
    }, { parse: "none" })
    .post("/text", async (context) => (await look({ "context, parse: \"text\"": context, body: context.body }), "ok"), { parse: "text" })
    .get("/pricing", async (context) => {
      await look({
        context, "context.request": context.request, "context.headers": cookies(context.headers),
        "context.request.headers": cookies(context.request.headers), "context.cookie": jar(context.cookie),
      });
      return "ok";
    });
