// What Hono's users pass, in every runtime.

import { getCookie } from "hono/cookie";
import { cookies, jar, url } from "./look.mjs";

export const honoHooks = { c: "/hook", "c.req": "/hook", "c.req.raw": "/hook", "c.req after c.req.text()": "/read" };

/** Adds the handlers; `answerWith` makes the response of what was seen. */
export function honoApp(app, look, answerWith = (c) => c.text("ok")) {
  app.post("/read", async (c) => {
    await c.req.text();
    return answerWith(c, await look({ "c.req after c.req.text()": c.req }, c));
  });
  app.post("/hook", async (c) => answerWith(c, await look({ c, "c.req": c.req, "c.req.raw": c.req.raw }, c)));
  app.get("*", async (c) => {
    const shapes = {
      c, "c.req": c.req, "c.req.raw": c.req.raw, "c.req.raw.headers": cookies(c.req.raw.headers),
      "c.req.header()": cookies(c.req.header()), "c.req.url": url(c.req.url), "getCookie(c)": jar(getCookie(c)),
    };
    return answerWith(c, await look(shapes, c));
  });
  return app;
}
