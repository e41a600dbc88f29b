// Next.js 15 and 16: what its own server makes of a request, for route handlers, Server Components and Pages.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { cookies, jar, url } from "./look.mjs";
import { handled, listen } from "./serve.mjs";

const require = createRequire(import.meta.url);
const part = (name) => require(`next/dist/server/${name}`);

const { NextRequest } = require("next/server");
const { NodeNextRequest } = part("base-http/node");
const { NextRequestAdapter } = part("web/spec-extension/adapters/next-request");
const { createRequestStoreForAPI } = part("async-storage/request-store");
const { getCookieParser } = part("api-utils/get-cookie-parser");
const { setLazyProp } = part("api-utils/index");
const { apiResolver } = part("api-utils/node/api-resolver");

const shapesOf = (request) => ({
  request, "request.headers": cookies(request.headers), "request.cookies": cookies(request.cookies), "request.nextUrl": url(request.nextUrl),
  "request.nextUrl.searchParams": url(request.nextUrl.searchParams),
});

export default (version) => [
  {
    name: `Next ${version}, NextRequest`,
    hooks: { request: "/hook" },
    start: (look) => handled(async (request) => {
      const next = new NextRequest(request);
      await look(request.method === "POST" ? { request: next } : shapesOf(next));
      return new Response("ok");
    }),
  },
  {
    name: `Next ${version}, route handler on Node.js`,
    hooks: { request: "/hook" },
    start: (look) => serve(look, async (req) => {
      const request = NextRequestAdapter.fromNodeNextRequest(withMeta(new NodeNextRequest(req)), new AbortController().signal);
      return req.method === "POST" ? { request } : shapesOf(request);
    }),
  },
  {
    name: `Next ${version}, App Router`,
    start: (look) => serve(look, (req) => {
      const store = createRequestStoreForAPI(req, new URL(req.url, "http://shop.test"), { tags: [] }, undefined, undefined);
      return { "await cookies()": cookies(store.cookies), "await headers()": cookies(store.headers) };
    }),
  },
  {
    name: `Next ${version}, Pages`,
    start: (look) => serve(look, (req, res) => {
      setLazyProp({ req }, "cookies", getCookieParser(req.headers));
      const context = { req, res, query: Object.fromEntries(new URL(req.url, "http://shop.test").searchParams), resolvedUrl: req.url, locales: undefined };
      return { "getServerSideProps' context": context, "context.req": req, "context.req.cookies": jar(req.cookies) };
    }),
  },
  {
    name: `Next ${version}, Pages API`,
    hooks: { "req, bodyParser: false": "/hook" },
    start: (look) => listen(createServer((req, res) => {
      const handler = async (request, response) => {
        await look(req.method === "POST" ? { "req, bodyParser: false": request } : { req: request, "req.cookies": jar(request.cookies) });
        response.send("ok");
      };
      const query = Object.fromEntries(new URL(req.url, "http://shop.test").searchParams);
      const module = { default: handler, config: { api: { bodyParser: false } } };
      const preview = { previewModeId: "id", previewModeEncryptionKey: "key", previewModeSigningKey: "key" };
      return apiResolver(req, res, query, module, { ...preview, hostname: "shop.test" }, true, false, "/api/pricing");
    })),
  },
];

function withMeta(request) {
  const { addRequestMeta } = part("request-meta");
  addRequestMeta(request, "initURL", `http://shop.test${request.url}`);
  return request;
}

const serve = (look, shapes) => listen(createServer((req, res) => {
  const fail = (error) => res.writeHead(500).end(String(error.stack));
  Promise.resolve().then(() => shapes(req, res)).then(look).then(() => res.end("ok"), fail);
}));
