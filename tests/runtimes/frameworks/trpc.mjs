// tRPC 11: what `createContext` is given.

import { createServer } from "node:http";
import { initTRPC } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import express from "express5";
import { cookies } from "./look.mjs";
import { handled, listen } from "./serve.mjs";

const t = initTRPC.context().create();
const router = t.router({ pricing: t.procedure.query(() => "ok") });

export default [
  {
    name: "tRPC 11, fetch adapter",
    start: (look) => handled((req) => {
      const createContext = seen(look, (opts) => ({ "opts.req.headers": cookies(opts.req.headers) }));
      return fetchRequestHandler({ endpoint: "", req, router, createContext });
    }),
  },
  {
    name: "tRPC 11, Express adapter",
    start: (look) => listen(createServer(express().use(createExpressMiddleware({ router, createContext: seen(look) })))),
  },
  { name: "tRPC 11, standalone adapter", start: (look) => listen(createServer(createHTTPHandler({ router, createContext: seen(look) }))) },
];

/** The options themselves, and the context that is usually made of them. */
const seen = (look, more = () => ({})) => async (opts) => {
  const { req } = opts;
  const contexts = { "ctx, { req }": { req }, "ctx, { headers, user }": cookies({ headers: req.headers, user: null }) };
  await look({ opts, "opts.req": req, ...contexts, ...more(opts) });
  return {};
};
