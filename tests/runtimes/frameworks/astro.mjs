// Astro 7: the context of an endpoint, from its Container API.

import { experimental_AstroContainer as AstroContainer } from "astro/container";
import { cookies, url } from "./look.mjs";
import { handled } from "./serve.mjs";

export default {
  name: "Astro 7, endpoint",
  hooks: { context: "/hook", "context.request": "/hook" },
  async start(look) {
    const container = await AstroContainer.create();
    const ALL = async (context) => {
      const { request } = context;
      const whole = { context, "context.request": request };
      const parts = () => ({
        "context.cookies": cookies(context.cookies), "context.request.headers": cookies(request.headers), "context.url": url(context.url),
      });
      await look(request.method === "POST" ? whole : { ...whole, ...parts() });
      return new Response("ok");
    };
    return handled((request) => container.renderToResponse({ ALL, prerender: false }, { request, routeType: "endpoint" }));
  },
};
