// oak, from npm. Its cookies store answers with promises, so that nothing can be read of it at once; and its body is a part
// of its own, so that a webhook takes `{ payload, header }`.

import { Application } from "@oakserver/oak";
import { cookies, url } from "./look.mjs";
import { answering, freePort } from "./serve.mjs";

export default {
  name: "oak 14",
  async start(look) {
    const app = new Application();
    app.use(async (ctx) => {
      const { request } = ctx;
      await look({ ctx, "ctx.request": request, "ctx.request.headers": cookies(request.headers), "ctx.request.url": url(request.url) });
      ctx.response.body = "ok";
    });
    const [port, controller] = [await freePort(), new AbortController()];
    void app.listen({ port, hostname: "127.0.0.1", signal: controller.signal });
    await answering(port);
    return { port, stop: () => controller.abort() };
  },
};
