// Azure Functions 4: the request of its programming model.

import { HttpRequest } from "@azure/functions";
import { cookies, url } from "./look.mjs";

export default {
  name: "Azure Functions 4",
  hooks: { request: "/hook" },
  start: (look) => ({
    async send({ method = "GET", path, cookies: lines, headers, body }) {
      const all = { host: "shop.test", ...headers, ...(lines.length > 0 && { cookie: lines.join("; ") }) };
      const request = new HttpRequest({ method, url: `https://shop.test${path}`, headers: all, ...(body && { body: { string: body } }) });
      const shapes = { request, "request.headers": cookies(request.headers), "request.query": url(request.query) };
      await look(method === "POST" ? { request } : shapes);
    },
  }),
};
