// h3 1, which Nitro 2 and Nuxt 3 and 4 hand their handlers.

import { createServer } from "node:http";
import { createApp, defineEventHandler, getHeaders, getRequestURL, parseCookies, toNodeListener, toWebHandler, toWebRequest } from "h3v1";
import { cookies, jar, url } from "./look.mjs";
import { handled, listen } from "./serve.mjs";

const shapesOf = (event) => ({
  event, "toWebRequest(event)": toWebRequest(event), "event.headers": cookies(event.headers), "getHeaders(event)": cookies(getHeaders(event)),
  "parseCookies(event)": jar(parseCookies(event)), "getRequestURL(event)": url(getRequestURL(event)),
});

export default [
  {
    name: "h3 1, on Node.js",
    hooks: { event: "/hook", "event.node.req": "/hook", "toWebRequest(event)": "/hook" },
    start: (look) => listen(createServer(toNodeListener(app(look, (event) => ({ ...shapesOf(event), "event.node.req": event.node.req }))))),
  },
  {
    name: "h3 1, as a Web handler",
    hooks: { event: "/hook", "toWebRequest(event)": "/hook" },
    start: (look) => handled(toWebHandler(app(look, shapesOf))),
  },
];

function app(look, shapesOf) {
  const handler = defineEventHandler(async (event) => {
    await look(event.method === "POST" ? hooksOf(event) : shapesOf(event));
    return "ok";
  });
  return createApp().use(handler);
}

function hooksOf(event) {
  return { event, "event.node.req": event.node.req, get "toWebRequest(event)"() { return toWebRequest(event); } };
}
